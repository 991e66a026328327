package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

class RolloutCheckTest {

  private final Sample sample = new Sample();

  private Judgement judged() {
    return new RolloutCheck().judge(sample.snapshot(), sample.goal());
  }

  @Test
  void holdsWhenTheWantedRevisionIsTheOneCompletedDeployment() {
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
    assertThat(judged().observed()).isEqualTo("orders:2 COMPLETED, 2 of 2 tasks run");
  }

  @Test
  void waitsWhileAnOldDeploymentIsStillThere() {
    sample.rollingOut();
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
    assertThat(judged().observed())
        .isEqualTo("orders:2 IN_PROGRESS, 0 of 2 tasks run, 2 deployments");
  }

  @Test
  void waitsUntilTheServiceDeploymentItselfSaysSuccess() {
    sample.deployment(2, ServiceDeploymentStatus.IN_PROGRESS);
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
  }

  @Test
  void failsAtOnceAfterARollbackThoughTheServiceLooksStable() {
    sample.rolledBack();
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
    assertThat(judged().observed())
        .isEqualTo("service deployment ROLLBACK_SUCCESSFUL; primary is orders:1");
  }

  @Test
  void failsAfterARollbackToTheSameRevision() {
    sample.deployment(2, ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
  }

  @Test
  void failsWhenANewerRevisionHasTakenOver() {
    sample.wanted = sample.wanted.withRevision("orders:1");
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
    assertThat(judged().observed()).isEqualTo("superseded by orders:2");
  }

  @Test
  void waitsOnlyShortlyForAServiceThatWasNotUpdated() {
    sample.deployment(1, ServiceDeploymentStatus.SUCCESSFUL);
    sample.service(s ->
        s.deployments(
            Sample.deployment("ecs-svc/1", "PRIMARY", 1, DeploymentRolloutState.COMPLETED)));
    sample.wanted = sample.wanted.withRevision(Sample.TASK_DEFINITION);
    assertThat(judged())
        .isInstanceOfSatisfying(
            Judgement.NotYet.class, n -> assertThat(n.patience()).isEqualTo(RolloutCheck.LAG));
  }

  @Test
  void failsWhenTheCircuitBreakerStoppedWithoutRollback() {
    sample.rollingOut();
    sample.service(s ->
        s.deployments(Sample.deployment("ecs-svc/2", "PRIMARY", 2, DeploymentRolloutState.FAILED)));
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
  }

  @Test
  void cannotExcludeARollbackWhenServiceDeploymentsMayNotBeRead() {
    sample.gap("ecs:ListServiceDeployments");
    assertThat(judged())
        .isInstanceOfSatisfying(
            Judgement.Skipped.class,
            s -> {
              assertThat(s.blind()).isTrue();
              assertThat(s.observed()).contains("missing permission ecs:ListServiceDeployments");
            });
  }

  @Test
  void failsForAServiceThatIsDraining() {
    sample.service(s -> s.status("DRAINING"));
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
  }

  @ParameterizedTest
  @CsvSource({"ecs:DescribeServiceDeployments", "ecs:DescribeServiceRevisions"})
  void cannotExcludeARollbackThatMayNotBeLookedAt(String action) {
    sample.gap(action);
    assertThat(judged().observed())
        .contains("a rollback to the same revision cannot be excluded", action);
  }

  @Test
  void doesNotJudgeADeploymentThatIsNotEcssOwn() {
    sample.service(s -> s.deployments(List.of()));
    assertThat(judged()).isEqualTo(new Judgement.Skipped("not a rolling deployment of ECS", false));
  }

  /** Ours was stopped, and what came instead goes well: the wanted revision is not there. */
  @ParameterizedTest
  @CsvSource({
    "STOPPED,primary is orders:1; orders:2 was STOPPED",
    "ROLLBACK_FAILED,primary is orders:1; orders:2 was ROLLBACK_FAILED",
  })
  void failsWhenOursEndedBadlyAndAnotherRevisionIsOnItsWay(
      ServiceDeploymentStatus status, String seen) {
    sample.deployment(2, status);
    var ours = sample.serviceDeployments.getFirst();
    sample.deployment(1, ServiceDeploymentStatus.IN_PROGRESS);
    sample.serviceDeployments.add(ours.toBuilder().createdAt(Sample.NOW.minusSeconds(60)).build());
    sample.service(s ->
        s.deployments(
            Sample.deployment("ecs-svc/3", "PRIMARY", 1, DeploymentRolloutState.IN_PROGRESS)));
    sample.wanted = sample.wanted.withRevision("orders:2");
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
    assertThat(judged().observed()).isEqualTo(seen);
  }

  @Test
  void tellsWhatEcsSaysOfEveryDeployment() {
    sample.rollingOut();
    sample.serviceDeployments.replaceAll(d -> d.toBuilder().statusReason("so far so good").build());
    assertThat(judged().evidence())
        .containsExactly(
            "deployment ecs-svc/2 PRIMARY orders:2 IN_PROGRESS: 0 running, 0 pending, 0 failed of 2",
            "deployment ecs-svc/1 ACTIVE orders:1 COMPLETED: 2 running, 0 pending, 0 failed of 2",
            "ECS deployment ecs-svc/2 IN_PROGRESS.",
            "service deployment d2 IN_PROGRESS: so far so good");
  }

  @Test
  void tellsNothingThatEcsDoesNotSay() {
    sample.service(s ->
        s.deployments(
            sample.service.deployments().getFirst().toBuilder()
                .failedTasks(3)
                .rolloutStateReason(null)
                .build()));
    assertThat(judged().evidence())
        .containsExactly(
            "deployment ecs-svc/2 PRIMARY orders:2 COMPLETED: 2 running, 0 pending, 3 failed of 2",
            "service deployment d2 SUCCESSFUL");
  }
}
