package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.ecr.Images;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

class StartFailureTest {

  private final AppService app = AppService.fresh();

  private Task failed() {
    return failed(app.register("1"));
  }

  private Task failed(String definition) {
    app.create(app.request(definition, 1));
    app.pass(Duration.ofMinutes(3));
    Task task = app.tasks().getFirst();
    assertThat(task.lastStatus()).isEqualTo("STOPPED");
    assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
    assertThat(task.startedAt()).isNull();
    assertThat(app.story()).anyMatch(m -> m.startsWith("was unable to place a task. Reason: "));
    assertThat(app.ecs.interfaces).hasSizeLessThanOrEqualTo(1);
    return task;
  }

  @Test
  void withoutAPathToEcrTheTokenTimesOut() {
    app.ecs.unreachable.add("ecr.api");

    Task task = failed();

    assertThat(task.stoppedReason())
        .startsWith(
            "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot"
                + " pull registry auth from Amazon ECR: There is a connection issue between the"
                + " task and Amazon ECR. Check your task network configuration. operation error"
                + " ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https"
                + " response error StatusCode: 0, RequestID: , request send failed, Post"
                + " \"https://api.ecr.eu-west-1.amazonaws.com/\": dial tcp ")
        .endsWith(":443: i/o timeout");
    assertThat(Duration.between(task.createdAt(), task.stoppingAt()))
        .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
  }

  @Test
  void withNeitherLogsNorEcrEcrIsReported() {
    app.ecs.unreachable.addAll(java.util.List.of("ecr.api", "logs", "s3", "ecr.dkr"));

    assertThat(failed().stoppedReason()).contains("The task cannot pull registry auth");
  }

  @Test
  void withoutAPathToLogsTheGroupSeemsMissing() {
    app.ecs.unreachable.add("logs");

    assertThat(failed().stoppedReason())
        .isEqualTo(
            "ResourceInitializationError: failed to validate logger args: The task cannot find the"
                + " Amazon CloudWatch log group defined in the task definition. There is a"
                + " connection issue between the task and Amazon CloudWatch. Check your network"
                + " configuration. : signal: killed");
  }

  @Test
  void withoutTheLogGroupTheStreamCannotBeCreated() {
    app.ecs.logGroups.clear();

    assertThat(failed().stoppedReason())
        .isEqualTo(
            "ResourceInitializationError: failed to validate logger args: create stream has been"
                + " retried 1 times: failed to create Cloudwatch log stream:"
                + " ResourceNotFoundException: The specified log group does not exist.");
  }

  @Test
  void aMissingLogOptionIsNamed() {
    String definition =
        app.register(
            "1",
            c ->
                c.logConfiguration(l ->
                    l.logDriver(LogDriver.AWSLOGS)
                        .options(Map.of("awslogs-group", "/app", "awslogs-stream-prefix", "x"))));

    assertThat(failed(definition).stoppedReason())
        .endsWith("unable to get awslogs driver arguments: awslogs-region is required");
  }

  @Test
  void withoutThePermissionTheTokenIsDenied() {
    app.ecs.denied.add("ecr:GetAuthorizationToken");

    Task task = failed();

    String id = task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    assertThat(task.stoppedReason())
        .contains("unable to retrieve ecr registry auth: service call has been retried 1 time(s)")
        .endsWith(
            "api error AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/execution/"
                + id
                + " is not authorized to perform: ecr:GetAuthorizationToken on resource: * because"
                + " no identity-based policy allows the ecr:GetAuthorizationToken action");
  }

  @Test
  void withoutAPathToTheRegistryTheManifestTimesOut() {
    app.ecs.unreachable.add("ecr.dkr");

    Task task = failed();

    assertThat(task.stoppedReason())
        .startsWith(
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to"
                + " resolve ref 127.0.0.1:4567/app:1: failed to do request: Head"
                + " \"https://127.0.0.1:4567/v2/app/manifests/1\": dial tcp ");
    assertThat(task.containers().getFirst().reason()).isEqualTo(task.stoppedReason());
    assertThat(task.containers().getFirst().exitCode()).isNull();
  }

  @Test
  void withoutAPathToS3TheLayersTimeOut() {
    app.ecs.unreachable.add("s3");

    assertThat(failed().stoppedReason())
        .startsWith("CannotPullContainerError: The task cannot pull 127.0.0.1:4567/app:1 from")
        .contains("prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com");
  }

  @Test
  void anImageForAnotherPlatformIsAPullError() {
    app.ecs.images.put(
        EcsWorld.REGISTRY + "/app:1", new Images.Lookup.WrongPlatform("linux/amd64"));

    assertThat(failed().stoppedReason())
        .isEqualTo(
            "CannotPullContainerError: pull image manifest has been retried 7 time(s): image"
                + " Manifest does not contain descriptor matching platform 'linux/amd64'");
  }

  @Test
  void aSubnetWithoutAddressesIsTold() {
    app.ecs.interfaceError = "InsufficientFreeAddressesInSubnet";

    assertThat(failed().stoppedReason())
        .isEqualTo(
            "Unexpected EC2 error while attempting to Create Network Interface with public IP"
                + " assignment disabled in subnet 'subnet-a': InsufficientFreeAddressesInSubnet");
  }

  @Test
  void aSecretThatIsNotThereIsNamed() {
    String arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
    String definition =
        app.register(
            "1",
            c -> c.secrets(Secret.builder().name("DB").valueFrom(arn + ":password::").build()));

    assertThat(failed(definition).stoppedReason())
        .contains("failed to fetch secret " + arn + " from secrets manager")
        .contains("ResourceNotFoundException");
  }

  @Test
  void aRoleThatCannotBeAssumedLeavesNoTask() {
    app.ecs.unassumable.add(EcsWorld.ROLE);
    app.create(app.request(app.register("1"), 1));
    app.pass(Duration.ofMinutes(5));

    assertThat(app.tasks()).isEmpty();
    assertThat(app.story())
        .containsOnlyOnce(
            "failed to launch a task with (error ECS was unable to assume the role '"
                + EcsWorld.ROLE
                + "' that was provided for this task. Please verify that the role being passed has"
                + " the proper trust relationship and permissions and that your IAM user has"
                + " permissions to pass this role.).");
    app.ecs.unassumable.clear();
    app.pass(Duration.ofMinutes(20));
    assertThat(app.service().runningCount()).isEqualTo(1);
  }

  @Test
  void withoutCapacityNothingIsPlacedUntilItComesBack() {
    app.ecs.ecs.capacity(false);
    app.create(app.request(app.register("1"), 1));
    app.pass(Duration.ofMinutes(5));

    assertThat(app.tasks()).isEmpty();
    assertThat(app.story())
        .containsExactly(
            "was unable to place a task. Reason: Capacity is unavailable at this time. Please try"
                + " again later or in a different availability zone.");
    app.ecs.ecs.capacity(true);
    app.pass(Duration.ofMinutes(3));
    assertThat(app.story()).last().isEqualTo("has reached a steady state.");
  }
}
