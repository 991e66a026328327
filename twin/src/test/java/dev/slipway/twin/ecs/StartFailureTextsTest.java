package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.secrets.ParameterStore;
import dev.slipway.twin.secrets.SecretsManager;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;

/** Every text of a failed start, each brought about by a misconfiguration. */
class StartFailureTextsTest {

  private static final String SECRETS =
      "ResourceInitializationError: unable to pull secrets or registry auth: ";
  private static final String RETRIEVAL = SECRETS + "execution resource retrieval failed: ";
  private static final String LOGGER =
      "ResourceInitializationError: failed to validate logger args: ";
  private static final String PULL = "CannotPullContainerError: ";
  private static final String MANIFEST = PULL + "pull image manifest has been retried ";
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
  private static final String FETCH =
      RETRIEVAL
          + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
          + " fetch secret "
          + SECRET
          + " from secrets manager: operation error Secrets Manager: GetSecretValue, https response"
          + " error StatusCode: 400, RequestID: UUID, ";
  private static final String SSM =
      RETRIEVAL
          + "unable to retrieve secrets from ssm: service call has been retried 1 time(s): operation"
          + " error SSM: GetParameters, https response error StatusCode: 400, RequestID: UUID, ";

  private static Arguments row(
      String name, BiConsumer<AppService, ContainerDefinition.Builder> fault, String reason) {
    return Arguments.of(name, fault, reason);
  }

  private static String denied(String action, String resource) {
    return "User: arn:aws:sts::123456789012:assumed-role/execution/ID is not authorized to perform: "
        + action
        + " on resource: "
        + resource
        + " because no identity-based policy allows the "
        + action
        + " action";
  }

  static Stream<Arguments> network() {
    return Stream.of(
        row(
            "no address left",
            (app, c) -> app.ecs.interfaceError = "InsufficientFreeAddressesInSubnet",
            "Unexpected EC2 error while attempting to Create Network Interface with public IP"
                + " assignment disabled in subnet 'subnet-a': InsufficientFreeAddressesInSubnet"),
        row(
            "no path to the ECR API",
            (app, c) -> app.ecs.unreachable.add("ecr.api"),
            SECRETS
                + "The task cannot pull registry auth from Amazon ECR: There is a connection issue"
                + " between the task and Amazon ECR. Check your task network configuration."
                + " operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts,"
                + " 3, https response error StatusCode: 0, RequestID: , request send failed, Post"
                + " \"https://api.ecr.eu-west-1.amazonaws.com/\": dial tcp IP:443: i/o timeout"),
        row(
            "no path to Secrets Manager",
            (app, c) -> {
              app.ecs.unreachable.add("secretsmanager");
              secret(c, SECRET);
            },
            SECRETS
                + "unable to retrieve secret from asm: There is a connection issue between the task"
                + " and AWS Secrets Manager. Check your task network configuration. failed to fetch"
                + " secret "
                + SECRET
                + " from secrets manager: operation error Secrets Manager: GetSecretValue, https"
                + " response error StatusCode: 0, RequestID: , canceled, context deadline exceeded"),
        row(
            "no path to the logs",
            (app, c) -> app.ecs.unreachable.add("logs"),
            LOGGER
                + "The task cannot find the Amazon CloudWatch log group defined in the task"
                + " definition. There is a connection issue between the task and Amazon CloudWatch."
                + " Check your network configuration. : signal: killed"),
        row(
            "no path to the registry",
            (app, c) -> app.ecs.unreachable.add("ecr.dkr"),
            MANIFEST
                + "5 time(s): failed to resolve ref 127.0.0.1:4567/app:1: failed to do request: Head"
                + " \"https://127.0.0.1:4567/v2/app/manifests/1\": dial tcp IP:443: i/o timeout"),
        row(
            "no path to the layers",
            (app, c) -> app.ecs.unreachable.add("s3"),
            PULL
                + "The task cannot pull 127.0.0.1:4567/app:1 from the registry"
                + " 127.0.0.1:4567/app:1. There is a connection issue between the task and the"
                + " registry. Check your task network configuration. : failed to copy:"
                + " httpReadSeeker: failed open: failed to do request: Get"
                + " \"https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/\":"
                + " dial tcp IP:443: i/o timeout"));
  }

  static Stream<Arguments> rights() {
    return Stream.of(
        row(
            "no right to a token",
            (app, c) -> app.ecs.denied.add("ecr:GetAuthorizationToken"),
            RETRIEVAL
                + "unable to retrieve ecr registry auth: service call has been retried 1 time(s):"
                + " operation error ECR: GetAuthorizationToken, https response error StatusCode:"
                + " 400, RequestID: UUID, api error AccessDeniedException: "
                + denied("ecr:GetAuthorizationToken", "*")),
        row(
            "no right to pull",
            (app, c) -> app.ecs.denied.add("ecr:BatchGetImage"),
            PULL
                + "The task can’t pull the image. Check that the role has the permissions to pull"
                + " images from the registry. pull image manifest has been retried 1 time(s): failed"
                + " to resolve ref 127.0.0.1:4567/app:1: failed with status code [manifests 1]: 403"
                + " Forbidden"),
        row(
            "no right to the layers",
            (app, c) -> app.ecs.denied.add("ecr:GetDownloadUrlForLayer"),
            PULL
                + "ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open:"
                + " unexpected status code https://127.0.0.1:4567/v2/app/blobs/: 403 Forbidden"),
        row(
            "no right to the secret",
            (app, c) -> {
              app.ecs.denied.add("secretsmanager:GetSecretValue");
              secret(c, SECRET);
            },
            FETCH
                + "api error AccessDeniedException: "
                + denied("secretsmanager:GetSecretValue", SECRET)),
        row(
            "no right to the parameter",
            (app, c) -> {
              app.ecs.denied.add("ssm:GetParameters");
              secret(c, "/app/key");
            },
            SSM
                + "api error AccessDeniedException: "
                + denied(
                    "ssm:GetParameters", "arn:aws:ssm:eu-west-1:123456789012:parameter/app/key")),
        row(
            "no right to the stream",
            (app, c) -> app.ecs.denied.add("logs:CreateLogStream"),
            LOGGER
                + "create stream has been retried 1 times: failed to create Cloudwatch log stream:"
                + " AccessDeniedException: "
                + denied(
                    "logs:CreateLogStream",
                    "arn:aws:logs:eu-west-1:123456789012:log-group:/app:log-stream:web/app/ID")),
        row(
            "no right to the group",
            (app, c) -> {
              app.ecs.denied.add("logs:CreateLogGroup");
              logs(c, Map.of("awslogs-region", "eu-west-1", "awslogs-create-group", "true"));
            },
            LOGGER
                + "failed to create Cloudwatch log group: AccessDeniedException: "
                + denied(
                    "logs:CreateLogGroup", "arn:aws:logs:eu-west-1:123456789012:log-group:/app")));
  }

