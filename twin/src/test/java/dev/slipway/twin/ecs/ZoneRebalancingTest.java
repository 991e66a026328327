package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.world.FargateCapacity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;

class ZoneRebalancingTest {

  private final AppService app = AppService.fresh();

  private void skewed(AvailabilityZoneRebalancing setting, int maximumPercent) {
    FargateCapacity.take(app.ecs.world, "eu-west-1a");
    app.create(
        app.request(app.register("1"), 3)
            .availabilityZoneRebalancing(setting)
            .deploymentConfiguration(
                d -> d.minimumHealthyPercent(50).maximumPercent(maximumPercent)));
    app.pass(Duration.ofMinutes(5));
  }

  private List<String> zones() {
    return app.tasks().stream()
        .filter(t -> t.desiredStatus().equals("RUNNING"))
        .map(Task::availabilityZone)
        .sorted()
        .toList();
  }

  @Test
  void aSkewedServiceIsEvenedOutWhenItsZoneHasRoomAgain() {
    skewed(AvailabilityZoneRebalancing.ENABLED, 200);
    assertThat(zones()).containsOnly("eu-west-1b");
    assertThat(app.story())
        .endsWith(
            "has reached a steady state.",
            "is not AZ balanced with 0 tasks in eu-west-1a, 3 tasks in eu-west-1b. AZ Rebalancing"
                + " in progress.",
            "is unable to place a task in eu-west-1a.",
            "stopped AZ Rebalancing.");

    FargateCapacity.giveBack(app.ecs.world);
    int before = app.story().size();
    for (int i = 0; i < 300; i++) {
      app.pass(Duration.ofSeconds(1));
      assertThat(app.service().runningCount()).isBetween(3, 4);
    }
    assertThat(app.story().subList(before, app.story().size()))
        .containsExactly(
            "has started 1 tasks in eu-west-1a to AZ Rebalance: (task ID).",
            "registered 1 targets in (target-group TG)",
            "has stopped 1 running tasks in eu-west-1b due to AZ rebalancing: (task ID).",
            "deregistered 1 targets in (target-group TG)",
            "has begun draining connections on 1 tasks.",
            "has reached a steady state.",
            "is AZ balanced with 1 tasks in eu-west-1a, 2 tasks in eu-west-1b.");
    assertThat(zones()).containsExactly("eu-west-1a", "eu-west-1b", "eu-west-1b");
  }

  @Test
  void withoutTheSettingOrWithoutRoomAboveTheDesiredCountNothingMoves() {
    skewed(AvailabilityZoneRebalancing.DISABLED, 200);
    FargateCapacity.giveBack(app.ecs.world);
    app.pass(Duration.ofMinutes(10));
    assertThat(zones()).containsOnly("eu-west-1b");

    app.update(u ->
        u.availabilityZoneRebalancing(AvailabilityZoneRebalancing.ENABLED)
            .deploymentConfiguration(d -> d.maximumPercent(100)));
    app.pass(Duration.ofMinutes(10));
    assertThat(zones()).containsOnly("eu-west-1b");
  }

  @Test
  void protectedTasksHoldUpScaleInAndTheEventSaysSo() {
    AppService steady = AppService.steady(3);
    steady
        .ecs
        .world
        .operations()
        .invoke(
            UpdateTaskProtectionRequest.builder()
                .cluster("prod")
                .tasks(steady.tasks().stream().map(Task::taskArn).toList())
                .protectionEnabled(true)
                .expiresInMinutes(60)
                .build());
    steady.update(u -> u.desiredCount(1));
    steady.pass(Duration.ofMinutes(5));

    assertThat(steady.service().runningCount()).isEqualTo(3);
    assertThat(steady.story())
        .containsOnlyOnce(
            "was unable to reach steady state because (taskSet DEP) was unable to scale in due to"
                + " (reason 2 tasks under protection)");
    steady.pass(Duration.ofHours(1));
    assertThat(steady.service().runningCount()).isEqualTo(1);
  }
}
