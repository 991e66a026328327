package dev.slipway.validation.report.html;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.footer;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.pre;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.style;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.report.Chain;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import j2html.rendering.FlatHtml;
import j2html.tags.DomContent;
import j2html.tags.specialized.SectionTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The report as one HTML file that needs nothing else: no script, no font, no network. Light and
 * dark by the reader's setting; every picture has its words in a table beside it.
 */
public final class HtmlReport {

  private HtmlReport() {}

  /** The whole page. */
  public static String of(Report report) {
    String subject = report.service().name() + " in " + report.service().cluster();
    StringBuilder page = new StringBuilder("<!DOCTYPE html>\n");
    try {
      html(
              head(
                  meta().withCharset("utf-8"),
                  meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                  title(report.verdict() + ": " + subject),
                  style().with(rawHtml(css()))),
              body(
                  a("To the verdict").withClass("skip").withHref("#verdict"),
                  top(report, subject),
                  main(
                          causes(report),
                          chain(report.chain()),
                          checks(report.checks()),
                          SceneView.of(report.scene()),
                          TimelineView.of(report.timeline()),
                          advice(report.advice()))
                      .withId("content"),
                  footer(p("Slipway, observed at " + report.observedAt()))))
          .withLang("en")
          .render(FlatHtml.into(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.append('\n').toString();
  }

  private static DomContent top(Report report, String subject) {
    return header(
        p("Deployment verification").withClass("quiet"),
        h1(subject),
        p(span(word(report.verdict())).withClasses("verdict", tone(report.verdict())))
            .withId("verdict"),
        p(
            "Decided after %s. Region %s, account %s."
                .formatted(
                    seconds(report),
                    or(report.service().region()),
                    or(report.service().account()))),
        iff(!report.reason().isEmpty(), p(report.reason())),
        iff(report.url().startsWith("http"), p(a(report.url()).withHref(report.url()))));
  }

  private static DomContent causes(Report report) {
    if (report.verdict() != Verdict.FAIL) {
      return span();
    }
    if (report.causes().isEmpty()) {
      return titled(
          "Why",
          p("No cause can be seen. The service's last events:"),
          ul(each(report.events(), e -> li(e))).withClass("evidence"));
    }
    return titled(
        report.causes().size() == 1 ? "Why, and what to do" : "Why, and what to do, root first",
        each(report.causes(), c -> cause(c, "cause")));
  }

  private static DomContent cause(Cause cause, String classes) {
    return div(
            h3(cause.explanation()),
            p(
                code(cause.id()),
                span(" on "),
                code(cause.resource()),
                span(", " + cause.severity().word())),
            p("Fix: " + cause.fix().change()),
            details(
                    summary("As Terraform and as AWS CLI"),
                    pre(cause.fix().terraform()).attr("tabindex", "0"),
                    pre(cause.fix().cli()).attr("tabindex", "0"))
                .condAttr("cause".equals(classes), "open", ""),
            iff(
                !cause.evidence().isEmpty(),
                details(
                    summary("Evidence"),
                    ul(each(cause.evidence(), e -> li(e))).withClass("evidence"))),
            p(span("More: " + cause.page() + ", "), a("AWS's documentation").withHref(cause.link()))
                .withClass("quiet"))
        .withClasses(classes.split(" "));
  }

  private static DomContent advice(List<Cause> advice) {
    return advice.isEmpty()
        ? span()
        : titled("Advice: nothing that fails", each(advice, c -> cause(c, "cause advice")));
  }

  private static DomContent chain(Chain chain) {
    if (chain.links().isEmpty()) {
      return span();
    }
    return titled(
        "From the commit to the answer",
        wide(
            "Identity chain",
            table(
                caption("Each link must belong to the one before"),
                thead(tr(heading("State").withClass("mark"), heading("Link"), heading("Seen"))),
                tbody(
                    each(
                        chain.links(),
                        l ->
                            tr(
                                td(word(l.state())).withClasses("mark", tone(l.state())),
                                td(l.title()),
                                td(
                                    l.values().isEmpty()
                                        ? span("none").withClass("quiet")
                                        : each(l.values(), v -> div(code(v))))))))));
  }

  private static DomContent checks(List<CheckResult> checks) {
    return titled(
        "Checks",
        wide(
            "Table of checks",
            table(
                caption("What was looked at, and what was seen"),
                thead(
                    tr(
                        heading("State").withClass("mark"),
                        heading("Check"),
                        heading("Expected").withClass("hide-small"),
                        heading("Observed"))),
                tbody(
                    each(
                        checks,
                        c ->
                            tr(
                                td(word(c.status())).withClasses("mark", tone(c.status())),
                                td(c.title()),
                                td(c.expected()).withClass("hide-small"),
                                td(
                                    span(c.observed()),
                                    iff(
                                        !c.evidence().isEmpty(),
                                        details(
                                            summary("Evidence"),
                                            ul(each(c.evidence(), e -> li(e)))
                                                .withClass("evidence"))))))))));
  }

  /** A section that is named by its heading. */
  static SectionTag titled(String title, DomContent... content) {
    String id = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    return section(h2(title).withId(id), each(List.of(content), c -> c))
        .attr("aria-labelledby", id);
  }

  /** A region that scrolls sideways where the screen is narrow, by keyboard too. */
  static DomContent wide(String label, DomContent... content) {
    return div(content)
        .withClass("wide")
        .attr("role", "region")
        .attr("aria-label", label)
        .attr("tabindex", "0");
  }

  /** A mark on an axis of so many milliseconds; marks of a short one lie within a second. */
  static String since(double millis, double span) {
    return String.format(Locale.ROOT, span < 20_000 ? "+%.1f s" : "+%.0f s", millis / 1000);
  }

  static j2html.tags.specialized.ThTag heading(String text) {
    return th(text).attr("scope", "col");
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case PASS -> "✓ PASS";
      case FAIL -> "✗ FAIL";
      case UNKNOWN -> "? UNKNOWN";
    };
  }

  private static String word(Chain.State state) {
    return switch (state) {
      case OK -> "✓ holds";
      case BROKEN -> "✗ broken";
      case UNKNOWN -> "– open";
    };
  }

  private static String word(CheckResult.Status status) {
    return switch (status) {
      case PASS -> "✓ pass";
      case FAIL -> "✗ fail";
      case SKIP -> "– skip";
    };
  }

  private static String tone(Enum<?> value) {
    return switch (value.name()) {
      case "PASS", "OK" -> "pass";
      case "FAIL", "BROKEN" -> "fail";
      default -> "open";
    };
  }

  private static String seconds(Report report) {
    return String.format(Locale.ROOT, "%.1f s", report.decidedAfter().toMillis() / 1000.0);
  }

  private static String or(String text) {
    return text.isEmpty() ? "unknown" : text;
  }

  private static String css() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
