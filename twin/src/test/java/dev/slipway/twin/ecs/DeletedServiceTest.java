package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;

class DeletedServiceTest {

  private final AppService app = AppService.steady(2);

  private Service delete(boolean force) {
    return app.ecs
        .call(
            DeleteServiceRequest.builder().cluster("prod").service("web").force(force).build(),
            DeleteServiceResponse.class)
        .service();
  }

  private DescribeServicesResponse describe() {
    return app.ecs.call(
        DescribeServicesRequest.builder().cluster("prod").services("web").build(),
        DescribeServicesResponse.class);
  }

  @Test
  void needsNoForceOnceItIsScaledToNothing() {
    app.update(u -> u.desiredCount(0));

    Service deleted = delete(false);

    assertThat(deleted.status()).isEqualTo("DRAINING");
    assertThat(deleted.desiredCount()).isZero();
  }

  @Test
  void isDescribedButNotListedWhileItDrains() {
    delete(true);

    assertThat(app.service().status()).isEqualTo("DRAINING");
    assertThat(app.service().runningCount()).isEqualTo(2);
    assertThat(
            app.ecs
                .call(
                    ListServicesRequest.builder().cluster("prod").build(),
                    ListServicesResponse.class)
                .serviceArns())
        .isEmpty();
  }

  @Test
  void itsTargetsAreDrainedBeforeItsTasksStop() {
    delete(true);
    app.pass(Duration.ofMinutes(3));

    assertThat(app.story())
        .containsSubsequence(
            "has stopped 2 running tasks: (task ID) (task ID).",
            "deregistered 2 targets in (target-group TG)",
            "has begun draining connections on 2 tasks.");
    assertThat(app.ecs.elb.targets(app.targetGroup)).isEmpty();
    assertThat(app.tasks()).allMatch(t -> "STOPPED".equals(t.lastStatus()));
  }

  @Test
  void isForgottenAWhileAfterItBecameInactive() {
    delete(true);
    app.pass(Duration.ofMinutes(3));
    assertThat(app.service().status()).isEqualTo("INACTIVE");
    assertThatThrownBy(() -> delete(true)).hasMessage("Service not found.");

    app.pass(Duration.ofMinutes(61));
    assertThat(describe().services()).isEmpty();
    assertThat(describe().failures()).extracting(Failure::reason).containsExactly("MISSING");
  }
}
