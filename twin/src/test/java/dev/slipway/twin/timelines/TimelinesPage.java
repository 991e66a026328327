package dev.slipway.twin.timelines;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of {@code docs/timelines.md}.
 *
 * @param rows the cells behind each step's name: AWS, scale 1, scale 60
 */
record TimelinesPage(Map<String, List<String>> rows) {

  private static final String HEAD =
      """
      # Timelines

      How long things take on AWS and on the twin, in seconds of world time. The twin is a whole one with
      simulated tasks, read through its API. `TimelinesTest` measures at scale 60 in every run and holds the
      figures below against AWS; where AWS was seen once, half as much to half as much again agrees with it.
      Target groups: checks every 10 s (crash: 5 s), timeout 5 s (4 s), two failures, deregistration delay 30 s.
      Container checks: every 10 s for the breaker and every 60 s for StopTask, for AWS's own are not known.
      The rolling deploys seen on AWS took 152 and 173 s: with a larger image and 50 s instead of 10 to the old stop.

          SLIPWAY_WRITE_DOCS=true mvn -pl topology,twin test -Dtest=TimelinesTest -Dslipway.timelines.scale=1

      | step | AWS | twin at scale 1 | twin at scale 60 |
      |---|---|---|---|
      """;

  /** Reads a page. */
  static TimelinesPage of(String text) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    text.lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| step "))
        .map(line -> line.substring(2).split("\\s*\\|\\s*", -1))
        .forEach(cells -> rows.put(cells[0], List.of(cells[1], cells[2], cells[3])));
    return new TimelinesPage(rows);
  }

  /** A page with one column measured anew. */
  static String with(String text, int scale, Map<Step, Double> measured) {
    TimelinesPage before = of(text);
    StringBuilder page = new StringBuilder(HEAD);
    measured.forEach((step, seconds) -> {
      List<String> cells =
          new ArrayList<>(before.rows().getOrDefault(step.name(), List.of("", "", "")));
      cells.set(0, step.aws());
      cells.set(scale == 1 ? 1 : 2, TimelinesTest.seconds(seconds));
      page.append("| " + step.name() + " | " + String.join(" | ", cells) + " |\n");
    });
    return page.toString();
  }

  List<String> names() {
    return List.copyOf(rows.keySet());
  }

  String aws(Step step) {
    return rows.get(step.name()).getFirst();
  }

  /** What the page says was measured at a scale of 1 or 60. */
  double figure(Step step, int scale) {
    return Double.parseDouble(rows.get(step.name()).get(scale == 1 ? 1 : 2));
  }
}
