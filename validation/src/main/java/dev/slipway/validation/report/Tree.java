package dev.slipway.validation.report;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.diagnose.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as lines of text. Pure; colour is the caller's affair. */
public final class Tree {

  /** So many spans of time fit a line. */
  private static final int BAR = 60;

  private Tree() {}

  /** The whole report. Its last line has the verdict and the URL. */
  public static List<String> of(Report report) {
    List<String> lines = new ArrayList<>();
    Report.Subject service = report.service();
    lines.add(
        "service %s in cluster %s%s"
            .formatted(
                service.name(),
                service.cluster(),
                service.region().isEmpty()
                    ? ""
                    : ", %s, account %s".formatted(service.region(), service.account())));
    for (CheckResult check : report.checks()) {
      lines.add(check(check));
      if (check.status() == CheckResult.Status.FAIL) {
        lines.add("          expected  " + check.expected());
        check.evidence().forEach(e -> lines.add("          evidence  " + e));
      }
    }
    if (!report.chain().links().isEmpty()) {
      chain(lines, report.chain());
    }
    flow(lines, report.timeline().flow());
    int number = 0;
    for (Cause cause : report.causes()) {
      cause(lines, ++number, cause);
    }
    for (Cause cause : report.advice()) {
      lines.add(
          "advice   %s  %s (%s)"
              .formatted(cause.id(), cause.explanation(), cause.severity().word()));
    }
    if (report.verdict() == Verdict.FAIL && report.causes().isEmpty()) {
      lines.add("no cause can be seen; the service's last events:");
      report.events().forEach(e -> lines.add("  " + e));
    }
    report.unread().forEach(u -> lines.add("unread   " + u));
    lines.add(
        "verdict %s in %s%s%s"
            .formatted(
                report.verdict(),
                seconds(report.decidedAfter()),
                report.reason().isEmpty() ? "" : ": " + report.reason(),
                report.url().isEmpty() ? "" : "  " + report.url()));
    return lines;
  }

  /** A decided check on one line. */
  public static String check(CheckResult check) {
    return "  %-4s  %-18s  %s"
        .formatted(
            check.status() == CheckResult.Status.PASS ? "OK" : check.status().name(),
            check.id(),
            check.observed());
  }

  private static void chain(List<String> lines, Chain chain) {
    lines.add("chain");
    for (Chain.Link link : chain.links()) {
      String mark =
          switch (link.state()) {
            case OK -> "OK";
            case BROKEN -> "FAIL";
            case UNKNOWN -> "-";
          };
      lines.add(
          "  %-4s  %-15s  %s"
              .formatted(
                  mark,
                  link.title(),
                  link.values().isEmpty() ? "none" : String.join(" ", link.values())));
    }
  }

  /** Bars of time: one sign for each span, good, mixed with failures, or bad. */
  private static void flow(List<String> lines, Flow flow) {
    if (!flow.made()) {
      return;
    }
    lines.add(
        "probe  %d requests to %s, %d a second, %d failed"
            .formatted(flow.requests(), flow.url(), flow.rate(), flow.failed()));
    StringBuilder bar = new StringBuilder();
    flow.beats().stream()
        .skip(Math.max(0, flow.beats().size() - BAR))
        .forEach(b -> bar.append(b.failed() == 0 ? '.' : b.good() == 0 ? 'X' : 'x'));
    lines.add(
        "  %s  (%d s each; . answered, x some failed, X all failed)"
            .formatted(bar, flow.beats().getFirst().length().toSeconds()));
    flow.outages().forEach(o -> lines.add("  " + o.sentence()));
    if (flow.mixed()) {
      flow.builds().forEach((build, n) -> lines.add("  build %s answered %d".formatted(build, n)));
    }
  }

  private static void cause(List<String> lines, int number, Cause cause) {
    lines.add("cause %d  %s  on %s".formatted(number, cause.id(), cause.resource()));
    lines.add("  " + cause.explanation());
    lines.add("  fix        " + cause.fix().change());
    indented(lines, "terraform", cause.fix().terraform());
    indented(lines, "aws cli", cause.fix().cli());
    cause.evidence().forEach(e -> lines.add("  evidence   " + e));
    lines.add("  more       " + cause.page() + ", " + cause.link());
  }

  private static void indented(List<String> lines, String name, String text) {
    List<String> all = text.lines().toList();
    for (int i = 0; i < all.size(); i++) {
      lines.add("  %-9s  %s".formatted(i == 0 ? name : "", all.get(i)));
    }
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
