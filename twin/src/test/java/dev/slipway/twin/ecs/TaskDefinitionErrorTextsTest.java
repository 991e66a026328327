package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PidMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** What RegisterTaskDefinition refuses for Fargate, word by word. */
class TaskDefinitionErrorTextsTest {

  private static final String CLIENT = "ClientException";
  private static final String SIZE =
      "Invalid 'cpu' setting for task. For more information, see the Troubleshooting section of the"
          + " Amazon ECS Developer Guide.";
  private static final String NEEDS_ROLE =
      "Fargate requires task definition to have execution role ARN to support ";

  private static Arguments row(
      String name, Consumer<RegisterTaskDefinitionRequest.Builder> mistake, String message) {
    return Arguments.of(name, mistake, message);
  }

  private static Arguments container(
      String name, Consumer<ContainerDefinition.Builder> mistake, String message) {
    return row(
        name,
        d -> {
          ContainerDefinition present = d.build().containerDefinitions().getFirst();
          d.containerDefinitions(present.copy(mistake::accept));
        },
        message);
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        row(
            "too much memory for the CPU",
            d -> d.cpu("256").memory("4096"),
            "No Fargate configuration exists for given values."),
        row(
            "too little memory for the CPU",
            d -> d.cpu("4096").memory("4096"),
            "No Fargate configuration exists for given values."),
        row(
            "memory between two steps",
            d -> d.cpu("8192").memory("17408"),
            "No Fargate configuration exists for given values."),
        row("a CPU that Fargate does not have", d -> d.cpu("300"), SIZE),
        row("a CPU that is no number", d -> d.cpu("much"), SIZE),
        row(
            "no CPU",
            d -> d.cpu(null),
            "Fargate requires that 'cpu' be defined at the task level."),
        row(
            "no memory",
            d -> d.memory(null),
            "Fargate requires that 'memory' be defined at the task level."),
        row(
            "too little storage",
            d -> d.ephemeralStorage(s -> s.sizeInGiB(20)),
            "EphemeralStorage size should be at least 21"),
        row(
            "too much storage",
            d -> d.ephemeralStorage(s -> s.sizeInGiB(201)),
            "EphemeralStorage size should be at most 200"));
  }

  static Stream<Arguments> roles() {
    return Stream.of(
        row(
            "an image of ECR without an execution role",
            d -> d.executionRoleArn(null),
            NEEDS_ROLE + "ECR images."),
        row(
            "logs without an execution role",
            d -> {
              d.executionRoleArn(null);
              ContainerDefinition present = d.build().containerDefinitions().getFirst();
              d.containerDefinitions(present.copy(c -> c.image("docker.io/library/nginx:1")));
            },
            NEEDS_ROLE + "log driver awslogs."),
        row(
            "secrets without an execution role",
            d -> {
              d.executionRoleArn(null);
              ContainerDefinition present = d.build().containerDefinitions().getFirst();
              d.containerDefinitions(
                  present.copy(c ->
                      c.image("docker.io/library/nginx:1")
                          .secrets(s -> s.name("KEY").valueFrom("/key"))));
            },
            NEEDS_ROLE + "secrets."));
  }

  static Stream<Arguments> ofFargate() {
    return Stream.of(
        row(
            "another network mode",
            d -> d.networkMode(NetworkMode.BRIDGE),
            "Fargate only supports network mode ‘awsvpc’."),
        row(
            "no network mode",
            d -> d.networkMode((NetworkMode) null),
            "Fargate only supports network mode ‘awsvpc’."),
        row(
            "the processes of the host",
            d -> d.pidMode(PidMode.HOST),
            "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value"
                + " for pidMode is 'task'."),
        container(
            "a privileged container",
            c -> c.privileged(true),
            "Fargate does not support privileged containers."),
        container(
            "another port of the host",
            c -> c.portMappings(p -> p.containerPort(5000).hostPort(80)),
            "When networkMode=awsvpc, the host ports and container ports in port mappings must"
                + " match."),
        container(
            "logs without a prefix",
            c ->
                c.logConfiguration(l ->
                    l.logDriver(LogDriver.AWSLOGS)
                        .options(Map.of("awslogs-group", "/app", "awslogs-region", "eu-west-1"))),
            "Log driver awslogs requires option 'awslogs-stream-prefix' when the Fargate launch type"
                + " is used."));
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        row(
            "no containers",
            d -> d.containerDefinitions(List.of()),
            "Container list cannot be empty."),
        container("no name", c -> c.name(null), "Container.name should not be null or empty."),
        container("no image", c -> c.image(""), "Container.image should not be null or empty."),
        container(
            "nothing essential",
            c -> c.essential(false),
            "At least one container must be essential."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"sizes", "roles", "ofFargate", "shapes"})
  void isRefusedInTheWordsOfAws(
      String name, Consumer<RegisterTaskDefinitionRequest.Builder> mistake, String message) {
    AppService app = AppService.fresh();
    RegisterTaskDefinitionRequest.Builder request = AppService.definition("1", c -> {});
    mistake.accept(request);

    AwsError error =
        catchThrowableOfType(
            AwsError.class, () -> app.ecs.world.operations().invoke(request.build()));
    assertThat(error).as("a refusal").isNotNull();
    assertThat(error.code()).isEqualTo(CLIENT);
    assertThat(error).hasMessage(message);
  }
}
