package dev.slipway.rehearsal.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The score as a page in Markdown. */
final class ScorePage {

  private ScorePage() {}

  static String of(Score score) {
    List<String> parts = new ArrayList<>();
    parts.add(head(score));
    parts.add("## By layer\n\n" + layers(score));
    parts.add("## Beside the others\n\n" + peers(score));
    parts.add("## Missed, or named wrongly\n\n" + misses(score));
    parts.add(
        "## Time to the verdict\n\n![How many faults were told of after how long](score-times.svg)\n\n"
            + "What each waited, in the world's time: work of his own would count 30 times over, and is left out.\n");
    parts.add("## Every fault\n\n" + faults(score));
    parts.add("## Pairs\n\n" + pairs(score));
    parts.add("## What nobody can see from here\n\n" + unseen(score));
    return String.join("\n", parts);
  }

  private static String head(Score s) {
    return String.format(
        Locale.ROOT,
        """
        # The score

        ![rehearsal](score-badge.svg)

        **%d faults, %d detected (%d %%), %d named with the right cause first (%d %%). %d false alarms in %d healthy runs.**

        Made by `make rehearse` at commit `%s` with seed %d, in %.0f s. A fault is a real misconfiguration, made in a copy of a healthy
        deployment on the twin; the verifier gets an endpoint, an access key and what was deployed, and nothing else. What counts as
        detected and as named: [ADR 6](adr/0006-the-rehearsal.md). How to add a fault: [rehearsal.md](rehearsal.md).
        """,
        s.faults(),
        s.detected(),
        Percent.of(s.detected(), s.faults()),
        s.named(),
        Percent.of(s.named(), s.faults()),
        s.falseAlarms(),
        s.healthyRuns(),
        s.commit(),
        s.seed(),
        s.secondsTotal());
  }

  static String layers(Score score) {
    Table table = new Table("layer", "faults", "detected", "named");
    LayerRow.of(score).forEach(r -> table.row(r.layer(), r.faults(), r.detected(), r.named()));
    return table.toString();
  }

  static String peers(Score score) {
    Table table = new Table("who", "asked of", "detected", "named", "false alarms");
    table.row("**Slipway**", score.faults(), score.detected(), score.named(), score.falseAlarms());
    score
        .peers()
        .forEach((n, p) -> table.row(n, p.asked(), p.detected(), p.named(), p.falseAlarms()));
    return table
        + """

        The four plain checks are: as many tasks run as are wanted, all targets are healthy, one request answers 200, the image is in
        the registry. The waiters are AWS's own, from its SDK: services stable, then targets in service. `ecs-deploy` makes the deployment
        itself, so it is asked of updates only. A message that names the resource to change counts as named. All of them have ten minutes.
        """;
  }

  static String misses(Score score) {
    Table table = new Table("fault", "what is wrong", "what was said", "expected");
    int rows = 0;
    for (Score.Entry e : score.byFault()) {
      if (!e.detected() || !e.named()) {
        rows++;
        String said =
            !e.trouble().isEmpty()
                ? "the trial came to nothing: " + e.trouble()
                : !e.detected()
                    ? "**missed**"
                    : e.causes().isEmpty() ? e.said() : String.join(", ", e.causes());
        table.row(
            "`" + e.id() + "`", e.wrong(), Words.plain(said), String.join(" or ", e.expected()));
      }
    }
    return rows == 0 ? "None.\n" : table.toString();
  }

  static String faults(Score score) {
    List<String> heads =
        new ArrayList<>(
            List.of(
                "fault", "what is wrong", "deployment", "severity", "asked", "Slipway", "after"));
    heads.addAll(score.peers().keySet());
    Table table = new Table(heads.toArray(String[]::new));
    for (Score.Entry e : score.byFault()) {
      List<Object> cells = new ArrayList<>();
      cells.add("`" + e.id() + "`");
      cells.add(e.wrong());
      cells.add(e.kind());
      cells.add(e.severity());
      cells.add(e.command().substring("slipway ".length()));
      cells.add(e.named() ? "**named**" : e.detected() ? "detected" : "missed");
      cells.add(seconds(e.seconds()));
      for (String peer : score.peers().keySet()) {
        Score.Word word = e.peers().get(peer);
        cells.add(word == null ? "-" : word.verdict());
      }
      table.row(cells.toArray());
    }
    return table.toString();
  }

  private static String pairs(Score score) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d pairs of faults were made at once; both were named in %d.%n"
            .formatted(score.pairs().total(), score.pairs().bothFound()));
    score.pairs().missed().forEach(line -> text.append("\n- ").append(Words.plain(line)));
    return text.append("\n").toString();
  }

  private static String unseen(Score score) {
    Table table = new Table("fault", "why");
    score.unseen().forEach(u -> table.row("`" + u.id() + "`", u.why()));
    return table.toString();
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.0f s", seconds);
  }
}
