package dev.slipway.rehearsal.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackPagesTest {

  @TempDir private Path directory;

  private static StackScore score() {
    Score figures =
        new Score(
            "0123456789ab",
            1,
            1,
            0,
            0,
            0,
            2,
            9.5,
            new Score.Pairs(0, 0, List.of()),
            Map.of("AWS waiters", new Score.Peer(1, 0, 0, 0)),
            List.of(
                new Score.Entry(
                    "svc-a",
                    "svc",
                    "high",
                    "Something is wrong",
                    "nothing deployed",
                    "slipway verify",
                    false,
                    false,
                    List.of("svc-a"),
                    List.of(),
                    List.of(),
                    "",
                    "",
                    4,
                    Map.of("AWS waiters", new Score.Word("passed", "stable", 0)),
                    List.of(),
                    "")),
            List.of());
    return new StackScore(
        "infra/live",
        "basket",
        "eu-west-1",
        List.of("shop:v1 holds a stand-in"),
        Map.of("nothing deployed, slipway verify", List.of("td-root-user")),
        Map.of("net-b", "its tasks have no NAT gateway on their way out"),
        figures);
  }

  @Test
  void thePagesTellWhatStandsInWhatIsToldAnywayWhatIsMissedAndWhatWasNotMade() {
    Map<String, String> pages = StackPages.of(score());

    assertThat(pages.get("score.md"))
        .startsWith("# The rehearsal of service basket")
        .contains("Made from `infra/live` in eu-west-1 on the twin.")
        .contains("- shop:v1 holds a stand-in")
        .contains("It tells: td-root-user.")
        .contains("| `svc-a` | Something is wrong | **missed** | svc-a |")
        .contains("| `net-b` | its tasks have no NAT gateway on their way out |");
    assertThat(pages.get("score.html"))
        .contains("<h1>The rehearsal of service basket</h1>")
        .contains("<li>shop:v1 holds a stand-in</li>")
        .contains("It tells: td-root-user.")
        .contains("its tasks have no NAT gateway on their way out");
  }

  @Test
  void takesThePlaceOfAnEarlierScoreOfAStackAndOfNoOther() throws Exception {
    assertThat(StackPages.wouldReplaceAnother(directory)).isFalse();
    StackPages.write(score(), directory);
    assertThat(StackPages.wouldReplaceAnother(directory)).isFalse();
    assertThat(directory.resolve("score.json"))
        .content()
        .contains("\"stack\" : \"infra/live\"")
        .contains("\"notMade\" : {");

    Files.writeString(directory.resolve("score.json"), ScoreJson.text(score().score()));
    assertThat(StackPages.wouldReplaceAnother(directory)).isTrue();
  }
}
