package dev.slipway.rehearsal.score;

import java.util.ArrayList;
import java.util.List;

/** What everybody said of the faults that are hardest to tell, word for word. */
final class PeersPage {

  private PeersPage() {}

  static String of(Score score) {
    StringBuilder page =
        new StringBuilder(
            """
            # The verifier beside its peers

            What each said of the same fault in the same world, in its own words, and when. Made by `make rehearse`; all faults are in
            [score.md](score.md). Here are those that at least one of the others let pass, although the service does not serve
            what was deployed.
            """);
    for (Score.Entry entry : score.byFault()) {
      if (hard(entry)) {
        page.append("\n## ").append(entry.id()).append("\n\n").append(entry.wrong());
        page.append(" (").append(entry.kind()).append(").\n\n");
        page.append(table(score, entry));
      }
    }
    return page.toString();
  }

  private static boolean hard(Score.Entry entry) {
    boolean posture =
        entry.failed().stream().allMatch(c -> c.endsWith("posture") || c.equals("observability"));
    return entry.detected()
        && !posture
        && entry.peers().values().stream().anyMatch(w -> w.verdict().equals("passed"));
  }

  private static String table(Score score, Score.Entry entry) {
    Table table = new Table("who", "verdict", "after", "what it said");
    table.row(
        "**Slipway**",
        entry.named() ? "named" : "alarm",
        ScorePage.seconds(entry.seconds()),
        Words.plain(String.join(", ", first(entry.causes())) + " " + entry.said()));
    List<String> names = new ArrayList<>(score.peers().keySet());
    for (String name : names) {
      Score.Word word = entry.peers().get(name);
      if (word != null) {
        table.row(
            name,
            word.verdict(),
            word.verdict().equals("-") ? "" : ScorePage.seconds(word.seconds()),
            Words.plain(word.words()));
      }
    }
    return table.toString();
  }

  private static List<String> first(List<String> causes) {
    return causes.isEmpty() ? List.of() : List.of("`" + causes.getFirst() + "`");
  }
}