  static Stream<Arguments> thingsThatAreNotThere() {
    return Stream.of(
        row(
            "no such tag",
            (app, c) -> c.image(EcsWorld.REGISTRY + "/app:absent"),
            MANIFEST + "7 time(s): failed to resolve ref 127.0.0.1:4567/app:absent: not found"),
        row(
            "no such public repository",
            (app, c) -> c.image("docker.io/library/repository:latest"),
            MANIFEST
                + "1 time(s): failed to resolve ref docker.io/library/repository:latest: pull access"
                + " denied, repository does not exist or may require authorization: server message:"
                + " insufficient_scope: authorization failed"),
        row(
            "another architecture",
            (app, c) ->
                app.ecs.images.put(
                    EcsWorld.REGISTRY + "/app:1", new Images.Lookup.WrongPlatform("linux/amd64")),
            MANIFEST
                + "7 time(s): image Manifest does not contain descriptor matching platform"
                + " 'linux/amd64'"),
        row(
            "no log group",
            (app, c) -> app.ecs.logGroups.clear(),
            LOGGER
                + "create stream has been retried 1 times: failed to create Cloudwatch log stream:"
                + " ResourceNotFoundException: The specified log group does not exist."),
        row(
            "no region of the log group",
            (app, c) -> logs(c, Map.of()),
            LOGGER + "unable to get awslogs driver arguments: awslogs-region is required"),
        row(
            "no such secret",
            (app, c) -> secret(c, SECRET),
            FETCH + "ResourceNotFoundException: Secrets Manager can't find the specified secret."),
        row(
            "a key of a secret that is not JSON",
            (app, c) -> secret(c, stored(app, "tpassword") + ":password::"),
            RETRIEVAL
                + "unable to retrieve secret from asm: invalid character 'p' in literal true"
                + " (expecting 'r')"),
        row(
            "a key that the secret lacks",
            (app, c) -> secret(c, stored(app, "{\"user\":\"u\"}") + ":password::"),
            RETRIEVAL
                + "unable to retrieve secret from asm: retrieved secret from Secrets Manager did not"
                + " contain json key password"),
        row(
            "no such parameter",
            (app, c) -> {
              new ParameterStore(app.ecs.world).register();
              secret(c, "/app/none");
            },
            RETRIEVAL + "unable to retrieve secrets from ssm: invalid parameters: /app/none"),
        row(
            "no such program",
            (app, c) ->
                app.ecs.image("app:1", Map.of("sim.refuse", "exec: \"x\": not found in $PATH")),
            "CannotStartContainerError: exec: \"x\": not found in $PATH"),
        row(
            "a container that never gets up",
            (app, c) -> app.ecs.image("app:1", Map.of("sim.hang", "true")),
            "DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"network", "rights", "thingsThatAreNotThere"})
  void isToldInTheTaskAndInTheServicesEvents(
      String name, BiConsumer<AppService, ContainerDefinition.Builder> fault, String reason) {
    AppService app = AppService.fresh();
    app.create(app.request(app.register("1", c -> fault.accept(app, c)), 1));
    app.pass(Duration.ofMinutes(5));

    Task task = app.tasks().getFirst();
    Function<String, String> plain = text -> text.replace(id(task), "ID");
    assertThat(plain.andThen(StartFailureTextsTest::plain).apply(task.stoppedReason()))
        .isEqualTo(reason);
    assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
    assertThat(task.startedAt()).isNull();
    assertThat(app.story().stream().map(plain.andThen(StartFailureTextsTest::plain)))
        .contains(
            "was unable to place a task. Reason: " + reason + (reason.endsWith(".") ? "" : "."));
  }

  private static String id(Task task) {
    return task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
  }

  private static String plain(String text) {
    return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replaceAll("tcp [0-9.]+:", "tcp IP:");
  }

  private static void secret(ContainerDefinition.Builder container, String from) {
    container.secrets(s -> s.name("KEY").valueFrom(from));
  }

  private static void logs(ContainerDefinition.Builder container, Map<String, String> more) {
    Map<String, String> options =
        new java.util.HashMap<>(Map.of("awslogs-group", "/app", "awslogs-stream-prefix", "web"));
    options.putAll(more);
    container.logConfiguration(l -> l.logDriver(LogDriver.AWSLOGS).options(options));
  }

  private static String stored(AppService app, String text) {
    new SecretsManager(app.ecs.world).register();
    return app.ecs
        .call(
            CreateSecretRequest.builder().name("db").secretString(text).build(),
            CreateSecretResponse.class)
        .arn();
  }
}
