package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

class TaskLifecycleTest {

  private final AppService app = AppService.fresh();

  private Task run(String definition) {
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
        .getFirst();
  }

  private Task task(String arn) {
    return describe(arn).tasks().getFirst();
  }

  private DescribeTasksResponse describe(String arn) {
    return app.ecs.call(
        DescribeTasksRequest.builder().cluster("prod").tasks(arn).build(),
        DescribeTasksResponse.class);
  }

  @Test
  void aTaskPassesItsStatesInOrderAndIsForgottenAfterAnHour() {
    String arn = run(app.register("1")).taskArn();
    Set<String> states = new LinkedHashSet<>();
    List<String> addressWhileProvisioning = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      Task task = task(arn);
      states.add(task.lastStatus());
      if (task.lastStatus().equals("PROVISIONING")) {
        task.attachments().getFirst().details().stream()
            .filter(d -> d.name().equals("privateIPv4Address"))
            .map(KeyValuePair::value)
            .forEach(addressWhileProvisioning::add);
      }
      if (i == 500) {
        StopTaskResponse stopping =
            app.ecs.call(
                StopTaskRequest.builder().cluster("prod").task(arn).build(),
                StopTaskResponse.class);
        assertThat(stopping.task().desiredStatus()).isEqualTo("STOPPED");
      }
      app.pass(Duration.ofMillis(100));
    }

    assertThat(states)
        .containsExactly(
            "PROVISIONING", "PENDING", "RUNNING", "STOPPING", "DEPROVISIONING", "STOPPED");
    assertThat(addressWhileProvisioning).contains("10.0.0.10");
    Task stopped = task(arn);
    assertThat(stopped.stoppedReason()).isEqualTo("Task stopped by user");
    assertThat(
            List.of(
                stopped.createdAt(),
                stopped.connectivityAt(),
                stopped.pullStoppedAt(),
                stopped.startedAt(),
                stopped.stoppingAt(),
                stopped.executionStoppedAt(),
                stopped.stoppedAt()))
        .isSorted();
    assertThat(app.ecs.interfaces).isEmpty();
    assertThat(app.ecs.runtime.running()).isEmpty();

