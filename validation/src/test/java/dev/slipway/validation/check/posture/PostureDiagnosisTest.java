package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.check.Severity;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.diagnose.Diagnosis;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is badly kept and serves all the same, among the causes. */
class PostureDiagnosisTest {

  private final PosturedSample sample = new PosturedSample();

  private List<Cause> causes() {
    return Diagnosis.of(sample.snapshot(), sample.goal());
  }

  private void flaws() {
    sample.container(c -> c.readonlyRootFilesystem(false));
    sample.environment("AWS_ACCESS_KEY_ID", "x");
    sample.retention(null);
  }

  @Test
  void tellsTheWorstFlawFirst() {
    flaws();
    assertThat(causes())
        .hasSizeGreaterThan(2)
        .isSortedAccordingTo(Comparator.comparing(Cause::severity).reversed())
        .noneMatch(Cause::decisive);
    assertThat(causes().getFirst().severity()).isEqualTo(Severity.HIGH);
    assertThat(causes().getFirst().id()).isEqualTo("iam-static-keys-shadow-task-role");
  }

  @Test
  void tellsFlawsAfterWhatKeepsTheServiceFromServing() {
    flaws();
    sample.service(s -> s.desiredCount(0).runningCount(0));
    assertThat(causes().getFirst().id()).isEqualTo("svc-desired-zero");
    assertThat(causes())
        .extracting(Cause::id)
        .contains("iam-static-keys-shadow-task-role", "td-writable-rootfs");
  }
}
