package dev.slipway.rehearsal.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreFilesTest {

  private static final Path DOCS = Path.of("../docs");

  @TempDir private Path directory;

  private static Score.Entry entry(String id, boolean detected, boolean named, String peer) {
    return new Score.Entry(
        id,
        "net",
        "high",
        "Something is wrong with a | in it",
        "update, rollback on",
        "slipway verify",
        detected,
        named,
        List.of(id),
        detected ? List.of("rollout") : List.of(),
        detected ? List.of(named ? id : "other-cause") : List.of(),
        "rtb-0123456789abcdef0",
        detected ? "Route table rtb-0123456789abcdef0 has no route" : "",
        12,
        Map.of("AWS waiters", new Score.Word(peer, "stable and in service", 45)),
        List.of(),
        "");
  }

  private static Score score() {
    return new Score(
        "0123456789ab",
        7,
        3,
        2,
        1,
        0,
        4,
        61.5,
        new Score.Pairs(2, 1, List.of("a + b: b not named; said [a]")),
        Map.of("AWS waiters", new Score.Peer(3, 1, 0, 0)),
        List.of(
            entry("net-a", true, true, "passed"),
            entry("net-b", true, false, "alarm"),
            entry("net-c", false, false, "passed")),
        List.of(new Score.Unseen("pipe-x", "it lies elsewhere")));
  }

  @Test
  void thePageHidesNoMissAndNoWrongCause() {
    String page = ScoreFiles.pages(score()).get("score.md");

    assertThat(page)
        .contains("**3 faults, 2 detected (66 %), 1 named with the right cause first (33 %).")
        .contains("0 false alarms in 4 healthy runs.**")
        .contains("| `net-b` | Something is wrong with a \\| in it | other-cause | net-b |")
        .contains("| `net-c` | Something is wrong with a \\| in it | **missed** | net-c |")
        .contains("- a + b: b not named; said [a]")
        .contains("| `pipe-x` | it lies elsewhere |");
  }

  @Test
  void thePeersPageHasWhatOthersLetPass() {
    assertThat(ScoreFiles.pages(score()).get("verifier-beside-peers.md"))
        .contains("## net-a")
        .contains("| AWS waiters | passed | 45 s | stable and in service |")
        .contains("`net-a` Route table rtb-0123… has no route")
        .doesNotContain("## net-b")
        .doesNotContain("## net-c");
  }

  @Test
  void theHistoryGrowsByALineForEachScore() throws Exception {
    ScoreFiles.write(score(), directory);
    ScoreFiles.write(score(), directory);

    assertThat(directory.resolve("score-history.csv"))
        .hasContent(
            """
            commit,faults,detected,named,falseAlarms,healthyRuns,pairs,bothFound,secondsTotal
            0123456789ab,3,2,1,0,4,2,1,61.5
            0123456789ab,3,2,1,0,4,2,1,61.5
            """);
    assertThat(ScoreJson.read(directory.resolve("score.json"))).isEqualTo(score());
  }

  @Tag("docs")
  @Test
  void theCommittedPagesFollowFromTheCommittedFigures() throws Exception {
    Score score = ScoreJson.read(DOCS.resolve(ScoreFiles.JSON));

    for (Map.Entry<String, String> page : ScoreFiles.pages(score).entrySet()) {
      if ("true".equals(System.getenv("SLIPWAY_WRITE_DOCS"))) {
        Files.writeString(DOCS.resolve(page.getKey()), page.getValue());
      }
      assertThat(Files.readString(DOCS.resolve(page.getKey())))
          .as("%s; make docs writes it from docs/score.json", page.getKey())
          .isEqualTo(page.getValue());
    }
  }
}
