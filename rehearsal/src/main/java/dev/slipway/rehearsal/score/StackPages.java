package dev.slipway.rehearsal.score;

import static j2html.TagCreator.each;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.li;
import static j2html.TagCreator.p;
import static j2html.TagCreator.ul;

import j2html.tags.DomContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that the score of somebody's own stack is kept in. */
public final class StackPages {

  private static final String HEADLINE = "The rehearsal of service %s";
  private static final String IMAGES =
      "Images cannot be pulled from where they are: programs that answer stand in for them, so faults of the programs"
          + " themselves are not found here.";
  private static final String AS_IT_IS =
      "What the verifier tells of the stack without any fault counts for nothing below.";

  private StackPages() {}

  /** Whether a directory holds a score that these files would replace, of something else. */
  public static boolean wouldReplaceAnother(Path directory) throws IOException {
    Path json = directory.resolve(ScoreFiles.JSON);
    return Files.exists(json) && !ScoreJson.isOfStack(json);
  }

  /** Writes everything into a directory. */
  public static void write(StackScore score, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(ScoreFiles.JSON), ScoreJson.text(score));
    for (var page : of(score).entrySet()) {
      Files.writeString(directory.resolve(page.getKey()), page.getValue());
    }
  }

  /** The pages, by file name. */
  public static Map<String, String> of(StackScore score) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("score.md", markdown(score));
    pages.put("score.html", html(score));
    pages.put("score-times.svg", TimesPlot.svg(score.score()));
    return pages;
  }

  private static String markdown(StackScore stack) {
    Score score = stack.score();
    List<String> parts = new ArrayList<>();
    parts.add(
        """
        # %s

        **%s**

        Made from `%s` in %s on the twin. %s
        """
            .formatted(
                HEADLINE.formatted(stack.service()),
                figures(score),
                stack.stack(),
                stack.region(),
                IMAGES));
    if (!stack.standIns().isEmpty()) {
      parts.add("- " + String.join("\n- ", stack.standIns()) + "\n");
    }
    parts.add("## As it is\n\n" + AS_IT_IS + " " + told(stack) + "\n");
    parts.add("## Who notices\n\n" + ScorePage.peers(score));
    parts.add("## By layer\n\n" + ScorePage.layers(score));
    parts.add("## Missed, or named wrongly\n\n" + ScorePage.misses(score));
    parts.add("## Every fault\n\n" + ScorePage.faults(score));
    Table table = new Table("fault", "why not");
    stack.notMade().forEach((id, why) -> table.row("`" + id + "`", Words.plain(why)));
    parts.add("## Not made here\n\n" + (stack.notMade().isEmpty() ? "None.\n" : table));
    return String.join("\n", parts);
  }

  private static String html(StackScore stack) {
    List<DomContent> lead = new ArrayList<>();
    lead.add(
        p("Made from %s in %s on the twin. %s".formatted(stack.stack(), stack.region(), IMAGES)));
    if (!stack.standIns().isEmpty()) {
      lead.add(ul(each(stack.standIns(), note -> li(note))));
    }
    lead.add(p(AS_IT_IS + " " + told(stack)));
    Map<String, String> notMade = new LinkedHashMap<>();
    stack.notMade().forEach((id, why) -> notMade.put(id, Words.plain(why)));
    List<DomContent> tail =
        List.of(
            h2("Not made here"),
            notMade.isEmpty()
                ? p("None.")
                : ScoreHtml.pairs("Not made here", "fault", "why not", notMade));
    return ScoreHtml.page(
        "Slipway: rehearsal of " + stack.service(),
        HEADLINE.formatted(stack.service()),
        lead,
        stack.score(),
        tail);
  }

  private static String told(StackScore stack) {
    return stack.told().isEmpty()
        ? "It tells nothing."
        : "It tells: " + String.join(", ", stack.told()) + ".";
  }

  private static String figures(Score s) {
    return "%d faults, %d detected, %d named with the right cause first. %d false alarms in %d healthy runs."
        .formatted(s.faults(), s.detected(), s.named(), s.falseAlarms(), s.healthyRuns());
  }
}
