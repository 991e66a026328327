package dev.slipway.validation.fleet;

import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.report.GithubReport;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report on many services as GitHub Actions shows it: the verdict, and each one that fails. */
public final class FleetGithub {

  private FleetGithub() {}

  /** The step summary, Markdown with a line feed at its end. */
  public static String summary(FleetReport fleet) {
    String head =
        "# %s: %d services, %d pass, %d fail, %d unknown\n\n"
            .formatted(
                fleet.verdict(),
                fleet.entries().size(),
                fleet.count(Verdict.PASS),
                fleet.count(Verdict.FAIL),
                fleet.count(Verdict.UNKNOWN));
    String absent =
        fleet.entries().stream()
            .flatMap(e -> e.message().stream())
            .map(m -> "- " + m.what() + "\n")
            .collect(Collectors.joining());
    String others =
        notPassed(fleet).stream().map(GithubReport::summary).collect(Collectors.joining("\n"));
    return head + absent + (absent.isEmpty() ? "" : "\n") + others;
  }

  /** The outputs of the step: the worst verdict, and the id of the first cause of all. */
  public static String outputs(FleetReport fleet) {
    return "verdict=%s%ncause=%s%n"
        .formatted(
            fleet.verdict(),
            notPassed(fleet).stream()
                .flatMap(r -> r.causes().stream())
                .map(Cause::id)
                .findFirst()
                .orElse(""));
  }

  /** Annotations of every service that does not pass. */
  public static List<String> annotations(FleetReport fleet) {
    return notPassed(fleet).stream().flatMap(r -> GithubReport.annotations(r).stream()).toList();
  }

  private static List<Report> notPassed(FleetReport fleet) {
    return fleet.entries().stream()
        .filter(e -> e.verdict() != Verdict.PASS)
        .map(FleetReport.Entry::report)
        .flatMap(Optional::stream)
        .toList();
  }
}
