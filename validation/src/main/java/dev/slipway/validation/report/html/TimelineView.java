package dev.slipway.validation.report.html;

import static j2html.TagCreator.details;
import static j2html.TagCreator.each;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.slipway.validation.report.Timeline;
import dev.slipway.validation.report.Timeline.Lane;
import dev.slipway.validation.report.Timeline.Span;
import j2html.tags.DomContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What happened when: tasks and events by AWS's clock, targets and answers by the verifier's. */
final class TimelineView {

  private static final double NAMES = 190;
  private static final double SCALE = 720;
  private static final double ROW = 24;

  private TimelineView() {}

  static DomContent of(Timeline timeline) {
    if (timeline.tasks().isEmpty() && timeline.targets().isEmpty()) {
      return span();
    }
    List<Instant> byAws =
        Stream.concat(instants(timeline.tasks()), timeline.events().stream().map(e -> e.at()))
            .toList();
    List<Instant> byVerifier =
        Stream.concat(instants(timeline.targets()), timeline.answers().stream().map(r -> r.at()))
            .toList();
    return HtmlReport.titled(
        "Timeline",
        byAws.isEmpty()
            ? span()
            : HtmlReport.wide(
                "Timeline of tasks and events",
                chart(
                    "Tasks and events by AWS's clock",
                    byAws,
                    timeline.tasks(),
                    timeline.events().stream()
                        .map(e -> new Dot(e.at(), "s-run", e.text()))
                        .toList(),
                    "events")),
        byVerifier.isEmpty()
            ? span()
            : HtmlReport.wide(
                "Timeline of targets and answers",
                chart(
                    "Targets and answers as the verifier saw them",
                    byVerifier,
                    timeline.targets(),
                    timeline.answers().stream().map(TimelineView::dot).toList(),
                    "answers")),
        FlowView.of(timeline.flow()),
        details(
            summary("The same in words"),
            lanes("Tasks", timeline.tasks()),
            lanes("Targets", timeline.targets()),
            HtmlReport.wide(
                "Events",
                table(
                    thead(tr(HtmlReport.heading("At"), HtmlReport.heading("Event"))),
                    tbody(
                        each(timeline.events(), e -> tr(td(e.at().toString()), td(e.text()))))))));
  }

  private record Dot(Instant at, String tone, String words) {}

  private static Dot dot(Timeline.Round round) {
    boolean good = round.good() == round.all();
    return new Dot(
        round.at(),
        good ? "s-good" : "s-bad",
        "%d of %d answered 200%s"
            .formatted(round.good(), round.all(), good ? "" : "; " + round.worst()));
  }

  private static Stream<Instant> instants(List<Lane> lanes) {
    return lanes.stream()
        .flatMap(l -> l.spans().stream())
        .flatMap(s -> Stream.of(s.from(), s.to()));
  }

  private static DomContent lanes(String title, List<Lane> lanes) {
    List<DomContent> rows = new ArrayList<>();
    for (Lane lane : lanes) {
      for (Span each : lane.spans()) {
        rows.add(
            tr(
                td(lane.name()),
                td(each.state()),
                td(each.from().toString()),
                td(seconds(each.from(), each.to())),
                td(lane.note())));
      }
    }
    return rows.isEmpty()
        ? span()
        : HtmlReport.wide(
            title,
            table(
                thead(
                    tr(
                        HtmlReport.heading(title),
                        HtmlReport.heading("State"),
                        HtmlReport.heading("From"),
                        HtmlReport.heading("For"),
                        HtmlReport.heading("Ended"))),
                tbody(each(rows, r -> r))));
  }

  private static DomContent chart(
      String title, List<Instant> instants, List<Lane> lanes, List<Dot> dots, String dotsName) {
    Instant from = instants.stream().min(Instant::compareTo).orElseThrow();
    Instant to = instants.stream().max(Instant::compareTo).orElseThrow();
    double span = Math.max(1000, Duration.between(from, to).toMillis());
    double height = 40 + ROW * (lanes.size() + 1) + 24;
    Svg svg =
        Svg.picture(
            NAMES + SCALE + 40,
            height,
            "%s, %s long, %d lanes".formatted(title, seconds(from, to), lanes.size()));
    svg.with(Svg.text(0, 14, "start", "small", title));
    for (int i = 0; i <= 4; i++) {
      double x = NAMES + SCALE * i / 4;
      svg.with(
          Svg.line(x, 24, x, height - 20, "grid"),
          Svg.text(x, height - 6, "middle", "small", HtmlReport.since(span * i / 4, span)));
    }
    double y = 30;
    for (Lane lane : lanes) {
      svg.with(Svg.text(0, y + 14, "start", "", lane.name()));
      for (Span each : lane.spans()) {
        double x = NAMES + SCALE * Duration.between(from, each.from()).toMillis() / span;
        double width =
            Math.max(3, SCALE * Duration.between(each.from(), each.to()).toMillis() / span);
        svg.with(
            Svg.rect(x, y + 2, width, ROW - 8, tone(each.state()))
                .hint(
                    "%s %s for %s %s"
                        .formatted(
                            lane.name(),
                            each.state(),
                            seconds(each.from(), each.to()),
                            lane.note())));
      }
      y += ROW;
    }
    svg.with(Svg.text(0, y + 14, "start", "small", dotsName));
    for (Dot dot : dots) {
      double x = NAMES + SCALE * Duration.between(from, dot.at()).toMillis() / span;
      svg.with(Svg.circle(x, y + 10, 4.5, dot.tone()).hint(dot.at() + " " + dot.words()));
    }
    return p(svg);
  }

  private static String tone(String state) {
    return switch (state) {
      case "RUNNING" -> "s-run";
      case "healthy" -> "s-good";
      case "unhealthy" -> "s-bad";
      case "STARTING", "initial" -> "s-wait";
      default -> "s-end";
    };
  }

  private static String seconds(Instant from, Instant to) {
    return String.format(
        java.util.Locale.ROOT, "%.1f s", Duration.between(from, to).toMillis() / 1000.0);
  }
}
