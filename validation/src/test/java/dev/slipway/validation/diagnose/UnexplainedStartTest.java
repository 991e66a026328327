package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

/** When words that nobody knows are taken for the root, and when for no more than words. */
class UnexplainedStartTest extends Diagnosed {

  private static final String WORDS = "FluxCapacitorError: 1.21 gigawatts are required";

  /** Attempts that failed at these seconds after the first. */
  private void failed(String words, Integer... seconds) {
    for (Integer second : seconds) {
      sample.failedStart("subnet-a", words);
      Instant created = second == null ? null : Sample.NOW.plusSeconds(second);
      sample.tasks.set(0, sample.tasks.getFirst().toBuilder().createdAt(created).build());
    }
  }

  private void runs(Integer second) {
    Instant created = second == null ? null : Sample.NOW.plusSeconds(second);
    sample.tasks.addFirst(
        Sample.running("runs", "10.0.1.21", "subnet-a").toBuilder().createdAt(created).build());
  }

  @Test
  void takesTheSameWordsThreeTimesForTheRoot() {
    sample.rollingOut();
    failed(WORDS, 0, 60);
    assertThat(first().decisive()).isFalse();
    assertThat(first().rank()).isEqualTo(Cause.Rank.WORDS);
    failed(WORDS, 120);
    assertThat(first().decisive()).isTrue();
    assertThat(first().rank()).isEqualTo(Cause.Rank.START);
  }

  /** When a task started that runs: before all that failed, between them, or nobody knows. */
  @ParameterizedTest
  @CsvSource({"-60,true", "0,true", "90,false", ",true"})
  void trustsOnlyATaskThatCameAfterTheFirstThatFailed(Integer started, boolean decisive) {
    sample.rollingOut();
    failed(WORDS, 0, 60, 120);
    runs(started);
    assertThat(first().decisive()).isEqualTo(decisive);
  }

  @ParameterizedTest
  @CsvSource({"true,false", "false,true"})
  void trustsAnyTaskThatRunsWhenNoTimeOfAFailureIsKnown(boolean runs, boolean decisive) {
    sample.rollingOut();
    failed(WORDS, null, null, null);
    if (runs) {
      runs(60);
    }
    assertThat(first().decisive()).isEqualTo(decisive);
  }

  @Test
  void doesNotTakeWordsForTheRootWhenOtherAttemptsFailedForWhatIsKnown() {
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.tasks.clear();
    failed("CannotStartContainerError: exec: \"x\": executable file not found in $PATH", 0);
    failed(WORDS, 60, 120);
    assertThat(causes())
        .filteredOn(c -> c.id().equals("svc-task-start-failed"))
        .noneMatch(Cause::decisive);
    assertThat(ids()).contains("td-command-not-found");
  }

  @Test
  void saysHowToSeeWhatEventsAloneTell() {
    sample.rollingOut().event("was unable to place a task. Reason: " + WORDS);
    assertThat(first().fix().cli())
        .isEqualTo(
            "aws ecs describe-services --cluster staging --services orders --query"
                + " 'services[].events[:10].message'");
  }
}
