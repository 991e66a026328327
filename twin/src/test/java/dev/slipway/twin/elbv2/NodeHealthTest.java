package dev.slipway.twin.elbv2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/** The state machine of one node and one target, healthy threshold 3, unhealthy threshold 2. */
class NodeHealthTest {

  private static final NodeHealth.Outcome FAILURE =
      new NodeHealth.Outcome.Failure(TargetHealthReasonEnum.TARGET_TIMEOUT, "Request timed out");

  @ParameterizedTest(name = "after {0} it is {1}")
  @CsvSource({
    "s, HEALTHY",
    "f, INITIAL",
    "fs, HEALTHY",
    "ff, UNHEALTHY",
    "sf, HEALTHY",
    "sfsf, HEALTHY",
    "sff, UNHEALTHY",
    "ffs, UNHEALTHY",
    "ffss, UNHEALTHY",
    "ffsss, HEALTHY",
    "ffssfs, UNHEALTHY",
    "ffssfsss, HEALTHY",
    "ffsssf, HEALTHY",
  })
  void needsOneSuccessWhenNewAndTheThresholdsAfterwards(String outcomes, NodeHealth.State state) {
    assertThat(after(outcomes).state()).isEqualTo(state);
  }

  @Test
  void keepsTheReasonOfTheLastFailureUntilItIsHealthyAgain() {
    assertThat(after("ffss").reason()).isEqualTo(TargetHealthReasonEnum.TARGET_TIMEOUT);
    assertThat(after("ffsss").reason()).isNull();
  }

  private static NodeHealth after(String outcomes) {
    NodeHealth health = NodeHealth.CHECKING;
    for (char outcome : outcomes.toCharArray()) {
      health = health.after(outcome == 's' ? new NodeHealth.Outcome.Success() : FAILURE, 3, 2);
    }
    return health;
  }
}