    app.pass(Duration.ofMinutes(59));
    assertThat(describe(arn).tasks()).hasSize(1);
    app.pass(Duration.ofMinutes(2));
    assertThat(describe(arn).failures()).extracting(Failure::reason).containsExactly("MISSING");
  }

  @Test
  void aClientTokenStartsItsTasksOnce() {
    RunTaskRequest request =
        RunTaskRequest.builder()
            .cluster("prod")
            .taskDefinition(app.register("1"))
            .launchType(LaunchType.FARGATE)
            .clientToken("once")
            .count(2)
            .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-a")))
            .build();

    List<Task> first = app.ecs.call(request, RunTaskResponse.class).tasks();
    List<Task> again = app.ecs.call(request, RunTaskResponse.class).tasks();

    assertThat(again)
        .extracting(Task::taskArn)
        .hasSize(2)
        .containsExactlyElementsOf(first.stream().map(Task::taskArn).toList());
    assertThat(app.tasks()).hasSize(2);
  }

  @Test
  void listsByWhatIsDesiredNotByWhatIs() {
    String arn = run(app.register("1")).taskArn();

    assertThat(list("RUNNING")).containsExactly(arn);
    assertThat(list("PENDING")).isEmpty();
    app.ecs.call(
        StopTaskRequest.builder().cluster("prod").task(arn).build(), StopTaskResponse.class);
    assertThat(list("RUNNING")).isEmpty();
    assertThat(list("STOPPED")).containsExactly(arn);
  }

  private List<String> list(String desired) {
    return app.ecs
        .call(
            ListTasksRequest.builder().cluster("prod").desiredStatus(desired).build(),
            ListTasksResponse.class)
        .taskArns();
  }

  @Test
  void runTaskRefusesARoleThatCannotBeAssumed() {
    String definition = app.register("1");
    app.ecs.unassumable.add(EcsWorld.ROLE);

    assertThatThrownBy(() -> run(definition))
        .isInstanceOf(AwsError.class)
        .hasMessageStartingWith("ECS was unable to assume the role '" + EcsWorld.ROLE + "'");
  }

  @Test
  void theMetadataOfATaskNameItsImageAndZone() {
    app.ecs.image("app:1", Map.of());
    String arn = run(app.register("1")).taskArn();
    app.pass(Duration.ofMinutes(1));

    String digest = task(arn).containers().getFirst().imageDigest();
    assertThat(app.ecs.runtime.metadata(arn, "app", "").orElseThrow())
        .contains("\"ImageID\":\"" + digest + "\"", "\"Image\":\"127.0.0.1:4567/app:1\"");
    assertThat(app.ecs.runtime.metadata(arn, "app", "/task").orElseThrow())
        .contains("\"TaskARN\":\"" + arn + "\"", "\"AvailabilityZone\":\"eu-west-1a\"")
        .contains("\"Family\":\"web\"", "\"Revision\":\"1\"");
    assertThat(app.ecs.runtime.metadata(arn, "app", "/stats")).isEmpty();
    assertThat(app.ecs.runtime.environment(arn, "app")).containsEntry("AWS_REGION", "eu-west-1");
  }

  @Test
  void aTagIsResolvedOnceForAServiceRevision() {
    app.create(app.request(app.register("1"), 1));
    app.pass(Duration.ofMinutes(3));
    String first = app.tasks().getFirst().containers().getFirst().imageDigest();
    app.ecs.image("app:2", Map.of());
    app.ecs.images.put(
        EcsWorld.REGISTRY + "/app:1", app.ecs.images.get(EcsWorld.REGISTRY + "/app:2"));

    app.update(u -> u.desiredCount(3));
    app.pass(Duration.ofMinutes(3));

    assertThat(app.tasks())
        .extracting(t -> t.containers().getFirst().imageDigest())
        .containsOnly(first)
        .hasSize(3);
    String revision = app.service().currentServiceRevisions().getFirst().arn();
    assertThat(
            app.ecs
                .call(
                    DescribeServiceRevisionsRequest.builder().serviceRevisionArns(revision).build(),
                    DescribeServiceRevisionsResponse.class)
                .serviceRevisions()
                .getFirst()
                .containerImages()
                .getFirst()
                .imageDigest())
        .isEqualTo(first);

    app.update(u -> u.forceNewDeployment(true));
    app.pass(Duration.ofMinutes(6));
    assertThat(app.tasks())
        .filteredOn(t -> t.lastStatus().equals("RUNNING"))
        .extracting(t -> t.containers().getFirst().imageDigest())
        .doesNotContain(first)
        .hasSize(3);
  }

  @Test
  void withoutABalancerAContainerHealthCheckDecides() {
    String definition =
        app.register("1", c -> c.healthCheck(h -> h.command("CMD", "true").interval(10)));
    app.create(withoutBalancer(definition));
    app.pass(Duration.ofMinutes(3));

    assertThat(app.tasks().getFirst().healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    assertThat(app.story()).last().isEqualTo("has reached a steady state.");
  }

  @Test
  void aContainerThatFailsItsCheckIsReplaced() {
    app.ecs.image("app:1", Map.of("sim.check", "1"));
    String definition =
        app.register("1", c -> c.healthCheck(h -> h.command("CMD", "false").interval(10)));
    app.create(withoutBalancer(definition));
    app.pass(Duration.ofMinutes(8));

    assertThat(app.story()).contains("(task ID) failed container health checks.");
    assertThat(app.tasks())
        .filteredOn(t -> t.stopCode() != null)
        .extracting(Task::stoppedReason)
        .contains("Task failed container health checks");
  }

  @Test
  void withoutAnyCheckATaskCountsAsHealthyAfterFortySeconds() {
    app.create(withoutBalancer(app.register("1")));
    while (app.tasks().isEmpty() || app.tasks().getFirst().startedAt() == null) {
      app.pass(Duration.ofSeconds(1));
    }
    app.pass(Duration.ofSeconds(39));
    assertThat(app.story()).doesNotContain("has reached a steady state.");
    app.pass(Duration.ofSeconds(12));
    assertThat(app.story()).contains("has reached a steady state.");
  }

  private CreateServiceRequest.Builder withoutBalancer(String definition) {
    return app.request(definition, 1).loadBalancers(List.of());
  }

  @Test
  void aDeletedServiceDrainsAndItsNameCanBeUsedAgain() {
    app.create(app.request(app.register("1"), 1));
    app.pass(Duration.ofMinutes(3));

    app.ecs
        .world
        .operations()
        .invoke(DeleteServiceRequest.builder().cluster("prod").service("web").force(true).build());
    assertThat(app.service().status()).isEqualTo("DRAINING");
    assertThatThrownBy(() -> app.create(app.request("web", 1)))
        .hasMessage("Unable to Start a service that is still Draining.");
    app.pass(Duration.ofMinutes(3));

    assertThat(app.service().status()).isEqualTo("INACTIVE");
    assertThat(app.ecs.interfaces).isEmpty();
    app.create(app.request("web", 1));
    app.pass(Duration.ofMinutes(3));
    assertThat(app.service().runningCount()).isEqualTo(1);
  }

  @Test
  void aCopiedWorldGoesOnWhereItWas() {
    AppService source = AppService.steady(2);
    source.ecs.image("app:2", Map.of());
    source.update(u -> u.taskDefinition(source.register("2")));
    source.pass(Duration.ofSeconds(40));

    AppService copy = new AppService(new EcsWorld(source.ecs));
    source.tasks().stream()
        .filter(t -> t.lastStatus().equals("RUNNING"))
        .forEach(t -> copy.ecs.elb.register(copy.targetGroup, t));
    copy.ecs.ecs.resume();
    copy.pass(Duration.ofMinutes(5));
    source.pass(Duration.ofMinutes(5));

    assertThat(copy.primary().id()).isEqualTo(source.primary().id());
    assertThat(copy.story()).last().isEqualTo("has reached a steady state.");
    assertThat(copy.service().runningCount()).isEqualTo(2);
    assertThat(copy.ecs.runtime.running()).hasSize(2);
  }
}
