package dev.slipway.validation.fleet;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report on many services as lines of text: one a service, and more only where it fails. */
public final class FleetTree {

  private FleetTree() {}

  /** The whole report. Its last line has the verdict. */
  public static List<String> of(FleetReport fleet) {
    List<String> lines = new ArrayList<>();
    int widest = fleet.entries().stream().mapToInt(e -> e.name().length()).max().orElse(0);
    for (FleetReport.Entry entry : fleet.entries()) {
      lines.add(
          "  %-7s  %s  %s"
              .formatted(
                  entry.verdict() == Verdict.PASS ? "OK" : entry.verdict(),
                  pad(entry.name(), Math.min(widest, 40)),
                  inShort(entry)));
      entry.report().filter(r -> r.verdict() == Verdict.FAIL).ifPresent(r -> why(lines, r));
      entry.message().ifPresent(m -> m.next().forEach(n -> lines.add("             try  " + n)));
    }
    if (fleet.closer() < fleet.entries().size()) {
      lines.add("not looked at where a service looked well at once:");
      fleet.notChecked().forEach(n -> lines.add("  -        " + n));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "verdict %s in %.1f s: %d services, %d pass, %d fail, %d unknown; %d were looked at"
                + " closely; %d calls",
            fleet.verdict(),
            fleet.took().toMillis() / 1000.0,
            fleet.entries().size(),
            fleet.count(Verdict.PASS),
            fleet.count(Verdict.FAIL),
            fleet.count(Verdict.UNKNOWN),
            fleet.closer(),
            fleet.calls()));
    return lines;
  }

  private static String inShort(FleetReport.Entry entry) {
    if (entry.report().isEmpty()) {
      return entry.message().orElseThrow().what();
    }
    Report report = entry.report().get();
    if (!report.reason().isEmpty()) {
      return report.reason();
    }
    return report.checks().stream()
        .filter(c -> c.status() == CheckResult.Status.FAIL)
        .findFirst()
        .or(() -> report.checks().stream().filter(c -> c.id().equals("tasks")).findFirst())
        .map(c -> c.id() + ": " + c.observed())
        .orElse("");
  }

  private static void why(List<String> lines, Report report) {
    for (Cause cause : report.causes()) {
      lines.add("           cause  %s  on %s".formatted(cause.id(), cause.resource()));
      lines.add("                  " + cause.explanation());
      lines.add("           fix    " + cause.fix().change());
    }
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }
}
