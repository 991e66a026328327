package dev.slipway.rehearsal.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many of all faults had been told of after how long: a line for each who was asked. */
final class TimesPlot {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 340;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int TOP = 20;
  private static final int BOTTOM = 70;
  private static final double SHORTEST = 1;
  private static final double LONGEST = 1000;
  private static final List<String> COLOURS = List.of("#0b6e4f", "#b3541e", "#3a5a9b", "#7a4b8c");

  private TimesPlot() {}

  /** The plot as SVG. */
  static String svg(Score score) {
    Map<String, List<Double>> times = times(score);
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH,
        HEIGHT);
    add(svg, "<title>Share of faults told of, by time to the verdict</title>");
    add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    axes(svg);
    int number = 0;
    for (var line : times.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      add(
          svg,
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
          steps(line.getValue(), score.faults()),
          colour);
      int x = LEFT + number * (WIDTH - LEFT - RIGHT) / times.size();
      int y = HEIGHT - 14;
      add(svg, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"4\" fill=\"%s\"/>", x, y - 5, colour);
      add(
          svg,
          "<text x=\"%d\" y=\"%d\">%s: %d of %d</text>",
          x + 18,
          y,
          line.getKey(),
          line.getValue().size(),
          score.faults());
      number++;
    }
    svg.append("</svg>\n");
    return svg.toString();
  }

  private static Map<String, List<Double>> times(Score score) {
    Map<String, List<Double>> times = new LinkedHashMap<>();
    times.put(
        "Slipway",
        score.byFault().stream()
            .filter(Score.Entry::detected)
            .map(Score.Entry::seconds)
            .sorted()
            .toList());
    for (String peer : score.peers().keySet()) {
      List<Double> told = new ArrayList<>();
      for (Score.Entry entry : score.byFault()) {
        Score.Word word = entry.peers().get(peer);
        if (word != null && (word.verdict().equals("alarm") || word.verdict().equals("named"))) {
          told.add(word.seconds());
        }
      }
      times.put(peer, told.stream().sorted().toList());
    }
    return times;
  }

  private static String steps(List<Double> seconds, int of) {
    StringBuilder path =
        new StringBuilder(String.format(Locale.ROOT, "M%.1f %.1f", x(SHORTEST), y(0)));
    for (int i = 0; i < seconds.size(); i++) {
      path.append(
          String.format(Locale.ROOT, " H%.1f V%.1f", x(seconds.get(i)), y((i + 1) / (double) of)));
    }
    return path.append(String.format(Locale.ROOT, " H%.1f", x(LONGEST))).toString();
  }

  private static void axes(StringBuilder svg) {
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = y(percent / 100.0);
      add(
          svg,
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
          LEFT,
          WIDTH - RIGHT,
          y,
          y);
      add(
          svg,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d %%</text>",
          LEFT - 8,
          y + 4,
          percent);
    }
    for (int s : new int[] {1, 3, 10, 30, 100, 300, 1000}) {
      add(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>",
          x(s),
          HEIGHT - BOTTOM + 18,
          s);
    }
    add(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">time to the verdict, in the world's time"
            + "</text>",
        (LEFT + WIDTH - RIGHT) / 2,
        HEIGHT - BOTTOM + 36);
  }

  private static double x(double seconds) {
    double within = Math.clamp(seconds, SHORTEST, LONGEST);
    double share = Math.log(within / SHORTEST) / Math.log(LONGEST / SHORTEST);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
