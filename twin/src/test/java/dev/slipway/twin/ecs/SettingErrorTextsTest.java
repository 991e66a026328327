package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** What is refused of the network and the balancers of services and tasks, word by word. */
class SettingErrorTextsTest {

  private static final String INVALID = "InvalidParameterException: ";
  private static final String NO_NETWORK =
      INVALID + "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
  private static final String NO_SUBNET =
      INVALID
          + "Error retrieving subnet information for [subnet-x]: The subnet ID 'subnet-x' does not"
          + " exist (ErrorCode: InvalidSubnetID.NotFound)";

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

  private static Arguments network(
      String name, Consumer<AwsVpcConfiguration.Builder> mistake, String error) {
    return create(
        name, c -> c.networkConfiguration(n -> n.awsvpcConfiguration(mistake::accept)), error);
  }

  private static Arguments run(
      String name, Consumer<RunTaskRequest.Builder> mistake, String error) {
    return row(name, app -> run(app, app.register("1"), mistake), error);
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        create("no network", c -> c.networkConfiguration(n -> {}), NO_NETWORK),
        network("no subnets", v -> v.subnets(List.of()), INVALID + "subnets can not be empty."),
        network("an unknown subnet", v -> v.subnets("subnet-x"), NO_SUBNET),
        network(
            "too many subnets",
            v -> v.subnets(IntStream.range(0, 17).mapToObj(i -> "subnet-" + i).toList()),
            INVALID + "subnets can have at most 16 items."),
        network(
            "too many security groups",
            v -> v.subnets("subnet-a").securityGroups("1", "2", "3", "4", "5", "6"),
            INVALID + "securityGroups can have at most 5 items."),
        network(
            "an unknown security group",
            v -> v.subnets("subnet-a").securityGroups("sg-x"),
            INVALID
                + "Error retrieving security group information for [sg-x]: The security group 'sg-x'"
                + " does not exist (ErrorCode: InvalidGroup.NotFound)"),
        run("a task without a network", r -> r.networkConfiguration(n -> {}), NO_NETWORK),
        run(
            "a task in an unknown subnet",
            r -> r.networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-x"))),
            NO_SUBNET));
  }

  static Stream<Arguments> balancers() {
    return Stream.of(
        row(
            "a target group of no balancer",
            app ->
                balanced(app, app.ecs.elb.targetGroup("g", TargetTypeEnum.IP, false), "app", 5000),
            INVALID
                + "The target group with targetGroupArn"
                + " arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/g/0123456789abcdef"
                + " does not have an associated load balancer."),
        row(
            "a target group of instances",
            app ->
                balanced(
                    app, app.ecs.elb.targetGroup("g", TargetTypeEnum.INSTANCE, true), "app", 5000),
            INVALID
                + "The provided target group"
                + " arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/g/0123456789abcdef"
                + " has target type instance, which is incompatible with the awsvpc network mode"
                + " specified in the task definition."),
        row(
            "another container",
            app -> balanced(app, app.targetGroup, "web", 5000),
            INVALID + "The container web does not exist in the task definition."),
        row(
            "another port",
            app -> balanced(app, app.targetGroup, "app", 8080),
            INVALID + "The container app did not have a container port 8080 defined."),
        row(
            "a new task definition without the port",
            app -> {
              begun(app);
              app.update(u ->
                  u.taskDefinition(
                      app.register("1", c -> c.portMappings(p -> p.containerPort(80)))));
            },
            INVALID + "The container app did not have a container port 5000 defined."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"networks", "balancers"})
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

  private static void balanced(AppService app, String group, String container, int port) {
    app.create(
        app.request(app.register("1"), 1)
            .loadBalancers(
                b -> b.targetGroupArn(group).containerName(container).containerPort(port)));
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
    app.ecs.world.operations().invoke(request.build());
  }
}
