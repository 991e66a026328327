package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionCleanup;

/** Deployments that count as completed before all of their tasks are there. */
class EarlySuccessTest {

  @Test
  void completesWithEarlierTasksStillThereWhereTheirRemovalIsDeferred() {
    AppService app = steadyOfFour();
    app.update(u ->
        u.taskDefinition(app.register("2"))
            .deploymentConfiguration(criteria(50, 100, ServiceRevisionCleanup.DEFERRED)));
    passUntil(app, () -> completed(app));

    assertThat(app.primary().rolloutState()).isEqualTo(DeploymentRolloutState.COMPLETED);
    assertThat(app.tasks())
        .filteredOn(t -> !"STOPPED".equals(t.lastStatus()))
        .hasSizeGreaterThan(4);

    app.pass(Duration.ofMinutes(10));
    assertThat(app.service().deployments()).singleElement().returns(4, Deployment::runningCount);
    assertThat(app.story())
        .containsSubsequence(
            "(deployment DEP) deployment completed.", "has reached a steady state.");
  }

  @Test
  void waitsForTheEndOfEarlierTasksWhereTheirRemovalBlocks() {
    AppService app = steadyOfFour();
    app.update(u ->
        u.taskDefinition(app.register("2"))
            .deploymentConfiguration(criteria(50, 100, ServiceRevisionCleanup.BLOCKING)));
    passUntil(app, () -> completed(app));

    assertThat(app.tasks()).filteredOn(t -> !"STOPPED".equals(t.lastStatus())).hasSize(4);
  }

  @Test
  void completesWithTheShareOfTasksThatIsAskedForAndGoesOn() {
    AppService app = AppService.steady(4);
    app.ecs.image("app:2", Map.of());
    // One target of the four stays unhealthy: the deployment completes with the other three.
    app.update(u ->
        u.taskDefinition(app.register("2"))
            .deploymentConfiguration(criteria(50, 75, ServiceRevisionCleanup.DEFERRED)));
    passUntil(
        app,
        () -> {
          app.ecs.elb.targets(app.targetGroup).stream().skip(7).forEach(app.ecs.elb::fail);
          return completed(app);
        });

    assertThat(app.story())
        .endsWith("(deployment DEP) deployment completed.")
        .doesNotContain("(deployment DEP) deployment failed: tasks failed to start.");
    app.pass(Duration.ofMinutes(10));
    assertThat(app.service().runningCount()).isEqualTo(4);
    assertThat(app.story()).last().isEqualTo("has reached a steady state.");
  }

  @ParameterizedTest
  @CsvSource({
    "true,, BLOCKING, healthyPercent and sourceServiceRevisionCleanup are required when"
        + " earlySuccessCriteria are enabled.",
    "true, 50,, healthyPercent and sourceServiceRevisionCleanup are required when"
        + " earlySuccessCriteria are enabled.",
    "true, 49, BLOCKING, The healthyPercent of earlySuccessCriteria must be between"
        + " minimumHealthyPercent and 100.",
    "true, 101, BLOCKING, The healthyPercent of earlySuccessCriteria must be between"
        + " minimumHealthyPercent and 100.",
    "true, 60, NEVER, The sourceServiceRevisionCleanup NEVER is not valid.",
    ", 60, BLOCKING, enable is required in earlySuccessCriteria."
  })
  void refusesCriteriaThatCannotBeMet(
      Boolean enable, Integer percent, String cleanup, String text) {
    AppService app = AppService.fresh();

    assertThatThrownBy(() ->
            app.create(
                app.request(app.register("1"), 1)
                    .deploymentConfiguration(d ->
                        d.minimumHealthyPercent(50)
                            .earlySuccessCriteria(c ->
                                c.enable(enable)
                                    .healthyPercent(percent)
                                    .sourceServiceRevisionCleanup(cleanup)))))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("InvalidParameterException"))
        .hasMessage(text);
  }

  private static AppService steadyOfFour() {
    AppService app = AppService.fresh();
    app.ecs.image("app:2", Map.of());
    app.create(app.request(app.register("1"), 4));
    app.pass(Duration.ofMinutes(5));
    return app;
  }

  private static DeploymentConfiguration criteria(
      int minimum, int percent, ServiceRevisionCleanup cleanup) {
    return DeploymentConfiguration.builder()
        .minimumHealthyPercent(minimum)
        .maximumPercent(200)
        .earlySuccessCriteria(
            c -> c.enable(true).healthyPercent(percent).sourceServiceRevisionCleanup(cleanup))
        .build();
  }

  private static boolean completed(AppService app) {
    return app.primary().rolloutState() == DeploymentRolloutState.COMPLETED;
  }

  private static void passUntil(AppService app, BooleanSupplier reached) {
    for (int i = 0; i < 300 && !reached.getAsBoolean(); i++) {
      app.pass(Duration.ofSeconds(1));
    }
  }
}
