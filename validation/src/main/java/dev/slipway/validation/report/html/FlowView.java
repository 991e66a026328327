package dev.slipway.validation.report.html;

import static j2html.TagCreator.caption;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;
import static j2html.TagCreator.ul;

import dev.slipway.validation.check.Outage;
import dev.slipway.validation.report.Flow;
import dev.slipway.validation.report.Flow.Beat;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;

/** Steady requests as bars: answered and failed in each span of time. */
final class FlowView {

  private static final double WIDTH = 720;
  private static final double LEFT = 40;
  private static final double TALL = 80;
  private static final double TOP = 24;

  private FlowView() {}

  static DomContent of(Flow flow) {
    if (!flow.made()) {
      return span();
    }
    return div(
        h3("Steady requests"),
        p(
            "%d requests, %d a second, to %s: %d failed."
                .formatted(flow.requests(), flow.rate(), flow.url(), flow.failed())),
        HtmlReport.wide("Steady requests over time", p(bars(flow))),
        iff(
            !flow.outages().isEmpty(),
            ul(each(flow.outages(), (Outage o) -> li(o.sentence()))).withClass("evidence")),
        iff(
            !flow.builds().isEmpty(),
            HtmlReport.wide(
                "Builds that answered",
                table(
                    caption("Which build answered how often"),
                    thead(tr(HtmlReport.heading("Build"), HtmlReport.heading("Answers"))),
                    tbody(
                        each(
                            flow.builds(),
                            (build, n) -> tr(td(code(build)), td(Integer.toString(n)))))))));
  }

  private static Svg bars(Flow flow) {
    Instant from = flow.beats().getFirst().at();
    Beat last = flow.beats().getLast();
    double span = Duration.between(from, last.at().plus(last.length())).toMillis();
    int most = flow.beats().stream().mapToInt(b -> b.good() + b.failed()).max().orElse(1);
    Svg svg =
        Svg.picture(
            LEFT + WIDTH + 40,
            TOP + TALL + 24,
            "Steady requests: %d answered, %d failed"
                .formatted(flow.requests() - flow.failed(), flow.failed()));
    svg.with(Svg.text(0, 14, "start", "small", "answered and failed, by the verifier's clock"));
    for (Beat beat : flow.beats()) {
      double x = LEFT + WIDTH * Duration.between(from, beat.at()).toMillis() / span;
      double width = Math.max(1, WIDTH * beat.length().toMillis() / span - 1);
      double good = TALL * beat.good() / most;
      double bad = TALL * beat.failed() / most;
      String words =
          "%s: %d answered, %d failed%s"
              .formatted(
                  beat.at(),
                  beat.good(),
                  beat.failed(),
                  beat.worst().isEmpty() ? "" : "; " + beat.worst());
      if (beat.good() > 0) {
        svg.with(Svg.rect(x, TOP + TALL - good, width, good, "s-good").hint(words));
      }
      if (beat.failed() > 0) {
        double height = Math.max(3, bad);
        svg.with(Svg.rect(x, TOP + TALL - good - height, width, height, "s-bad").hint(words));
      }
    }
    for (int i = 0; i <= 4; i++) {
      svg.with(
          Svg.text(
              LEFT + WIDTH * i / 4,
              TOP + TALL + 18,
              "middle",
              "small",
              HtmlReport.since(span * i / 4, span)));
    }
    return svg;
  }
}
