package dev.slipway.rehearsal.score;

import static j2html.TagCreator.body;
import static j2html.TagCreator.code;
import static j2html.TagCreator.div;
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
import java.util.Map;

/** The score as one self-contained page. */
final class ScoreHtml {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c1c1c; --paper: #ffffff; --line: #dddddd;
        --good: #0b6e4f; --warn: #7a5200; --bad: #b00020; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --paper: #16181b; --line: #3a3f45;
        --good: #58c99c; --warn: #e0b050; --bad: #ff8a94; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0; }
      main { max-width: 76rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: anywhere; }
      .wide { overflow-x: auto; } .wide:focus-visible { outline: 2px solid var(--good); }
      table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
      th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
      td { min-width: 4rem; overflow-wrap: normal; } td:nth-child(2), td:nth-child(4) { min-width: 12rem; }
      code { white-space: nowrap; }
      .named { color: var(--good); font-weight: 600; } .alarm { color: var(--warn); } .passed, .missed { color: var(--bad); }
      .big { font-size: 1.3rem; } svg { max-width: 100%; height: auto; }
      """;

  private ScoreHtml() {}

  static String of(Score score) {
    return page("Slipway: the score", "The score", List.of(), score, List.of());
  }

  /**
   * A page of a score.
   *
   * @param title of the window
   * @param headline of the page
   * @param lead what stands before the figures
   * @param tail what stands after all
   */
  static String page(
      String title, String headline, List<DomContent> lead, Score score, List<DomContent> tail) {
    List<DomContent> parts = new ArrayList<>();
    parts.add(h1(headline));
    parts.addAll(lead);
    parts.addAll(content(score));
    parts.addAll(tail);
    return document(
            html(
                    head(
                        meta().withCharset("utf-8"),
                        meta()
                            .withName("viewport")
                            .withContent("width=device-width, initial-scale=1"),
                        title(title),
                        style(rawHtml(STYLE))),
                    body(main(parts.toArray(DomContent[]::new))))
                .withLang("en"))
        + "\n";
  }

  private static List<DomContent> content(Score score) {
    List<DomContent> parts = new ArrayList<>();
    parts.add(
        p("%d faults, %d detected, %d named with the right cause first; %d false alarms in %d healthy runs."
                .formatted(
                    score.faults(),
                    score.detected(),
                    score.named(),
                    score.falseAlarms(),
                    score.healthyRuns()))
            .withClass("big"));
    if (score.pairs().total() > 0) {
      parts.add(
          p(
              "Commit %s, seed %d. Of %d pairs of faults made at once, both were named in %d."
                  .formatted(
                      score.commit(),
                      score.seed(),
                      score.pairs().total(),
                      score.pairs().bothFound())));
    }
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
    return wide("Who notices", heads("who", "asked of", "detected", "named", "false alarms"), rows);
  }

  private static DomContent layers(Score score) {
    List<DomContent> rows = new ArrayList<>();
    LayerRow.of(score).forEach(r -> rows.add(row(r.layer(), r.faults(), r.detected(), r.named())));
    return wide("By layer", heads("layer", "faults", "detected", "named"), rows);
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
    return wide("Every fault", heads(heads.toArray(String[]::new)), rows);
  }

  /** A table that scrolls by itself where the screen is narrow, with keys too. */
  private static DomContent wide(String label, DomContent heads, List<DomContent> rows) {
    return div(table(heads, tbody(rows.toArray(DomContent[]::new))))
        .withClass("wide")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", label);
  }

  /** A table of two columns. */
  static DomContent pairs(String label, String left, String right, Map<String, String> of) {
    List<DomContent> rows = new ArrayList<>();
    of.forEach((name, value) -> rows.add(tr(td(code(name)), td(value))));
    return wide(label, heads(left, right), rows);
  }

  private static DomContent heads(String... names) {
    return thead(tr(each(List.of(names), n -> th(n))));
  }

  private static DomContent row(Object... cells) {
    return tr(each(List.of(cells), c -> td(String.valueOf(c))));
  }
}
