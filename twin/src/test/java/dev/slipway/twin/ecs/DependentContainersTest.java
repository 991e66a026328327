package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

class DependentContainersTest {

  private final AppService app = AppService.fresh();

  private static ContainerDefinition container(
      String name, String tag, Consumer<ContainerDefinition.Builder> change) {
    ContainerDefinition.Builder builder =
        ContainerDefinition.builder().name(name).image(EcsWorld.REGISTRY + "/app:" + tag);
    change.accept(builder);
    return builder.build();
  }

  private static ContainerDependency on(String name, ContainerCondition condition) {
    return ContainerDependency.builder().containerName(name).condition(condition).build();
  }

  private String run(ContainerDefinition... containers) {
    String definition =
        app.ecs
            .call(
                AppService.definition("1", c -> {}).containerDefinitions(containers).build(),
                RegisterTaskDefinitionResponse.class)
            .taskDefinition()
            .taskDefinitionArn();
    return app.ecs
        .call(
            RunTaskRequest.builder()
                .cluster("prod")
                .taskDefinition(definition)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-a")))
                .build(),
            RunTaskResponse.class)
        .tasks()
        .getFirst()
        .taskArn();
  }

  private Task task(String arn) {
    return app.ecs
        .call(
            DescribeTasksRequest.builder().cluster("prod").tasks(arn).build(),
            DescribeTasksResponse.class)
        .tasks()
        .getFirst();
  }

  private Container container(String arn, String name) {
    return task(arn).containers().stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The order in which containers came to have a status. */
  private List<String> order(String arn, String status, Duration time) {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < time.toMillis() / 100; i++) {
      task(arn).containers().stream()
          .filter(c -> c.lastStatus().equals(status) && !order.contains(c.name()))
          .forEach(c -> order.add(c.name()));
      app.pass(Duration.ofMillis(100));
    }
    return order;
  }

  @Test
  void aContainerWaitsUntilAnotherHasExitedWithZero() {
    app.ecs.image("app:migrate", Map.of("sim.exitAfter", "20", "sim.exitCode", "0"));
    String arn =
        run(
            container("app", "1", c -> c.dependsOn(on("migrate", ContainerCondition.SUCCESS))),
            container("migrate", "migrate", c -> c.essential(false)));

    assertThat(order(arn, "RUNNING", Duration.ofMinutes(2))).containsExactly("migrate", "app");
    assertThat(task(arn).lastStatus()).isEqualTo("RUNNING");
    assertThat(container(arn, "migrate").exitCode()).isZero();
  }

  @Test
  void theTaskFailsToStartWhenThatContainerFails() {
    app.ecs.image("app:migrate", Map.of("sim.exitAfter", "5", "sim.exitCode", "3"));
    String arn =
        run(
            container("app", "1", c -> c.dependsOn(on("migrate", ContainerCondition.SUCCESS))),
            container("migrate", "migrate", c -> c.essential(false)));

    app.pass(Duration.ofMinutes(3));

    assertThat(task(arn).lastStatus()).isEqualTo("STOPPED");
    assertThat(task(arn).stopCodeAsString()).isEqualTo("TaskFailedToStart");
    assertThat(task(arn).stoppedReason())
        .isEqualTo(
            "CannotStartContainerError: dependency graph: failed to resolve the container ordering"
                + " dependency [migrate] for target [app]");
    assertThat(task(arn).startedAt()).isNull();
  }

  @Test
  void aContainerThatOnlyHasToEndMayFail() {
    app.ecs.image("app:warm", Map.of("sim.exitAfter", "5", "sim.exitCode", "3"));
    String arn =
        run(
            container("app", "1", c -> c.dependsOn(on("warm", ContainerCondition.COMPLETE))),
            container("warm", "warm", c -> c.essential(false)));

    app.pass(Duration.ofMinutes(3));

    assertThat(task(arn).lastStatus()).isEqualTo("RUNNING");
  }

  @Test
  void aContainerWaitsUntilAnotherIsHealthy() {
    String arn =
        run(
            container("app", "1", c -> c.dependsOn(on("proxy", ContainerCondition.HEALTHY))),
            container(
                "proxy",
                "1",
                c -> c.healthCheck(h -> h.command("CMD", "true").interval(30).retries(3))));

    assertThat(order(arn, "RUNNING", Duration.ofMinutes(3))).containsExactly("proxy", "app");
  }

  @Test
  void givesUpWhenTheOtherIsNotHealthyWithinItsStartTimeout() {
    app.ecs.image("app:sick", Map.of("sim.check", "1"));
    String arn =
        run(
            container("app", "1", c -> c.dependsOn(on("proxy", ContainerCondition.HEALTHY))),
            container(
                "proxy",
                "sick",
                c ->
                    c.startTimeout(60)
                        .essential(false)
                        .healthCheck(h -> h.command("CMD", "true").interval(10).retries(3))));

    app.pass(Duration.ofMinutes(4));

    assertThat(task(arn).lastStatus()).isEqualTo("STOPPED");
    assertThat(task(arn).stopCodeAsString()).isEqualTo("TaskFailedToStart");
  }

  @Test
  void stopsTheOtherWayRound() {
    String arn =
        run(
            container("app", "1", c -> c.dependsOn(on("proxy", ContainerCondition.START))),
            container("proxy", "1", c -> {}));
    assertThat(order(arn, "RUNNING", Duration.ofMinutes(2))).containsExactly("proxy", "app");

    app.ecs.world.operations().invoke(StopTaskRequest.builder().cluster("prod").task(arn).build());

    assertThat(order(arn, "STOPPED", Duration.ofMinutes(2))).containsExactly("app", "proxy");
    assertThat(task(arn).lastStatus()).isEqualTo("STOPPED");
  }

  @Test
  void aTaskThatIsStoppedWhileAContainerWaitsEnds() {
    app.ecs.image("app:slow", Map.of("sim.exitAfter", "120", "sim.exitCode", "0"));
    String arn =
        run(
            container("app", "1", c -> c.dependsOn(on("slow", ContainerCondition.COMPLETE))),
            container("slow", "slow", c -> c.essential(false)));
    app.pass(Duration.ofSeconds(60));
    assertThat(container(arn, "slow").lastStatus()).isEqualTo("RUNNING");

    app.ecs.world.operations().invoke(StopTaskRequest.builder().cluster("prod").task(arn).build());
    app.pass(Duration.ofMinutes(1));

    assertThat(task(arn).lastStatus()).isEqualTo("STOPPED");
    assertThat(app.ecs.runtime.running()).isEmpty();
  }

  @Test
  void refusesWhatCanNeverCome() {
    refused(
        "depends on itself",
        container("a", "1", c -> c.dependsOn(on("b", ContainerCondition.START))),
        container("b", "1", c -> c.dependsOn(on("a", ContainerCondition.START))));
    refused(
        "does not exist", container("a", "1", c -> c.dependsOn(on("x", ContainerCondition.START))));
    refused(
        "is essential",
        container("a", "1", c -> c.dependsOn(on("b", ContainerCondition.SUCCESS))),
        container("b", "1", c -> {}));
    refused(
        "has no health check",
        container("a", "1", c -> c.dependsOn(on("b", ContainerCondition.HEALTHY))),
        container("b", "1", c -> {}));
  }

  private void refused(String words, ContainerDefinition... containers) {
    assertThatThrownBy(() -> run(containers))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("ClientException"))
        .hasMessageContaining(words);
  }
}
