package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

// The SDK\'s builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class StopReasonTest {

  /** Source of the texts: aws-behaviour, start-failure texts on Fargate; old and new wordings. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          REGISTRY_API_UNREACHABLE | ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post "https://api.ecr.eu-central-1.amazonaws.com/": dial tcp 3.122.128.199:443: i/o timeout
          REGISTRY_API_UNREACHABLE | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post https://api.ecr.eu-central-1.amazonaws.com/: dial tcp 3.1.2.3:443: i/o timeout
          SECRETS_UNREACHABLE | ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret arn:x from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded
          SECRETS_UNREACHABLE | ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadline exceeded
          SECRETS_DENIED | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:x from secrets manager: api error AccessDeniedException: User: arn:aws:sts::1:assumed-role/r/t is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:x
          SECRET_MISSING | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:x from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: 1, ResourceNotFoundException: x
          SECRET_KEY_MISSING | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: retrieved secret from Secrets Manager did not contain json key K
          SECRET_KEY_MISSING | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: invalid character 'p' in literal true (expecting 'r')
          SECRET_MISSING | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: invalid parameters: /orders/password
          SECRETS_DENIED | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: service call has been retried 1 time(s): operation error SSM: GetParameters, https response error StatusCode: 400, RequestID: 1, api error AccessDeniedException: User: x is not authorized to perform: ssm:GetParameters on resource: y
          KEY_DENIED | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:x from secrets manager: AccessDeniedException: Access to KMS is not allowed
          KEY_DENIED | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: api error AccessDeniedException: User: x is not authorized to perform: kms:Decrypt on resource: y
          PULL_DENIED | ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): operation error ECR: GetAuthorizationToken, https response error StatusCode: 400, RequestID: 1, api error AccessDeniedException: User: arn:aws:sts::1:assumed-role/r/t is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action
          PULL_DENIED | CannotPullContainerError: The task can’t pull the image. Check that the role has the permissions to pull images from the registry. x
          PULL_DENIED | CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://h/v2/r/blobs/sha256:1: 403 Forbidden
          LOGS_UNREACHABLE | ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed
          LOG_GROUP_MISSING | ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.
          LOG_GROUP_MISSING | CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.
          LOGS_DENIED | ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: AccessDeniedException: User: x is not authorized to perform: logs:CreateLogStream on resource: y
          LOG_OPTION_MISSING | ResourceInitializationError: failed to validate logger args: unable to get awslogs driver arguments: awslogs-region is required
          REGISTRY_UNREACHABLE | CannotPullContainerError: Error response from daemon: Get https://h/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)
          REGISTRY_UNREACHABLE | CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref h/r:t: failed to do request: Head "https://h/v2/r/manifests/t": dial tcp 1.2.3.4:443: i/o timeout
          LAYERS_UNREACHABLE | CannotPullContainerError: The task cannot pull i from the registry i. There is a connection issue between the task and the registry. Check your task network configuration. : failed to copy: httpReadSeeker: failed open: failed to do request: Get https://s3/x: dial tcp 16.15.180.104:443: i/o timeout
          LAYERS_UNREACHABLE | CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get https://prod-eu-central-1-starport-layer-bucket.s3.eu-central-1.amazonaws.com/x: dial tcp 1.2.3.4:443: i/o timeout
          LAYERS_UNREACHABLE | CannotPullContainerError: Error response from daemon: error pulling image configuration: Get https://prod-eu-central-1-starport-layer-bucket.s3.eu-central-1.amazonaws.com/x: dial tcp 1.2.3.4:443: i/o timeout
          IMAGE_NOT_FOUND | CannotPullContainerError: Error response from daemon: manifest for h/r:t not found: manifest unknown: Requested image not found
          IMAGE_NOT_FOUND | CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref h/r:t@sha256:1: not found
          IMAGE_NOT_FOUND | CannotPullContainerError: inspect image has been retried 1 time(s): name unknown: The repository with name 'r' does not exist in the registry with id '1'
          PULL_DENIED | CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref h/r:t: failed with status code [manifests t]: 403 Forbidden
          PULL_DENIED | CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ghcr.io/o/r:t: unexpected status from HEAD request to https://ghcr.io/v2/o/r/manifests/t: 401 Unauthorized
          IMAGE_NOT_FOUND | CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref h/r:t: not found
          PULL_DENIED | CannotPullContainerError: failed to resolve ref docker.io/library/repository:latest: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed
          WRONG_ARCHITECTURE | CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'
          MANIFEST_UNSUPPORTED | CannotPullContainerError: failed to find a descriptor for platform linux/amd64
          MANIFEST_UNSUPPORTED | CannotPullContainerError: failed to resolve ref h/r:t: unsupported manifest media type application/vnd.oci.artifact.manifest.v1+json
          DISK_FULL | CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer sha256:1: write /x: no space left on device
          COMMAND_FAILED | CannotStartContainerError: Error response from daemon: OCI runtime create failed: exec: "server": executable file not found in $PATH: unknown
          COMMAND_FAILED | CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: exec /run.sh: no such file or directory
          COMMAND_FAILED | CannotStartContainerError: no command specified
          NO_CAPACITY | Capacity is unavailable at this time. Please try again later or in a different availability zone.
          QUOTA | You've reached the limit on the number of tasks you can run concurrently
          QUOTA | You've reached the limit on the number of vCPUs you can run concurrently
          QUOTA | The requested CPU configuration is above your limit.
          QUOTA | The requested MEMORY configuration is above your limit.
          PULL_RATE_LIMIT | CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/x/blobs/sha256:1: 429 Too Many Requests
          PULL_RATE_LIMIT | CannotPullContainerError: pull image manifest has been retried 1 time(s): toomanyrequests: You have reached your pull rate limit
          SUBNET_EXHAUSTED | Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-1': InsufficientFreeAddressesInSubnet
          SUBNET_EXHAUSTED | RESOURCE:ENI
          OTHER | DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s
          OTHER | Unexpected EC2 error while attempting to tag the network interface: TagPolicyViolation
          OTHER | ServerException: Internal Error
          OTHER | Internal error.
          OTHER | Timeout waiting for network interface provisioning to complete.
          """)
  void knowsOldAndNewWordings(StopReason family, String reason) {
    assertThat(StopReason.of(reason)).isEqualTo(family);
  }

  @Test
  void looksAtFieldsBeforeWords() {
    Task task =
        Sample.running("t", "10.0.0.1", "s").toBuilder()
            .stopCode(TaskStopCode.ESSENTIAL_CONTAINER_EXITED)
            .stoppedReason("Essential container in task exited")
            .build();
    assertThat(StopReason.of(task)).isEqualTo(StopReason.EXITED);
    Task starved =
        task.toBuilder()
            .containers(
                c -> c.name("app").reason("OutOfMemoryError: Container killed due to memory usage"))
            .build();
    assertThat(StopReason.of(starved)).isEqualTo(StopReason.OUT_OF_MEMORY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SpotInterruption", "TerminationNotice", "InfrastructureHealth"})
  void doesNotBlameATaskWhoseMachineIsTakenBack(String code) {
    Task task =
        Sample.running("t", "10.0.0.1", "s").toBuilder()
            .stopCode(code)
            .stoppedReason("Your Spot Task was interrupted.")
            .build();
    assertThat(StopReason.of(task)).isEqualTo(StopReason.ORDERED);
  }

  @ParameterizedTest
  @CsvSource({
    "Scaling activity initiated by (deployment ecs-svc/1),ORDERED",
    "Task failed ELB health checks in (target-group arn:x),UNHEALTHY",
    "Task failed container health checks,UNHEALTHY",
  })
  void tellsScalingFromFailedHealthChecks(String reason, StopReason family) {
    Task task =
        Sample.running("t", "10.0.0.1", "s").toBuilder()
            .stopCode(TaskStopCode.SERVICE_SCHEDULER_INITIATED)
            .stoppedReason(reason)
            .build();
    assertThat(StopReason.of(task)).isEqualTo(family);
  }
}
