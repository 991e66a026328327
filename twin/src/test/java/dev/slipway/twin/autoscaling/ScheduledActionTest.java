package dev.slipway.twin.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.PutScheduledActionRequest;

class ScheduledActionTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T06:30:00Z"));
  private final World world = new World("123456789012", "eu-west-1", clock, new Ids(new Random(1)));
  private final CountedService ecs = new CountedService(1);

  @BeforeEach
  void register() {
    world.operations().register(ecs);
    new ApplicationAutoScaling(world).register();
    world.operations().invoke(CountedService.target(1, 4).build());
  }

  @Test
  void bringsTheServiceWithinTheBoundsEveryDay() {
    put("morning", "cron(0 7 * * ? *)", 3, 6);
    put("evening", "cron(0 19 * * ? *)", 1, 2);

    clock.advance(Duration.ofMinutes(29));
    assertThat(ecs.desired).isEqualTo(1);
    clock.advance(Duration.ofMinutes(2));
    assertThat(ecs.desired).isEqualTo(3);
    clock.advance(Duration.ofHours(12));
    assertThat(ecs.desired).isEqualTo(2);
    clock.advance(Duration.ofHours(12));
    assertThat(ecs.desired).as("the next day").isEqualTo(3);

    assertThat(
            world
                .operations()
                .call(
                    DescribeScalingActivitiesRequest.builder().serviceNamespace("ecs").build(),
                    DescribeScalingActivitiesResponse.class)
                .scalingActivities()
                .getFirst()
                .cause())
        .isEqualTo("minimum capacity was set to 3");
  }

  @Test
  void doesOnceWhatIsToBeDoneOnce() {
    put("once", "at(2026-01-01T08:00:00)", 2, 4);

    clock.advance(Duration.ofHours(2));
    assertThat(ecs.desired).isEqualTo(2);
    ecs.desired = 1;
    clock.advance(Duration.ofDays(3));
    assertThat(ecs.desired).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "cron(0 7 * * ? *), 2026-01-01T07:00:00Z",
    "cron(*/20 * * * ? *), 2026-01-01T06:40:00Z",
    "cron(15 10 ? * MON-FRI *), 2026-01-01T10:15:00Z",
    "cron(0 0 ? * SUN *), 2026-01-04T00:00:00Z",
    "cron(0 8 1 3 ? *), 2026-03-01T08:00:00Z",
    "rate(2 hours), 2026-01-01T08:30:00Z",
    "at(2026-02-01T00:00:00), 2026-02-01T00:00:00Z"
  })
  void knowsWhenASchedulesNextTimeIs(String expression, Instant next) {
    assertThat(Schedule.parse(expression, ZoneId.of("UTC"), clock.instant()).after(clock.instant()))
        .contains(next);
  }

  @Test
  void refusesWhatIsNoSchedule() {
    for (String expression :
        new String[] {"cron(0 7 * *)", "rate(0 hours)", "at(tomorrow)", "cron(99 * * * ? *)"}) {
      assertThatThrownBy(() -> put("x", expression, 1, 2))
          .as(expression)
          .isInstanceOfSatisfying(
              AwsError.class, e -> assertThat(e.code()).isEqualTo("ValidationException"));
    }
  }

  private void put(String name, String schedule, int least, int most) {
    world
        .operations()
        .invoke(
            PutScheduledActionRequest.builder()
                .serviceNamespace("ecs")
                .resourceId("service/c/s")
                .scalableDimension("ecs:service:DesiredCount")
                .scheduledActionName(name)
                .schedule(schedule)
                .scalableTargetAction(a -> a.minCapacity(least).maxCapacity(most))
                .build());
  }
}
