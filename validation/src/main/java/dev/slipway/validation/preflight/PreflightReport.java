package dev.slipway.validation.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.validation.report.JsonReport;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Tree;
import dev.slipway.validation.report.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The reports of all services of a plan as one. */
public final class PreflightReport {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Verdict> WORST_FIRST =
      List.of(Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS);

  private PreflightReport() {}

  /** The report of the service that stands worst; there must be one. */
  public static Report worst(List<Report> reports) {
    return WORST_FIRST.stream()
        .flatMap(v -> reports.stream().filter(r -> r.verdict() == v))
        .findFirst()
        .orElseThrow();
  }

  /** The reports as lines of text. */
  public static List<String> lines(List<Report> reports) {
    List<String> lines = new ArrayList<>();
    for (Report report : reports) {
      lines.addAll(Tree.of(report));
    }
    return lines;
  }

  /**
   * The report of one service, in the form of every report; of several services, their reports in
   * {@code services} beside the worst verdict.
   */
  public static String json(List<Report> reports) {
    if (reports.size() == 1) {
      return JsonReport.of(reports.getFirst());
    }
    try {
      ObjectNode root = JSON.createObjectNode();
      root.put("verdict", worst(reports).verdict().name());
      for (Report report : reports) {
        root.withArray("services").add(JSON.readTree(JsonReport.of(report)));
      }
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report is JSON", e);
    }
  }
}
