package dev.slipway.rehearsal.score;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * What a rehearsal of somebody's own stack came to. Its JSON names are a contract.
 *
 * @param stack the directory of its Terraform root, as it was named
 * @param service its service
 * @param region where it is
 * @param standIns what was put in the place of images that cannot be pulled on the twin
 * @param asItIs what is told of it without any fault, by deployment and command
 * @param notMade the faults that cannot be made there, with the reason
 * @param score the others
 */
@JsonPropertyOrder({"stack", "service", "region", "standIns", "asItIs", "notMade", "score"})
public record StackScore(
    String stack,
    String service,
    String region,
    List<String> standIns,
    Map<String, List<String>> asItIs,
    Map<String, String> notMade,
    Score score) {

  /** The causes that are told of it without any fault, whatever is deployed. */
  List<String> told() {
    return asItIs.values().stream().flatMap(List::stream).distinct().sorted().toList();
  }
}
