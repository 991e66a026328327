package dev.slipway.validation.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;

class RoundsTest {

  private final Rounds rounds = new Rounds();
  private final Sample sample = new Sample();

  /** Sees a deployment in a reading that began so many seconds after the first. */
  private void see(long seconds, String deployment, DeploymentRolloutState state) {
    sample.service(s -> s.deployments(Sample.deployment(deployment, "PRIMARY", 2, state)));
    sample.observedAt = Sample.NOW.plusSeconds(seconds);
    rounds.see(sample.snapshot());
  }

  private static Probe round(long seconds) {
    Instant at = Sample.NOW.plusSeconds(seconds);
    return new Probe("http://orders/", at, List.of(new Probe.Answer(200, "app", "old", "")));
  }

  @Test
  void forgetsAnswersOfBeforeTheRolloutWasComplete() {
    see(0, "ecs-svc/9", DeploymentRolloutState.IN_PROGRESS);
    rounds.keep(round(1));
    assertThat(rounds.newest().made()).isTrue();

    see(5, "ecs-svc/9", DeploymentRolloutState.COMPLETED);

    assertThat(rounds.newest()).isEqualTo(Probe.NONE);
  }

  @Test
  void heedsNoAnswerThatWasOnItsWayWhenTheRolloutBecameComplete() {
    see(0, "ecs-svc/9", DeploymentRolloutState.IN_PROGRESS);
    see(5, "ecs-svc/9", DeploymentRolloutState.COMPLETED);

    rounds.keep(round(4));
    assertThat(rounds.newest()).isEqualTo(Probe.NONE);

    rounds.keep(round(6));
    assertThat(rounds.newest()).isEqualTo(round(6));
  }

  @Test
  void keepsAnswersWhileNothingChanges() {
    see(0, "ecs-svc/9", DeploymentRolloutState.COMPLETED);
    rounds.keep(round(1));
    see(2, "ecs-svc/9", DeploymentRolloutState.COMPLETED);

    assertThat(rounds.newest()).isEqualTo(round(1));
  }

  @Test
  void forgetsAnswersOfTheDeploymentBefore() {
    see(0, "ecs-svc/9", DeploymentRolloutState.COMPLETED);
    rounds.keep(round(1));
    see(2, "ecs-svc/10", DeploymentRolloutState.COMPLETED);

    assertThat(rounds.newest()).isEqualTo(Probe.NONE);
  }
}
