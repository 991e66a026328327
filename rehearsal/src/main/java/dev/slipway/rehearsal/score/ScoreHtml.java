package dev.slipway.rehearsal.score;

import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/** The score as one self-contained page. */
final class ScoreHtml {

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; color: #1c1c1c; background: #ffffff; margin: 0; }
      main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; }
      table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
      th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #dddddd; }
      .named { color: #0b6e4f; font-weight: 600; } .alarm { color: #7a5200; } .passed, .missed { color: #b00020; }
      .big { font-size: 1.3rem; } svg { max-width: 100%; height: auto; }
      """;

  private ScoreHtml() {}

  static String of(Score score) {
    return document(
            html(
                    head(
                        meta().withCharset("utf-8"),
                        meta()
                            .withName("viewport")
                            .withContent("width=device-width, initial-scale=1"),
                        title("Slipway: the score"),
                        style(rawHtml(STYLE))),
                    body(main(content(score).toArray(DomContent[]::new))))
                .withLang("en"))
        + "\n";
  }

  private static List<DomContent> content(Score score) {
    List<DomContent> parts = new ArrayList<>();
    parts.add(h1("The score"));
    parts.add(
        p("%d faults, %d detected, %d named with the right cause first; %d false alarms in %d healthy runs."
                .formatted(
                    score.faults(),
                    score.detected(),
                    score.named(),
                    score.falseAlarms(),
                    score.healthyRuns()))
            .withClass("big"));
    parts.add(
        p(
            "Commit %s, seed %d. Of %d pairs of faults made at once, both were named in %d."
                .formatted(
                    score.commit(),
                    score.seed(),
                    score.pairs().total(),
                    score.pairs().bothFound())));
    parts.add(h2("Time to the verdict"));
    parts.add(rawHtml(TimesPlot.svg(score)));
    parts.add(h2("Who notices"));
    parts.add(peers(score));
    parts.add(h2("By layer"));
    parts.add(layers(score));
    parts.add(h2("Every fault"));
    parts.add(faults(score));
    return parts;
  }

  private static DomContent peers(Score score) {
    List<DomContent> rows = new ArrayList<>();
    rows.add(row("Slipway", score.faults(), score.detected(), score.named(), score.falseAlarms()));
    score
        .peers()
        .forEach((n, p) -> rows.add(row(n, p.asked(), p.detected(), p.named(), p.falseAlarms())));
    return table(heads("who", "asked of", "detected", "named", "false alarms"), bodyOf(rows));
  }

  private static DomContent layers(Score score) {
    List<DomContent> rows = new ArrayList<>();
    LayerRow.of(score).forEach(r -> rows.add(row(r.layer(), r.faults(), r.detected(), r.named())));
    return table(heads("layer", "faults", "detected", "named"), bodyOf(rows));
  }

  private static DomContent faults(Score score) {
    List<String> heads =
        new ArrayList<>(List.of("fault", "what is wrong", "Slipway", "what it said"));
    heads.addAll(score.peers().keySet());
    List<DomContent> rows = new ArrayList<>();
    for (Score.Entry entry : score.byFault()) {
      List<DomContent> cells = new ArrayList<>();
      cells.add(td(code(entry.id())));
      cells.add(td(entry.wrong() + " (" + entry.kind() + ")"));
      String verdict = entry.named() ? "named" : entry.detected() ? "alarm" : "missed";
      cells.add(td(verdict + ", " + ScorePage.seconds(entry.seconds())).withClass(verdict));
      cells.add(td(Words.plain(entry.said())));
      for (String peer : score.peers().keySet()) {
        Score.Word word = entry.peers().get(peer);
        String said = word == null ? "-" : word.verdict();
        cells.add(
            td(said).withClass(said).withTitle(word == null ? "" : Words.plain(word.words())));
      }
      rows.add(tr(cells.toArray(DomContent[]::new)));
    }
    return table(heads(heads.toArray(String[]::new)), bodyOf(rows));
  }

  private static DomContent heads(String... names) {
    return thead(tr(each(List.of(names), n -> th(n))));
  }

  private static DomContent bodyOf(List<DomContent> rows) {
    return tbody(rows.toArray(DomContent[]::new));
  }

  private static DomContent row(Object... cells) {
    return tr(each(List.of(cells), c -> td(String.valueOf(c))));
  }
}
