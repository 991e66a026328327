package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.runtime.TaskRuntime;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

class TaskOverridesTest {

  private static final KeyValuePair GREETING = variable("GREETING", "hello");

  private final AppService app = AppService.fresh();

  private static KeyValuePair variable(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }

  private Task run(Consumer<TaskOverride.Builder> overrides) {
    String definition =
        app.register(
            "1", c -> c.command("serve").environment(GREETING, variable("COLOUR", "green")));
    RunTaskRequest request =
        RunTaskRequest.builder()
            .cluster("prod")
            .taskDefinition(definition)
            .launchType(LaunchType.FARGATE)
            .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-a")))
            .overrides(overrides)
            .build();
    Task task = app.ecs.call(request, RunTaskResponse.class).tasks().getFirst();
    app.pass(Duration.ofMinutes(2));
    return new EcsState(app.ecs.world).tasks().find(task.taskArn()).orElseThrow().task();
  }

  private TaskRuntime.Container ran(Task task) {
    return app.ecs.runtime.container(task.taskArn(), "app");
  }

  @Test
  void theContainerRunsTheCommandAndTheEnvironmentOfTheOverride() {
    Task task =
        run(o ->
            o.containerOverrides(c ->
                c.name("app")
                    .command("migrate", "--all")
                    .environment(variable("COLOUR", "blue"))
                    .memory(256)));

    assertThat(task.lastStatus()).isEqualTo("RUNNING");
    assertThat(ran(task).command()).containsExactly("migrate", "--all");
    assertThat(ran(task).environment()).containsEntry("GREETING", "hello");
    assertThat(ran(task).environment()).containsEntry("COLOUR", "blue");
    assertThat(ran(task).memoryMiB()).isEqualTo(256);
  }

  @Test
  void whatIsNotOverriddenStays() {
    Task task = run(o -> o.containerOverrides(c -> c.name("app")));

    assertThat(ran(task).command()).containsExactly("serve");
    assertThat(ran(task).environment()).containsEntry("COLOUR", "green");
    assertThat(ran(task).memoryMiB()).isEqualTo(512);
  }

  @Test
  void theTaskHasTheSizeOfTheOverrideAndShowsIt() {
    Task task = run(o -> o.cpu("0.5 vCPU").memory("1 GB"));

    assertThat(task.cpu()).isEqualTo("512");
    assertThat(task.memory()).isEqualTo("1024");
    assertThat(task.overrides().cpu()).isEqualTo("512");
    assertThat(ran(task).memoryMiB()).isEqualTo(1024);
  }

  @Test
  void theExecutionRoleOfTheOverrideIsTheOneThatMustBeAssumed() {
    String other = "arn:aws:iam::123456789012:role/other";
    app.ecs.unassumable.add(other);

    assertThatThrownBy(() -> run(o -> o.executionRoleArn(other)))
        .hasMessageStartingWith("ECS was unable to assume the role '" + other + "'");
    app.ecs.unassumable.clear();
    app.ecs.unassumable.add(EcsWorld.ROLE);
    assertThat(run(o -> o.executionRoleArn(other)).lastStatus()).isEqualTo("RUNNING");
  }

  @Test
  void whatTheTaskDefinitionLacksOrFargateDoesNotOfferIsRefused() {
    assertThatThrownBy(() -> run(o -> o.containerOverrides(c -> c.name("web"))))
        .hasMessage("Override for container named web is not a container in the TaskDefinition.");
    assertThatThrownBy(() -> run(o -> o.memory("8192")))
        .hasMessage("No Fargate configuration exists for given values.");
  }
}
