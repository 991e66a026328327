package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.FargateCapacity;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;

/** What the calls on services, tasks and clusters refuse, word by word. */
class ServiceErrorTextsTest {

  private static final String INVALID = "InvalidParameterException: ";
  private static final String CLIENT = "ClientException: ";

  private static Arguments row(String name, Consumer<AppService> mistake, String error) {
    return Arguments.of(name, mistake, error);
  }

  private static Arguments create(
      String name, Consumer<CreateServiceRequest.Builder> mistake, String error) {
    return row(
        name,
        app -> {
          CreateServiceRequest.Builder request = app.request(app.register("1"), 1);
          mistake.accept(request);
          app.create(request);
        },
        error);
  }

  static Stream<Arguments> services() {
    return Stream.of(
        create(
            "both ways to say where",
            c -> c.capacityProviderStrategy(s -> s.capacityProvider("FARGATE").weight(1)),
            INVALID + "Specify either Launch Type or Capacity Provider Strategy, but not both."),
        create(
            "no such cluster",
            c -> c.cluster("other"),
            "ClusterNotFoundException: Cluster not found."),
        create(
            "no such task definition",
            c -> c.taskDefinition("web:99"),
            CLIENT + "TaskDefinition not found."),
        row(
            "the same name with other parameters",
            app -> app.create(begun(app).desiredCount(2)),
            INVALID + "Creation of service was not idempotent."),
        row(
            "the same name while it drains",
            app -> {
              CreateServiceRequest.Builder request = begun(app);
              delete(app, true);
              app.create(request);
            },
            INVALID + "Unable to Start a service that is still Draining."),
        row(
            "no such service",
            app -> app.update(u -> u.desiredCount(1)),
            "ServiceNotFoundException: Service not found."),
        row(
            "a service that drains",
            app -> {
              begun(app);
              delete(app, true);
              app.update(u -> u.desiredCount(1));
            },
            "ServiceNotActiveException: Service was not ACTIVE."),
        row(
            "a service that is gone",
            app -> {
              begun(app);
              delete(app, true);
              app.pass(Duration.ofMinutes(5));
              app.update(u -> u.desiredCount(1));
            },
            "ServiceNotActiveException: Service was not ACTIVE."),
        row(
            "an inactive task definition",
            app -> {
              begun(app);
              deregister(app);
              app.update(u -> u.taskDefinition("web:1").forceNewDeployment(true));
            },
            CLIENT + "TaskDefinition is inactive"),
        row(
            "deleted while it runs tasks",
            app -> {
              begun(app);
              delete(app, false);
            },
            INVALID + "The service cannot be stopped while it is scaled above 0."),
        row(
            "nothing to go back to",
            app -> {
              begun(app);
              call(
                  app,
                  StopServiceDeploymentRequest.builder()
                      .serviceDeploymentArn(app.service().currentServiceDeployment())
                      .build());
            },
            "ConflictException: No rollback candidate was found to run the rollback."));
  }

  static Stream<Arguments> tasks() {
    return Stream.of(
        row(
            "a role that cannot be assumed",
            app -> {
              app.ecs.unassumable.add(EcsWorld.ROLE);
              run(app, app.register("1"), r -> {});
            },
            CLIENT
                + "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/execution' that"
                + " was provided for this task. Please verify that the role being passed has the"
                + " proper trust relationship and permissions and that your IAM user has permissions"
                + " to pass this role."),
        row(
            "no room on Fargate",
            app -> {
              FargateCapacity.take(app.ecs.world, FargateCapacity.EVERYWHERE);
              run(app, app.register("1"), r -> {});
            },
            CLIENT
                + "Capacity is unavailable at this time. Please try again later or in a different"
                + " availability zone."),
        row(
            "a task of an inactive definition",
            app -> {
              String definition = app.register("1");
              deregister(app);
              run(app, definition, r -> {});
            },
            INVALID + "TaskDefinition is inactive"),
        row(
            "no such task definition to show",
            app ->
                call(app, DescribeTaskDefinitionRequest.builder().taskDefinition("none").build()),
            CLIENT + "Unable to describe task definition."),
        row(
            "no such task to stop",
            app -> call(app, StopTaskRequest.builder().cluster("prod").task("none").build()),
            INVALID + "The referenced task was not found."));
  }

  static Stream<Arguments> clusters() {
    return Stream.of(
        row(
            "a cluster with services",
            app -> {
              begun(app);
              call(app, DeleteClusterRequest.builder().cluster("prod").build());
            },
            "ClusterContainsServicesException: The Cluster cannot be deleted while Services are"
                + " active."),
        row(
            "a cluster with tasks",
            app -> {
              run(app, app.register("1"), r -> {});
              call(app, DeleteClusterRequest.builder().cluster("prod").build());
            },
            "ClusterContainsTasksException: The Cluster cannot be deleted while Tasks are active."),
        row(
            "a service in a deleted cluster",
            app -> {
              CreateServiceRequest.Builder request = app.request(app.register("1"), 1);
              call(app, DeleteClusterRequest.builder().cluster("prod").build());
              app.create(request);
            },
            "ClusterNotFoundException: Cluster not found."),
        row(
            "the tags of a deleted cluster",
            app -> {
              call(app, DeleteClusterRequest.builder().cluster("prod").build());
              call(
                  app,
                  ListTagsForResourceRequest.builder()
                      .resourceArn("arn:aws:ecs:eu-west-1:123456789012:cluster/prod")
                      .build());
            },
            INVALID
                + "The specified cluster is inactive. Specify an active cluster and try again."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"services", "tasks", "clusters"})
  void isRefusedInTheWordsOfAws(String name, Consumer<AppService> mistake, String expected) {
    AppService app = AppService.fresh();
    AwsError error = catchThrowableOfType(AwsError.class, () -> mistake.accept(app));

    assertThat(error).as("a refusal").isNotNull();
    assertThat(error.code() + ": " + error.getMessage()).isEqualTo(expected);
  }

  private static CreateServiceRequest.Builder begun(AppService app) {
    CreateServiceRequest.Builder request = app.request(app.register("1"), 1);
    app.create(request);
    return request;
  }

  private static void delete(AppService app, boolean force) {
    call(app, DeleteServiceRequest.builder().cluster("prod").service("web").force(force).build());
  }

  private static void deregister(AppService app) {
    call(app, DeregisterTaskDefinitionRequest.builder().taskDefinition("web:1").build());
  }

  private static void run(
      AppService app, String definition, Consumer<RunTaskRequest.Builder> change) {
    RunTaskRequest.Builder request =
        RunTaskRequest.builder()
            .cluster("prod")
            .taskDefinition(definition)
            .launchType(LaunchType.FARGATE)
            .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-a")));
    change.accept(request);
    call(app, request.build());
  }

  private static void call(AppService app, SdkRequest request) {
    app.ecs.world.operations().invoke(request);
  }
}
