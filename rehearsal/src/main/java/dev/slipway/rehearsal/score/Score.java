package dev.slipway.rehearsal.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

/**
 * What a rehearsal came to. Its JSON names are a contract.
 *
 * @param commit the revision of Slipway that was rehearsed
 * @param seed what decided the order and the pairs
 * @param faults how many faults were made
 * @param detected how many of them the verifier detected
 * @param named how many it named: the right cause first
 * @param falseAlarms how many healthy runs it failed
 * @param healthyRuns how many healthy runs there were
 * @param secondsTotal how long the whole run took, in real time
 * @param pairs pairs of faults at once
 * @param peers what the others came to, by name
 * @param byFault each fault
 * @param unseen faults that no verifier of deployments can see
 */
@JsonPropertyOrder({
  "commit",
  "seed",
  "faults",
  "detected",
  "named",
  "falseAlarms",
  "healthyRuns",
  "secondsTotal",
  "peers",
  "pairs",
  "byFault",
  "unseen"
})
public record Score(
    String commit,
    long seed,
    int faults,
    int detected,
    int named,
    int falseAlarms,
    int healthyRuns,
    double secondsTotal,
    Pairs pairs,
    Map<String, Peer> peers,
    List<Entry> byFault,
    List<Unseen> unseen) {

  /**
   * One fault.
   *
   * @param kind the deployment that it met
   * @param command the command that was asked
   * @param expected the causes that are right
   * @param causes the causes that were named, in order
   * @param resource the resource of the first
   * @param said what the verifier said of the first
   * @param seconds world time to the verdict
   * @param trouble why the trial itself came to nothing; empty when it did not
   */
  public record Entry(
      String id,
      String layer,
      String severity,
      String wrong,
      String kind,
      String command,
      boolean detected,
      boolean named,
      List<String> expected,
      List<String> failed,
      List<String> causes,
      String resource,
      String said,
      double seconds,
      Map<String, Word> peers,
      List<String> sources,
      String trouble) {}

  /**
   * What a peer said of one fault.
   *
   * @param verdict {@code named}, {@code alarm}, {@code passed}, or {@code -} where it was not
   *     asked
   */
  public record Word(String verdict, String words, double seconds) {}

  /**
   * What a peer came to.
   *
   * @param asked of how many faults it was asked
   * @param falseAlarms how many healthy runs it failed
   */
  public record Peer(int asked, int detected, int named, int falseAlarms) {}

  /**
   * Pairs of faults made at once.
   *
   * @param total how many pairs
   * @param bothFound of how many both were named
   * @param missed which were not, as {@code a + b: what was named}
   */
  public record Pairs(int total, @JsonProperty("bothFound") int bothFound, List<String> missed) {}

  /** A fault that no verifier of deployments can see, and why. */
  public record Unseen(String id, String why) {}
}
