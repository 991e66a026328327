package dev.slipway.validation.report;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.diagnose.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The report as GitHub Actions shows it: a step summary in Markdown, and annotations. Source:
 * GitHub, workflow commands for GitHub Actions.
 */
public final class GithubReport {

  private GithubReport() {}

  /** The step summary, Markdown with a line feed at its end. */
  public static String summary(Report report) {
    List<String> lines = new ArrayList<>();
    Report.Subject service = report.service();
    lines.add(
        "## %s %s: %s in %s"
            .formatted(
                mark(report.verdict()),
                report.verdict(),
                escape(service.name()),
                escape(service.cluster())));
    lines.add("");
    lines.add(
        "Decided after %s.%s%s"
            .formatted(
                String.format(Locale.ROOT, "%.1f s", report.decidedAfter().toMillis() / 1000.0),
                report.url().isEmpty() ? "" : " " + report.url(),
                report.reason().isEmpty() ? "" : " " + escape(report.reason())));
    lines.add("");
    for (Cause cause : report.causes()) {
      cause(lines, cause);
    }
    table(lines, "Check", "Observed", report.checks().stream().map(GithubReport::row).toList());
    table(
        lines,
        "Chain",
        "Seen",
        report.chain().links().stream()
            .map(l ->
                "| %s | %s | %s |"
                    .formatted(
                        l.state() == Chain.State.OK
                            ? "✓"
                            : l.state() == Chain.State.BROKEN ? "✗" : "–",
                        escape(l.title()),
                        escape(String.join(" ", l.values()))))
            .toList());
    if (!report.advice().isEmpty()) {
      lines.add("<details><summary>Advice</summary>");
      lines.add("");
      report
          .advice()
          .forEach(a -> lines.add("- `%s` %s".formatted(a.id(), escape(a.explanation()))));
      lines.add("");
      lines.add("</details>");
    }
    return String.join("\n", lines) + "\n";
  }

  /** The outputs of the step: the verdict, and the id of the first cause. */
  public static String outputs(Report report) {
    return "verdict=%s%ncause=%s%n"
        .formatted(
            report.verdict(), report.causes().stream().findFirst().map(Cause::id).orElse(""));
  }

  /**
   * Annotations, one workflow command a line: the causes, or the checks that failed when no cause
   * is seen, or the reason why the verdict is open.
   */
  public static List<String> annotations(Report report) {
    if (report.verdict() == Verdict.UNKNOWN) {
      return List.of(command("warning", "slipway: not verified", report.reason()));
    }
    if (report.verdict() == Verdict.PASS) {
      return List.of();
    }
    if (!report.causes().isEmpty()) {
      return report.causes().stream()
          .map(c ->
              command(
                  "error",
                  "slipway: " + c.id(),
                  "%s\non %s\nfix: %s".formatted(c.explanation(), c.resource(), c.fix().change())))
          .toList();
    }
    return report.checks().stream()
        .filter(c -> c.status() == CheckResult.Status.FAIL)
        .map(c -> command("error", "slipway: " + c.id(), c.observed()))
        .toList();
  }

  private static void cause(List<String> lines, Cause cause) {
    lines.add("### " + escape(cause.explanation()));
    lines.add("");
    lines.add("`%s` on `%s`".formatted(cause.id(), cause.resource()));
    lines.add("");
    lines.add("**Fix:** " + escape(cause.fix().change()));
    lines.add("");
    fenced(lines, "hcl", cause.fix().terraform());
    fenced(lines, "sh", cause.fix().cli());
    lines.add("More: `%s`, <%s>".formatted(cause.page(), cause.link()));
    lines.add("");
  }

  private static void fenced(List<String> lines, String language, String text) {
    lines.add("```" + language);
    lines.addAll(text.lines().map(l -> l.replace("```", "'''")).toList());
    lines.add("```");
    lines.add("");
  }

  private static void table(List<String> lines, String first, String second, List<String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    lines.add("| | %s | %s |".formatted(first, second));
    lines.add("|---|---|---|");
    lines.addAll(rows);
    lines.add("");
  }

  private static String row(CheckResult check) {
    String mark =
        switch (check.status()) {
          case PASS -> "✓";
          case FAIL -> "✗";
          case SKIP -> "–";
        };
    return "| %s | %s | %s |".formatted(mark, escape(check.title()), escape(check.observed()));
  }

  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "✅";
      case FAIL -> "❌";
      case UNKNOWN -> "❔";
    };
  }

  /** What AWS says must not become markup or end a table's cell. */
  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("\n", " ");
  }

  private static String command(String kind, String title, String message) {
    return "::%s title=%s::%s"
        .formatted(kind, data(title).replace(":", "%3A").replace(",", "%2C"), data(message));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }
}
