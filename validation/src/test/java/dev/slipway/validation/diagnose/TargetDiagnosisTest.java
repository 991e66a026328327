package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Whose failed health checks count, and what shows them. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class TargetDiagnosisTest extends Diagnosed {

  private static final String ELB = "Task failed ELB health checks in (target-group x)";
  private static final String REFUSED = "Health checks failed";

  private void codes(String codes) {
    first(DeploymentRolloutState.IN_PROGRESS);
    unhealthy("Health checks failed with these codes: [" + codes + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "299,alb-health-path-404",
    "300,app-health-redirects",
    "399,app-health-redirects",
    "404,alb-health-path-404",
    "499,alb-health-path-404",
    "500,app-health-check-fails",
  })
  void tellsCodesApart(String code, String id) {
    codes(code);
    assertThat(ids()).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource({
    "302,point the health check at a path that answers 200-299 without a redirect",
    "404,set the health check's path to one that the service answers with 200-299",
  })
  void saysWhichCodesTheHealthCheckWants(String code, String change) {
    sample.healthyCodes = "200-299";
    codes(code);
    assertThat(first().explanation())
        .isEqualTo(
            "The health check of target group orders asks for /health and gets %s; it wants 200-299."
                .formatted(code));
    assertThat(first().fix().change()).isEqualTo(change);
  }

  private ContainerDefinition.Builder app() {
    return sample
        .definitions
        .get(Sample.TASK_DEFINITION)
        .containerDefinitions()
        .getFirst()
        .toBuilder();
  }

  private void beside(ContainerDefinition.Builder other) {
    definition(d -> d.containerDefinitions(app().build(), other.name("proxy").build()));
  }

  @ParameterizedTest
  @CsvSource({"9,true", "9901,false", "5000,false", "traffic-port,false"})
  void knowsThePortsThatAContainerDeclares(String asked, boolean named) {
    beside(app().portMappings(m -> m.containerPort(9901), m -> m.hostPort(9)));
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.healthCheckPort = asked;
    unhealthy(REFUSED);
    assertThat(ids().contains("alb-health-port-closed")).isEqualTo(named);
  }

  @ParameterizedTest
  @CsvSource({
    "http://0.0.0.0:8080,http://127.0.0.1:5000,app-binds-loopback",
    "http://0.0.0.0:8080,http://0.0.0.0:9000,td-app-port-mismatch",
    "http://0.0.0.0:8080,http://0.0.0.0:5000,",
  })
  void looksFirstForThePortThatItIsAbout(String one, String other, String id) {
    first(DeploymentRolloutState.IN_PROGRESS);
    unhealthy(REFUSED);
    network.logTails.put(
        sample.tasks.getFirst().taskArn(),
        List.of("Listening on: " + one, "Listening on: " + other));
    assertThat(ids()).isEqualTo(id == null ? List.of() : List.of(id));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void readsThePortThatTheServingContainerItselfIsTold(boolean own) {
    ContainerDefinition.Builder told = app().environment(e -> e.name("PORT").value("9000"));
    definition(d ->
        d.containerDefinitions(
            own ? told.build() : app().build(), told.name(own ? "app2" : "proxy").build()));
    first(DeploymentRolloutState.IN_PROGRESS);
    unhealthy(REFUSED);
    assertThat(ids().contains("td-app-port-mismatch")).isEqualTo(own);
  }

  @Test
  void mindsNoTargetOfAnotherRevision() {
    codes("404");
    sample.tasks.replaceAll(
        t -> t.toBuilder().taskDefinitionArn(Sample.OLD_TASK_DEFINITION).build());
    assertThat(ids()).doesNotContain("alb-health-path-404");
  }

  @Test
  void takesATargetForTheTaskAtItsAddress() {
    sample.tasks.addFirst(
        Sample.running("old", "10.0.1.9", "subnet-a").toBuilder()
            .taskDefinitionArn(Sample.OLD_TASK_DEFINITION)
            .build());
    codes("404");
    assertThat(ids()).contains("alb-health-path-404");
  }

  private void told(String task) {
    sample.event(
        "(task %s) (port 5000) is unhealthy in (target-group %s) due to (reason Health checks failed with these codes: [404])."
            .formatted(task, Sample.TARGET_GROUP));
  }

  /** Whose targets are in which state, and of which task an event tells. */
  @ParameterizedTest
  @CsvSource({
    "initial,task1,true",
    "healthy,task1,false",
    "initial,old,false",
    "initial,nobody,false",
  })
  void readsEventsAsLongAsNoWantedTaskIsHealthy(String state, String task, boolean counts) {
    sample.tasks.add(
        Sample.running("old", "10.0.1.9", "subnet-a").toBuilder()
            .taskDefinitionArn(Sample.OLD_TASK_DEFINITION)
            .build());
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.targets.replaceAll(t -> Sample.target(t.target().id(), state, null));
    sample.targets.add(Sample.target("10.0.1.9", "healthy", null));
    told(task);
    assertThat(ids().contains("alb-health-path-404")).isEqualTo(counts);
  }

  private void replaced(int times, String reason) {
    for (int i = 0; i < times; i++) {
      ended("gone" + i, TaskStopCode.SERVICE_SCHEDULER_INITIATED, reason, Duration.ofSeconds(60));
    }
  }

  @Test
  void showsTheTasksThatWereReplacedAndTheEndOfTheLog() {
    codes("503");
    replaced(1, ELB);
    network.logTails.put(
        sample.tasks.get(1).taskArn(), List.of("1", "2", " 3", "4", "5", "6", "7 "));
    assertThat(first().evidence())
        .contains("task gone0 stopped, ServiceSchedulerInitiated: " + ELB)
        .containsSubsequence("log: 3", "log: 4", "log: 5", "log: 6", "log: 7")
        .doesNotContain("log: 2");
  }

  private void checked() {
    definition(d ->
        d.containerDefinitions(
            app().build(),
            app().name("proxy").healthCheck(h -> h.command("CMD", "/bin/healthy")).build()));
  }

  @ParameterizedTest
  @CsvSource({"UNHEALTHY,true", "HEALTHY,false", "UNKNOWN,false"})
  void namesTheContainersCheckThatARunningTaskFails(HealthStatus status, boolean named) {
    checked();
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.tasks.set(0, sample.tasks.getFirst().toBuilder().healthStatus(status).build());
    assertThat(ids()).isEqualTo(named ? List.of("td-healthcheck-binary-missing") : List.of());
    if (named) {
      assertThat(first().explanation())
          .startsWith("The health check \"CMD /bin/healthy\" in container proxy of orders:2 fails");
      assertThat(first().evidence()).containsExactly("task task1 is UNHEALTHY");
      assertThat(first().decisive()).isFalse();
    }
  }

  @Test
  void showsATaskThatStoppedForTheContainersCheckAsStopped() {
    checked();
    first(DeploymentRolloutState.IN_PROGRESS);
    replaced(1, "Task failed container health checks");
    assertThat(first().evidence())
        .containsExactly(
            "task gone0 stopped, ServiceSchedulerInitiated: Task failed container health checks");
  }

  /** Replaced for the load balancer's check, and all are healthy by now. */
  @Test
  void doesNotBlameTheContainersCheckForTheLoadBalancers() {
    checked();
    first(DeploymentRolloutState.IN_PROGRESS);
    replaced(3, ELB);
    assertThat(ids()).doesNotContain("td-healthcheck-binary-missing");
  }
}
