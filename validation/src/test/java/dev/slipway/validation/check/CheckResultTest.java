package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.observe.Snapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckResultTest {

  private static final Check CHECK =
      new Check() {
        @Override
        public String id() {
          return "some";
        }

        @Override
        public String title() {
          return "all is well";
        }

        @Override
        public String expected(Goal goal) {
          return "well: " + goal.revision();
        }

        @Override
        public Judgement judge(Snapshot snapshot, Goal goal) {
          return Judgement.holds("seen", List.of());
        }
      };

  private static CheckResult of(Judgement last) {
    return CheckResult.of(CHECK, new Sample().goal(), last, Severity.MEDIUM);
  }

  @Test
  void saysWhatWasExpectedAndSeen() {
    CheckResult result = of(Judgement.holds("seen", List.of("a", "b")));
    assertThat(result)
        .isEqualTo(
            new CheckResult(
                "some",
                "all is well",
                Status.PASS,
                "well: orders:2",
                "seen",
                List.of("a", "b"),
                false));
  }

  @Test
  void failsWhatIsBrokenAndWhatDidNotComeInTime() {
    assertThat(of(Judgement.broken("no", List.of())).status()).isEqualTo(Status.FAIL);
    assertThat(of(Judgement.notYet("not yet", List.of(), Duration.ofSeconds(1))).status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void skipsAndSaysWhetherThatLeavesTheVerdictOpen() {
    assertThat(of(new Judgement.Skipped("why", true)).status()).isEqualTo(Status.SKIP);
    assertThat(of(new Judgement.Skipped("why", true)).blind()).isTrue();
    assertThat(of(new Judgement.Skipped("why", false)).blind()).isFalse();
    assertThat(of(Judgement.broken("no", List.of())).blind()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"LOW,PASS", "MEDIUM,FAIL", "HIGH,FAIL", "CRITICAL,FAIL"})
  void failsAFlawFromTheChosenSeverityOn(Severity worst, Status status) {
    assertThat(of(new Judgement.Flawed("flaw", List.of(), worst, List.of())).status())
        .isEqualTo(status);
  }
}
