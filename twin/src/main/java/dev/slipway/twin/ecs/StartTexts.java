package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;

/**
 * The reasons of failed starts, in their wording since 2024.
 *
 * <p>Source: stopped tasks of AWS accounts on platform version 1.4.0; ECS developer guide,
 * stopped-task-error-codes; the error messages of amazon-ecs-agent.
 */
final class StartTexts {

  private static final String RESOURCES = "ResourceInitializationError: ";
  private static final String SECRETS_OR_AUTH =
      RESOURCES + "unable to pull secrets or registry auth: ";
  private static final String RETRIEVAL = SECRETS_OR_AUTH + "execution resource retrieval failed: ";
  private static final String LOGGER = RESOURCES + "failed to validate logger args: ";
  private static final String FILES =
      RESOURCES + "failed to download env files: file download command: non empty error stream: ";
  private static final String PULL = "CannotPullContainerError: ";
  private static final String CHECK_NETWORK = "Check your task network configuration. ";

  private StartTexts() {}

  static String noInterface(boolean publicIp, String subnetId, String error) {
    return "Unexpected EC2 error while attempting to Create Network Interface with public IP"
        + " assignment "
        + (publicIp ? "enabled" : "disabled")
        + " in subnet '"
        + subnetId
        + "': "
        + error;
  }

  static String ecrUnreachable(String host, String dial) {
    return SECRETS_OR_AUTH
        + "The task cannot pull registry auth from Amazon ECR: There is a connection issue between"
        + " the task and Amazon ECR. "
        + CHECK_NETWORK
        + "operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3,"
        + " https response error StatusCode: 0, RequestID: , request send failed, Post \"https://"
        + host
        + "/\": "
        + dial;
  }

  static String ecrDenied(String requestId, String denial) {
    return RETRIEVAL
        + "unable to retrieve ecr registry auth: service call has been retried 1 time(s):"
        + " operation error ECR: GetAuthorizationToken, https response error StatusCode: 400,"
        + " RequestID: "
        + requestId
        + ", api error AccessDeniedException: "
        + denial;
  }

  static String secretUnreachable(String arn) {
    return SECRETS_OR_AUTH
        + "unable to retrieve secret from asm: There is a connection issue between the task and"
        + " AWS Secrets Manager. "
        + CHECK_NETWORK
        + "failed to fetch secret "
        + arn
        + " from secrets manager: operation error Secrets Manager: GetSecretValue, https response"
        + " error StatusCode: 0, RequestID: , canceled, context deadline exceeded";
  }

  static String secretRefused(String arn, String requestId, String error) {
    return RETRIEVAL
        + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
        + " fetch secret "
        + arn
        + " from secrets manager: operation error Secrets Manager: GetSecretValue, https response"
        + " error StatusCode: 400, RequestID: "
        + requestId
        + ", "
        + error;
  }

  static String secretUnusable(String why) {
    return RETRIEVAL + "unable to retrieve secret from asm: " + why;
  }

  static String parametersUnreachable(String host, String dial) {
    return RETRIEVAL
        + "unable to retrieve secrets from ssm: service call has been retried 5 time(s): operation"
        + " error SSM: GetParameters, exceeded maximum number of attempts, 3, https response error"
        + " StatusCode: 0, RequestID: , request send failed, Post \"https://"
        + host
        + "/\": "
        + dial;
  }

  static String parametersRefused(String requestId, String error) {
    return RETRIEVAL
        + "unable to retrieve secrets from ssm: service call has been retried 1 time(s): operation"
        + " error SSM: GetParameters, https response error StatusCode: 400, RequestID: "
        + requestId
        + ", "
        + error;
  }

  static String parametersInvalid(String names) {
    return RETRIEVAL + "unable to retrieve secrets from ssm: invalid parameters: " + names;
  }

  static String filesUnreachable() {
    return FILES + "RequestCanceled: request context canceled caused by: context deadline exceeded";
  }

  static String filesRefused(String error, int status, String requestId) {
    return FILES + error + " status code: " + status + ", request id: " + requestId;
  }

  static String logsUnreachable() {
    return LOGGER
        + "The task cannot find the Amazon CloudWatch log group defined in the task definition."
        + " There is a connection issue between the task and Amazon CloudWatch. Check your network"
        + " configuration. : signal: killed";
  }

  static String logOptionMissing(String option) {
    return LOGGER + "unable to get awslogs driver arguments: " + option + " is required";
  }

  static String logStreamRefused(String error) {
    return LOGGER
        + "create stream has been retried 1 times: failed to create Cloudwatch log stream: "
        + error;
  }

  static String logGroupRefused(String error) {
    return LOGGER + "failed to create Cloudwatch log group: " + error;
  }

  static String registryUnreachable(String reference, String url, String dial) {
    return PULL
        + "pull image manifest has been retried 5 time(s): failed to resolve ref "
        + reference
        + ": failed to do request: Head \""
        + url
        + "\": "
        + dial;
  }

  static String imageNotFound(String reference) {
    return PULL
        + "pull image manifest has been retried 7 time(s): failed to resolve ref "
        + reference
        + ": not found";
  }

  static String wrongPlatform(String platform) {
    return PULL
        + "pull image manifest has been retried 7 time(s): image Manifest does not contain"
        + " descriptor matching platform '"
        + platform
        + "'";
  }

  /** With the typographic apostrophe of the agent's source. */
  static String pullDenied(String reference, String tag) {
    return PULL
        + "The task can’t pull the image. Check that the role has the permissions to pull images"
        + " from the registry. pull image manifest has been retried 1 time(s): failed to resolve"
        + " ref "
        + reference
        + ": failed with status code [manifests "
        + tag
        + "]: 403 Forbidden";
  }

  static String foreignImageDenied(String reference) {
    return PULL
        + "pull image manifest has been retried 1 time(s): failed to resolve ref "
        + reference
        + ": pull access denied, repository does not exist or may require authorization: server"
        + " message: insufficient_scope: authorization failed";
  }

  /** In the words of containerd, which asks a registry for a token before anything else. */
  static String credentialsMissing(String reference) {
    return PULL
        + "pull image manifest has been retried 1 time(s): failed to resolve ref "
        + reference
        + ": failed to authorize: failed to fetch anonymous token: unexpected status: 401"
        + " Unauthorized";
  }

  static String layersUnreachable(String image, String url, String dial) {
    return PULL
        + "The task cannot pull "
        + image
        + " from the registry "
        + image
        + ". There is a connection issue between the task and the registry. "
        + CHECK_NETWORK
        + ": failed to copy: httpReadSeeker: failed open: failed to do request: Get "
        + url
        + ": "
        + dial;
  }

  static String layersDenied(String url) {
    return PULL
        + "ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open:"
        + " unexpected status code "
        + url
        + ": 403 Forbidden";
  }

  static String cannotStart(String message) {
    return "CannotStartContainerError: " + message;
  }

  @Differs(
      value =
          "a container whose dependency did not exit successfully or become healthy fails with the"
              + " agent's words, the names of the containers in place of their descriptions",
      because = "the agent prints its inner state there; source: amazon-ecs-agent, dependencygraph")
  static String dependencyFailed(String dependency, String container) {
    return cannotStart(
        "dependency graph: failed to resolve the container ordering dependency ["
            + dependency
            + "] for target ["
            + container
            + "]");
  }

  static String startTimeout() {
    return "DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s";
  }

  static String denied(String assumedRole, String action, String resource, String reason) {
    return "User: "
        + assumedRole
        + " is not authorized to perform: "
        + action
        + " on resource: "
        + resource
        + " "
        + reason;
  }
}
