package dev.slipway.rehearsal.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The files that a score is kept in. All but the history follow from {@code score.json} alone. */
public final class ScoreFiles {

  /** The figures, of which all pages are made. */
  public static final String JSON = "score.json";

  private static final String HISTORY = "score-history.csv";
  private static final String HEADS =
      "commit,faults,detected,named,falseAlarms,healthyRuns,pairs,bothFound,secondsTotal\n";

  private ScoreFiles() {}

  /** Writes everything into a directory, and adds a line to the history. */
  public static void write(Score score, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(JSON), ScoreJson.text(score));
    for (var page : pages(score).entrySet()) {
      Files.writeString(directory.resolve(page.getKey()), page.getValue());
    }
    Path history = directory.resolve(HISTORY);
    if (!Files.exists(history)) {
      Files.writeString(history, HEADS);
    }
    String line =
        String.format(
            Locale.ROOT,
            "%s,%d,%d,%d,%d,%d,%d,%d,%.1f%n",
            score.commit(),
            score.faults(),
            score.detected(),
            score.named(),
            score.falseAlarms(),
            score.healthyRuns(),
            score.pairs().total(),
            score.pairs().bothFound(),
            score.secondsTotal());
    Files.writeString(history, line, StandardOpenOption.APPEND);
  }

  /** The pages that a score comes to, by file name. */
  public static Map<String, String> pages(Score score) {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("score.md", ScorePage.of(score));
    pages.put("score.html", ScoreHtml.of(score));
    pages.put("score-badge.svg", Badge.svg(score));
    pages.put("score-times.svg", TimesPlot.svg(score));
    pages.put("verifier-beside-peers.md", PeersPage.of(score));
    return pages;
  }
}
