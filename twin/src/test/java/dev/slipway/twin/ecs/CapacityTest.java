package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.FargateCapacity;
import dev.slipway.twin.world.FargateQuota;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

class CapacityTest {

  private final AppService app = AppService.fresh();

  @Test
  void aZoneWithoutRoomGetsNoNewTasks() {
    FargateCapacity.take(app.ecs.world, "eu-west-1a");
    app.create(app.request(app.register("1"), 2));
    app.pass(Duration.ofMinutes(5));

    assertThat(app.tasks()).extracting(Task::availabilityZone).containsOnly("eu-west-1b");
    assertThat(app.service().runningCount()).isEqualTo(2);
  }

  @Test
  void runTaskIsRefusedWhereNoZoneHasRoom() {
    String definition = app.register("1");
    FargateCapacity.take(app.ecs.world, FargateCapacity.EVERYWHERE);
    assertThatThrownBy(() -> run(definition))
        .hasMessage(
            "Capacity is unavailable at this time. Please try again later or in a different"
                + " availability zone.");
    FargateCapacity.giveBack(app.ecs.world);
    run(definition);
    assertThat(app.tasks()).hasSize(1);
  }

  /** A task of the tests has a quarter of a vCPU. */
  @Test
  void aServiceGetsAsManyTasksAsTheQuotaHasRoomFor() {
    FargateQuota.set(app.ecs.world, 0.5);
    app.create(app.request(app.register("1"), 3));
    app.pass(Duration.ofMinutes(5));
    assertThat(app.service().runningCount()).isEqualTo(2);
    assertThat(app.service().events())
        .extracting(ServiceEvent::message)
        .anyMatch(m ->
            m.endsWith(
                " was unable to place a task. Reason: You've reached the limit on the number of vCPUs"
                    + " you can run concurrently"));

    FargateQuota.lift(app.ecs.world);
    app.pass(Duration.ofMinutes(2));
    assertThat(app.service().runningCount()).isEqualTo(3);
  }

  @Test
  void runTaskIsRefusedBeyondTheQuota() {
    String definition = app.register("1");
    FargateQuota.set(app.ecs.world, 0.25);
    run(definition);
    assertThatThrownBy(() -> run(definition))
        .hasMessage("You've reached the limit on the number of vCPUs you can run concurrently");
    assertThat(app.tasks()).hasSize(1);
  }

  @Test
  void stoppedTasksMakeRoom() {
    String definition = app.register("1");
    FargateQuota.set(app.ecs.world, 0.25);
    run(definition);
    String task = app.tasks().getFirst().taskArn();
    app.ecs.world.operations().invoke(StopTaskRequest.builder().cluster("prod").task(task).build());
    app.pass(Duration.ofMinutes(3));
    assertThatCode(() -> run(definition)).doesNotThrowAnyException();
  }

  private void run(String definition) {
    app.ecs
        .world
        .operations()
        .invoke(
            RunTaskRequest.builder()
                .cluster("prod")
                .taskDefinition(definition)
                .launchType(LaunchType.FARGATE)
                .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-a")))
                .build());
  }
}
