package dev.slipway.validation.diagnose;

import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/**
 * Why a task stopped, as a family of reasons. Codes and fields decide first, words second, in their
 * old and new forms. Source: ECS developer guide, stopped-task-error-codes and
 * task_cannot_pull_image; amazon-ecs-agent error_messages.go.
 */
public enum StopReason {
  /** The ECR API, from which the registry's password comes, is out of reach. */
  REGISTRY_API_UNREACHABLE,
  /** The registry itself is out of reach. */
  REGISTRY_UNREACHABLE,
  /** The image's layers, which lie in S3, are out of reach. */
  LAYERS_UNREACHABLE,
  /** CloudWatch Logs is out of reach. */
  LOGS_UNREACHABLE,
  /** Secrets Manager or the parameter store is out of reach. */
  SECRETS_UNREACHABLE,
  /** The execution role may not get the registry's password or pull. */
  PULL_DENIED,
  /** The execution role may not read a secret. */
  SECRETS_DENIED,
  /** The execution role may not create a log stream. */
  LOGS_DENIED,
  /** The registry has no such image. */
  IMAGE_NOT_FOUND,
  /** The image is for another processor. */
  WRONG_ARCHITECTURE,
  /** A public registry's limit. */
  PULL_RATE_LIMIT,
  /** The log group does not exist. */
  LOG_GROUP_MISSING,
  /** The secret, or the key in it, does not exist. */
  SECRET_MISSING,
  /** The subnet has no free address. */
  SUBNET_EXHAUSTED,
  /** A container used more memory than it has. */
  OUT_OF_MEMORY,
  /** An essential container ended by itself. */
  EXITED,
  /** The load balancer's or the container's health check failed. */
  UNHEALTHY,
  /** Scaling, a newer deployment, or a person: no fault of the task. */
  ORDERED,
  /** Anything else. */
  OTHER;

  /** The family of a stopped task's reason. */
  public static StopReason of(Task task) {
    String reason = String.valueOf(task.stoppedReason());
    List<String> containers =
        task.containers().stream().map(Container::reason).filter(r -> r != null).toList();
    if (containers.stream().anyMatch(r -> r.startsWith("OutOfMemory"))) {
      return OUT_OF_MEMORY;
    }
    if (task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED) {
      return EXITED;
    }
    if (task.stopCode() == TaskStopCode.SERVICE_SCHEDULER_INITIATED) {
      return reason.contains("health check") ? UNHEALTHY : ORDERED;
    }
    if (task.stopCode() == TaskStopCode.USER_INITIATED) {
      return ORDERED;
    }
    return of(reason + " " + String.join(" ", containers));
  }

  /** The family of a reason's words, from a task or from a service event. */
  public static StopReason of(String words) {
    String text = words.toLowerCase(Locale.ROOT);
    boolean denied = any(text, "accessdenied", "not authorized to perform", "403 forbidden");
    boolean silent =
        any(
            text,
            "connection issue",
            "i/o timeout",
            "context deadline exceeded",
            "request send failed",
            "requesterror: send request failed",
            "no such host",
            "signal: killed",
            "connection refused",
            "network is unreachable");
    if (any(text, "descriptor matching platform", "exec format error", "descriptor for platform")) {
      return WRONG_ARCHITECTURE;
    }
    if (any(text, "insufficientfreeaddresses", "resource:eni")) {
      return SUBNET_EXHAUSTED;
    }
    if (text.contains("outofmemory")) {
      return OUT_OF_MEMORY;
    }
    if (any(text, "validate logger args", "initialize logging driver")) {
      return logging(text, denied, silent);
    }
    if (any(text, "from asm", "from ssm", "secrets manager", "getsecretvalue", "ssm:getparameters")
        && !any(text, "registry auth from amazon ecr", "getauthorizationtoken")) {
      return denied ? SECRETS_DENIED : silent ? SECRETS_UNREACHABLE : SECRET_MISSING;
    }
    return pulling(text, denied, silent);
  }

  /** A task that cannot reach CloudWatch says that the log group cannot be found. */
  private static StopReason logging(String text, boolean denied, boolean silent) {
    if (denied) {
      return LOGS_DENIED;
    }
    return text.contains("resourcenotfoundexception") || !silent
        ? LOG_GROUP_MISSING
        : LOGS_UNREACHABLE;
  }

  private static StopReason pulling(String text, boolean denied, boolean silent) {
    boolean authorising = any(text, "registry auth", "getauthorizationtoken");
    boolean pulling =
        any(text, "cannotpullcontainer", "can’t pull the image", "can't pull the image");
    if (!authorising && !pulling) {
      return OTHER;
    }
    if (any(text, "toomanyrequests", "rate limit", ": 429")) {
      return PULL_RATE_LIMIT;
    }
    if (denied || any(text, "insufficient_scope", "check that the role has the permissions")) {
      return PULL_DENIED;
    }
    if (silent) {
      boolean layers =
          any(
              text,
              "failed to copy",
              "httpreadseeker",
              "starport-layer-bucket",
              "pulling image configuration");
      return authorising && !pulling
          ? REGISTRY_API_UNREACHABLE
          : layers ? LAYERS_UNREACHABLE : REGISTRY_UNREACHABLE;
    }
    return any(text, "not found", "manifest unknown", "does not exist") ? IMAGE_NOT_FOUND : OTHER;
  }

  /** Whether the network is to blame. */
  boolean unreachable() {
    return this == REGISTRY_API_UNREACHABLE
        || this == REGISTRY_UNREACHABLE
        || this == LAYERS_UNREACHABLE
        || this == LOGS_UNREACHABLE
        || this == SECRETS_UNREACHABLE;
  }

  private static boolean any(String text, String... words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
