package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Probe;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

/** What the scheduler did instead of what was wanted, and what the service answers. */
class RolloutDiagnosisTest extends Diagnosed {

  private void primary(String revision, DeploymentRolloutState state) {
    Deployment deployment =
        Sample.deployment("ecs-svc/9", "PRIMARY", 2, state).toBuilder()
            .taskDefinition(Sample.TASK_DEFINITION.replace("orders:2", revision))
            .build();
    sample.service(s -> s.deployments(deployment));
  }

  /** Newer is what has a higher number in the same family. */
  @ParameterizedTest
  @CsvSource({
    "orders:3,IN_PROGRESS,svc-deployment-superseded",
    "orders:3,COMPLETED,svc-deployment-superseded",
    "orders:10,COMPLETED,svc-deployment-superseded",
    "payments:3,COMPLETED,svc-completed-but-previous-revision",
    "orders:1,COMPLETED,svc-completed-but-previous-revision",
    "orders:2,COMPLETED,",
    "payments:3,IN_PROGRESS,",
  })
  void tellsWhatIsRolledOutInstead(String revision, DeploymentRolloutState state, String id) {
    primary(revision, state);
    assertThat(ids().stream().filter(i -> i.startsWith("svc-")).findFirst().orElse(null))
        .isEqualTo(id);
    if (state == DeploymentRolloutState.IN_PROGRESS && id != null) {
      assertThat(first().explanation())
          .isEqualTo("A newer deployment brought orders:3 while orders:2 was wanted.");
      assertThat(first().evidence()).contains("primary deployment is orders:3");
    }
  }

  @Test
  void tellsOfAnOlderRevisionThatIsOnItsWayAfterTheWantedOne() {
    sample.wanted = sample.wanted.withRevision(Sample.TASK_DEFINITION);
    sample.deployment(2, ServiceDeploymentStatus.SUCCESSFUL);
    ServiceDeployment ours =
        sample.serviceDeployments.getFirst().toBuilder()
            .createdAt(Sample.NOW.minusSeconds(300))
            .build();
    sample.deployment(1, ServiceDeploymentStatus.IN_PROGRESS);
    sample.serviceDeployments.add(ours);
    primary("orders:1", DeploymentRolloutState.IN_PROGRESS);

    assertThat(first().id()).isEqualTo("svc-deployment-superseded");
    assertThat(first().explanation())
        .isEqualTo("A newer deployment brought orders:1 while orders:2 was wanted.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Capacity is unavailable at this time. | Fargate has no capacity for the task in its zones at this time. | wait, or add subnets in further zones | aws ecs update-service
          You've reached the limit on the number of tasks you can run concurrently | The account's Fargate quota is used up, so no further task is placed. | raise the Fargate quota, counting twice the tasks during a rollout | aws service-quotas
          """)
  void tellsAQuotaFromALackOfCapacity(
      String reason, String explanation, String change, String command) {
    sample.rollingOut().event("was unable to place a task. Reason: " + reason);
    assertThat(first().explanation()).isEqualTo(explanation);
    assertThat(first().fix().change()).isEqualTo(change);
    assertThat(first().fix().cli()).startsWith(command);
    assertThat(first().evidence()).hasSize(1);
  }

  /** As {@code status/server status/server}. */
  private void answers(String all) {
    sample.probe =
        new Probe(
            "http://orders.example/",
            Sample.NOW,
            Arrays.stream(all.split(" "))
                .map(a -> a.split("/", 2))
                .map(a -> new Probe.Answer(Integer.parseInt(a[0]), a[1], "", ""))
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "500/app 503/app,app-shallow-health",
    "404/app 404/app,app-answers-not-200",
    "404/app 500/app,",
    "500/app 200/app,",
    "500/app 502/awselb,",
  })
  void judgesAnswersThatAreAllOfOneKindAndItsOwn(String all, String id) {
    answers(all);
    assertThat(ids().stream().findFirst().orElse(null)).isEqualTo(id);
  }

  @Test
  void judgesNoAnswersWhileATargetOfItsOwnIsNotHealthy() {
    answers("500/app 500/app");
    sample.targets.set(1, Sample.target("10.0.2.10", "initial", null));
    assertThat(ids()).doesNotContain("app-shallow-health");
    sample.targets.clear();
    assertThat(ids()).doesNotContain("app-shallow-health");
  }

  @Test
  void judgesAnswersThoughAnOldTargetDrains() {
    answers("500/app 500/app");
    sample.targets.add(Sample.target("10.0.1.9", "draining", null));
    assertThat(ids()).contains("app-shallow-health");
  }

  @ParameterizedTest
  @CsvSource({
    "403,loadbalancer/app/orders/fedcba9876543210,aws wafv2 get-web-acl-for-resource",
    "401,listener-rule/app/orders/fedcba9876543210/1/default,aws elbv2 describe-rules",
  })
  void namesTheWebAclsBalancerOrTheRuleThatAuthenticates(
      int status, String resource, String command) {
    answers(status + "/awselb/2.0");
    assertThat(first().id()).isEqualTo("alb-waf-or-auth-blocks-users");
    assertThat(first().resource()).endsWith(resource);
    assertThat(first().fix().cli()).startsWith(command);
    assertThat(first().evidence())
        .containsExactly(
            "GET http://orders.example/: HTTP %d, Server: awselb/2.0".formatted(status));
  }
}
