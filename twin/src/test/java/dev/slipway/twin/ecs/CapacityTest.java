package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.FargateCapacity;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
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
