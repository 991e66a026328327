package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

// The SDK\'s builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class RunningDiagnosisTest {

  private final Sample sample = new Sample();
  private final SampleNetwork network = new SampleNetwork();

  private List<Cause> causes() {
    sample.surroundings = network.surroundings();
    return Diagnosis.of(sample.snapshot(), sample.goal());
  }

  private Cause first() {
    assertThat(causes()).isNotEmpty();
    return causes().getFirst();
  }

  private void unhealthy(String description) {
    sample.targets.clear();
    sample.targets.add(Sample.target("10.0.1.10", "unhealthy", description));
    sample.targets.add(Sample.target("10.0.2.10", "unhealthy", description));
  }

  /** The first deployment is under way, and nothing answers yet. */
  private void starting() {
    sample.answers(503, 4, "");
    sample.service(s ->
        s.deployments(
            Sample.deployment("ecs-svc/2", "PRIMARY", 2, DeploymentRolloutState.IN_PROGRESS)));
  }

  @Test
  void namesTheTaskGroupThatDoesNotAdmitTheLoadBalancer() {
    network.taskIngress = List.of();
    unhealthy("Request timed out");
    assertThat(first().id()).isEqualTo("net-task-sg-ingress-missing-alb");
    assertThat(first().resource()).isEqualTo("sg-task");
    assertThat(first().fix().cli())
        .isEqualTo(
            "aws ec2 authorize-security-group-ingress --group-id sg-task --protocol tcp --port 5000"
                + " --source-group sg-alb");
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void doesNotBlameAGroupThatAdmitsTheLoadBalancer() {
    starting();
    unhealthy("Request timed out");
    assertThat(causes()).extracting(Cause::id).containsExactly("app-does-not-answer");
    assertThat(first().decisive()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "404,alb-health-path-404",
    "401,alb-health-path-404",
    "302,app-health-redirects",
  })
  void namesTheTargetGroupWhoseHealthCheckAsksForTheWrongPath(int code, String id) {
    unhealthy("Health checks failed with these codes: [" + code + "]");
    assertThat(first().id()).isEqualTo(id);
    assertThat(first().resource()).isEqualTo(Sample.TARGET_GROUP);
    assertThat(first().explanation())
        .isEqualTo(
            "The health check of target group orders asks for /health and gets %d; it wants 200."
                .formatted(code));
  }

  @Test
  void doesNotTakeAServiceThatIsStillStartingForAWrongPath() {
    starting();
    unhealthy("Health checks failed with these codes: [503]");
    assertThat(causes()).extracting(Cause::id).containsExactly("app-health-check-fails");
    assertThat(first().decisive()).isFalse();
  }

  @Test
  void readsTheHealthCheckFromEventsWhenTheTargetsAreGone() {
    sample.rolledBack();
    sample.tasks.add(
        Sample.running("new1", "10.0.1.20", "subnet-a").toBuilder()
            .lastStatus("STOPPED")
            .desiredStatus("STOPPED")
            .stopCode(TaskStopCode.SERVICE_SCHEDULER_INITIATED)
            .stoppedReason("Task failed ELB health checks in (target-group x)")
            .build());
    sample.event(
        "(task new1) (port 5000) is unhealthy in (target-group %s) due to (reason Health checks failed with these codes: [404])."
            .formatted(Sample.TARGET_GROUP));
    assertThat(causes()).extracting(Cause::id).containsExactly("alb-health-path-404");
  }

  @ParameterizedTest
  @CsvSource({
    "Listening on: http://0.0.0.0:8080,td-app-port-mismatch",
    "Listening on: http://127.0.0.1:5000,app-binds-loopback",
    "Tomcat started on port(s): 8080 (http),td-app-port-mismatch",
    "server listening on localhost:5000,app-binds-loopback",
  })
  void readsFromTheLogWhereTheApplicationListens(String line, String id) {
    unhealthy("Health checks failed");
    network.logTails.put(sample.tasks.getFirst().taskArn(), List.of("starting", line));
    assertThat(first().id()).isEqualTo(id);
    assertThat(first().evidence()).contains("log: " + line);
  }

  @Test
  void waitsForAnApplicationThatListensWhereItShould() {
    starting();
    unhealthy("Health checks failed");
    network.logTails.put(
        sample.tasks.getFirst().taskArn(), List.of("Listening on: http://0.0.0.0:5000"));
    assertThat(causes()).isEmpty();
  }

  private void exits(int times, String reason) {
    sample.rollingOut();
    for (int i = 0; i < times; i++) {
      Task task =
          Sample.running("gone" + i, "10.0.1.2" + i, "subnet-a").toBuilder()
              .lastStatus("STOPPED")
              .desiredStatus("STOPPED")
              .stopCode(TaskStopCode.ESSENTIAL_CONTAINER_EXITED)
              .stoppedReason("Essential container in task exited")
              .containers(c -> c.name("app").exitCode(1).reason(reason))
              .build();
      sample.tasks.addFirst(task);
      network.logTails.put(task.taskArn(), List.of("boom"));
    }
  }

  @Test
  void tellsOfAnApplicationThatEndsByItself() {
    exits(2, null);
    assertThat(first().id()).isEqualTo("app-exits-at-start");
    assertThat(first().decisive()).isTrue();
    assertThat(first().explanation())
        .isEqualTo("Container app of orders:2 ended by itself with exit code 1, 2 times.");
    assertThat(first().evidence()).contains("log: boom");
  }

  @Test
  void goesOnWaitingAfterASingleExit() {
    exits(1, null);
    assertThat(first().decisive()).isFalse();
  }

  @Test
  void tellsOfTooLittleMemory() {
    exits(2, "OutOfMemoryError: Container killed due to memory usage");
    assertThat(causes()).extracting(Cause::id).containsExactly("td-memory-too-small");
    assertThat(first().fix().terraform()).isEqualTo("memory = 1024");
  }

  @Test
  void namesTheRollbackWhenNothingElseIsSeen() {
    sample.rolledBack().event("rolling back to deployment ecs-svc/3.");
    assertThat(causes()).extracting(Cause::id).containsExactly("svc-silent-rollback");
    assertThat(first().evidence())
        .contains("event: (service orders) rolling back to deployment ecs-svc/3.");
  }

  @ParameterizedTest
  @CsvSource({
    "STOPPED,svc-deployment-superseded",
    "IN_PROGRESS,",
    "PENDING,",
  })
  void namesAnotherDeploymentThatECSStoppedOursFor(ServiceDeploymentStatus ours, String id) {
    sample.rollingOut();
    sample.deployment(2, ours);
    sample.service(s ->
        s.taskDefinition(Sample.OLD_TASK_DEFINITION)
            .deployments(
                Sample.deployment("ecs-svc/3", "PRIMARY", 1, DeploymentRolloutState.IN_PROGRESS)));
    assertThat(causes())
        .extracting(Cause::id)
        .filteredOn(i -> i.equals("svc-deployment-superseded"))
        .isEqualTo(id == null ? List.of() : List.of(id));
  }

  @Test
  void namesWhyARolloutWasRolledBackBeforeTheRollback() {
    exits(3, null);
    sample.deployment(2, ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
    assertThat(causes()).extracting(Cause::id).containsExactly("app-exits-at-start");
    assertThat(first().evidence())
        .contains(
            "log: boom",
            "consequence: The new deployment of orders:2 failed and was rolled back; service orders"
                + " runs the tasks of the deployment before, of the same revision.");
  }

  @Test
  void namesADesiredCountOfZero() {
    sample.service(s -> s.desiredCount(0).runningCount(0));
    assertThat(first().id()).isEqualTo("svc-desired-zero");
  }

  @ParameterizedTest
  @CsvSource({"2,75,100,true", "3,100,125,true", "4,50,100,false", "2,100,200,false"})
  void doesTheSchedulersArithmetic(int desired, int minimum, int maximum, boolean stuck) {
    sample.rollingOut();
    sample.service(s ->
        s.desiredCount(desired)
            .deploymentConfiguration(
                d -> d.minimumHealthyPercent(minimum).maximumPercent(maximum)));
    assertThat(causes().stream().anyMatch(c -> c.id().equals("svc-min-max-deadlock")))
        .isEqualTo(stuck);
  }

  @Test
  void namesTheRuleThatTakesTheRequests() {
    sample.rules.add(
        Sample.forward("1", Sample.TARGET_GROUP).toBuilder()
            .actions(Action.builder().type(ActionTypeEnum.FIXED_RESPONSE).build())
            .build());
    assertThat(first().id()).isEqualTo("alb-probe-answered-by-fixed-response");
    assertThat(first().resource()).endsWith("/1");
  }

  @Test
  void namesTheLoadBalancersClosedPort() {
    network.balancerIngress = List.of();
    sample.answers(0, 4, "");
    assertThat(first().id()).isEqualTo("net-alb-sg-listener-port-closed");
    assertThat(first().resource()).isEqualTo("sg-alb");
  }

  @Test
  void namesTheRouteTableThatDoesNotLeadClientsAnswersOut() {
    network.publicRoutes.removeIf(r -> r.gatewayId().equals("igw-1"));
    sample.answers(0, 4, "");
    assertThat(first().id()).isEqualTo("net-alb-subnet-not-public");
    assertThat(first().resource()).isEqualTo("rtb-public");
    assertThat(first().fix().change())
        .isEqualTo("route 0.0.0.0/0 in rtb-public to the internet gateway");
  }

  @Test
  void saysNothingOfRoutesAsLongAsAnybodyIsAnswered() {
    network.publicRoutes.removeIf(r -> r.gatewayId().equals("igw-1"));
    sample.answers(503, 4, "awselb/2.0");
    assertThat(causes()).noneMatch(c -> c.id().equals("net-alb-subnet-not-public"));
  }

  @Test
  void namesAnImageThatHoldsAnotherBuild() {
    sample.wanted = sample.wanted.withCommit("f".repeat(40));
    assertThat(first().id()).isEqualTo("app-serves-old-build");
    assertThat(first().decisive()).isTrue();
    sample.targets.add(Sample.target("10.0.1.9", "draining", null));
    assertThat(first().decisive()).isFalse();
  }
}
