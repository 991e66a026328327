package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentRollbackMonitorsStatus;
import software.amazon.awssdk.services.ecs.model.ThresholdType;

/** A breaker with a threshold of one's own. */
class BreakerSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "COUNT, 1, 100, 1",
    "COUNT, 500, 4, 500",
    "BOUNDED_PERCENT, 10, 4, 3",
    "BOUNDED_PERCENT, 10, 31, 4",
    "BOUNDED_PERCENT, 100, 400, 200",
    "UNBOUNDED_PERCENT, 50, 800, 400",
    "UNBOUNDED_PERCENT, 25, 4, 1",
    "UNBOUNDED_PERCENT, 50, 0, 1"
  })
  void theTypeSaysHowTheValueBecomesTheThreshold(
      ThresholdType type, int value, int desired, int threshold) {
    CircuitBreaker breaker =
        CircuitBreaker.of(
            DeploymentCircuitBreaker.builder()
                .enable(true)
                .thresholdConfiguration(t -> t.type(type).value(value))
                .build());

    assertThat(breaker.threshold(desired)).isEqualTo(threshold);
  }

  @Test
  void givesUpAfterTheFirstFailureWhereOneIsTheThreshold() {
    AppService app = AppService.steady(1);
    String failed =
        app.update(u ->
                u.taskDefinition(app.register("absent"))
                    .deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(counting(1).rollback(true).build())))
            .currentServiceDeployment();
    app.pass(Duration.ofMinutes(5));

    assertThat(app.story()).contains("rolling back to deployment DEP.");
    assertThat(app.tasks())
        .filteredOn(t -> "TaskFailedToStart".equals(t.stopCodeAsString()))
        .hasSize(1);
    assertThat(record(app, failed))
        .returns(1, ServiceDeploymentCircuitBreaker::threshold)
        .returns(
            ServiceDeploymentRollbackMonitorsStatus.TRIGGERED,
            ServiceDeploymentCircuitBreaker::status);
    assertThat(
            app.service()
                .deploymentConfiguration()
                .deploymentCircuitBreaker()
                .thresholdConfiguration()
                .type())
        .isEqualTo(ThresholdType.COUNT);
  }

  @ParameterizedTest
  @CsvSource({"true, 1, IN_PROGRESS", "false, 3, FAILED"})
  void aHealthyTaskEndsTheCountUnlessThatIsOff(
      boolean resets, int counted, DeploymentRolloutState state) {
    AppService app = AppService.fresh();
    app.ecs.elb.failNewTargets(true);
    app.create(
        app.request(app.register("1"), 2)
            .deploymentConfiguration(
                d -> d.deploymentCircuitBreaker(counting(3).resetOnHealthyTask(resets).build())));
    passUntil(app, () -> app.primary().failedTasks() == 2);
    // Of the next two tasks one is sound.
    app.ecs.elb.failNewTargets(false);
    Set<String> failed = Set.copyOf(app.ecs.elb.targets(app.targetGroup));
    passUntil(app, () -> !failed.containsAll(app.ecs.elb.targets(app.targetGroup)));
    app.ecs.elb.targets(app.targetGroup).stream()
        .filter(ip -> !failed.contains(ip))
        .findFirst()
        .ifPresent(app.ecs.elb::fail);
    passUntil(app, () -> app.primary().failedTasks() == counted);

    assertThat(app.primary())
        .returns(counted, Deployment::failedTasks)
        .returns(state, Deployment::rolloutState);
  }

  @ParameterizedTest
  @CsvSource({
    "COUNT, 0, The thresholdConfiguration value 0 is not valid for the type COUNT.",
    "BOUNDED_PERCENT, 101, The thresholdConfiguration value 101 is not valid for the type"
        + " BOUNDED_PERCENT.",
    "UNBOUNDED_PERCENT, 0, The thresholdConfiguration value 0 is not valid for the type"
        + " UNBOUNDED_PERCENT.",
    "SOMETIMES, 1, The thresholdConfiguration type SOMETIMES is not valid.",
    "COUNT,, Both type and value are required in the thresholdConfiguration of the deployment"
        + " circuit breaker."
  })
  void refusesWhatGivesNoThreshold(String type, Integer value, String text) {
    AppService app = AppService.fresh();

    assertThatThrownBy(() ->
            app.create(
                app.request(app.register("1"), 1)
                    .deploymentConfiguration(d ->
                        d.deploymentCircuitBreaker(b ->
                            b.enable(true)
                                .rollback(true)
                                .thresholdConfiguration(t -> t.type(type).value(value))))))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("InvalidParameterException"))
        .hasMessage(text);
  }

  private static void passUntil(AppService app, BooleanSupplier reached) {
    for (int i = 0; i < 100 && !reached.getAsBoolean(); i++) {
      app.pass(Duration.ofSeconds(5));
    }
  }

  private static DeploymentCircuitBreaker.Builder counting(int failures) {
    return DeploymentCircuitBreaker.builder()
        .enable(true)
        .rollback(false)
        .thresholdConfiguration(t -> t.type(ThresholdType.COUNT).value(failures));
  }

  private static ServiceDeploymentCircuitBreaker record(AppService app, String arn) {
    return app.ecs
        .call(
            DescribeServiceDeploymentsRequest.builder().serviceDeploymentArns(arn).build(),
            DescribeServiceDeploymentsResponse.class)
        .serviceDeployments()
        .getFirst()
        .deploymentCircuitBreaker();
  }
}
