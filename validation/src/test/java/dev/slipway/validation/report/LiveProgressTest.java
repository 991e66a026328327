package dev.slipway.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.check.RolloutCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveProgressTest {

  private final StringWriter text = new StringWriter();

  private static CheckResult done(String id) {
    return new CheckResult(id, "", Status.PASS, "", "it does", List.of(), false);
  }

  @Test
  void showsWhatIsAwaitedSinceWhenAndTheLastEvents() {
    LiveView view =
        new LiveView(
            List.of(done("image")),
            "rollout             0 of 2 tasks run",
            Duration.ofSeconds(75),
            List.of("(service orders) has started 2 tasks.", "b", "c", "d"));
    assertThat(view.lines(80))
        .containsExactly(
            "  OK    image               it does",
            "  ...   rollout             0 of 2 tasks run (1 min 15 s)",
            "          (service orders) has started 2 tasks.",
            "          b",
            "          c");
  }

  @Test
  void isNeverWiderThanTheTerminalAndKeepsTheTimeInSight() {
    LiveView view =
        new LiveView(
            List.of(), "x".repeat(200), Duration.ofSeconds(4), List.of("e".repeat(300), "a\nb"));
    for (int width : new int[] {20, 40, 80, 200}) {
      assertThat(view.lines(width))
          .allSatisfy(l -> assertThat(l).hasSizeLessThan(width).doesNotContain("\n"));
    }
    assertThat(view.lines(40).getFirst()).endsWith("… (4 s)");
  }

  @Test
  void showsOnlyTheLastOfManyChecks() {
    List<CheckResult> many = IntStream.range(0, 40).mapToObj(i -> done("c" + i)).toList();
    List<String> lines = new LiveView(many, "", Duration.ZERO, List.of("not shown")).lines(80);
    assertThat(lines).hasSize(16);
    assertThat(lines.getLast()).contains("c39");
  }

  @Test
  void drawsOverWhatItDrewAndLeavesNothingBehind() {
    LiveProgress progress = new LiveProgress(new PrintWriter(text), 80);
    progress.news(List.of("an event"));
    progress.waiting(new RolloutCheck(), "0 of 2", Duration.ofSeconds(1));
    progress.done(done("rollout"));
    progress.end();
    assertThat(text.toString().replace("\u001b", "ESC").replace("\r", "CR").lines())
        .containsExactly(
            "CRESC[J  ...   rollout             0 of 2 (1 s)",
            "          an event",
            "ESC[2ACRESC[J  OK    rollout             it does",
            "ESC[1ACRESC[J");
  }

  @Test
  void tellsEachEventOnceInAPipe() {
    PlainProgress progress =
        new PlainProgress(new PrintWriter(text), () -> Instant.parse("2026-11-23T12:00:00Z"));
    progress.news(List.of());
    progress.news(List.of("one"));
    progress.news(List.of("one"));
    progress.news(List.of("two", "one"));
    assertThat(text.toString().lines())
        .containsExactly("2026-11-23T12:00:00Z event: one", "2026-11-23T12:00:00Z event: two");
  }
}
