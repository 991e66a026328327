package dev.slipway.validation.diagnose;

import java.util.List;
import java.util.Set;
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
  /** The execution role may not use the key that a secret is encrypted with. */
  KEY_DENIED,
  /** The execution role may not create a log stream. */
  LOGS_DENIED,
  /** The registry has no such image. */
  IMAGE_NOT_FOUND,
  /** The image is for another processor. */
  WRONG_ARCHITECTURE,
  /** The image's manifest is of a kind that the platform does not read. */
  MANIFEST_UNSUPPORTED,
  /** A public registry's limit. */
  PULL_RATE_LIMIT,
  /** The log group does not exist. */
  LOG_GROUP_MISSING,
  /** The log driver lacks an option. */
  LOG_OPTION_MISSING,
  /** The secret does not exist. */
  SECRET_MISSING,
  /** The secret exists, and is no JSON or has no such key. */
  SECRET_KEY_MISSING,
  /** The subnet has no free address. */
  SUBNET_EXHAUSTED,
  /** The task's disk is full. */
  DISK_FULL,
  /** The container's command cannot be executed. */
  COMMAND_FAILED,
  /** Fargate has no room at this time. */
  NO_CAPACITY,
  /** A quota of the account is used up. */
  QUOTA,
  /** A container used more memory than it has. */
  OUT_OF_MEMORY,
  /** An essential container ended by itself. */
  EXITED,
  /** The load balancer's or the container's health check failed. */
  UNHEALTHY,
  /**
   * Scaling, a newer deployment, a person, or AWS taking its machine back: no fault of the task.
   */
  ORDERED,
  /** Anything else. */
  OTHER;

  private static final Set<String> TAKEN_BACK =
      Set.of("SpotInterruption", "TerminationNotice", "InfrastructureHealth");

  /** The family of a stopped task's reason. */
  public static StopReason of(Task task) {
    String reason = String.valueOf(task.stoppedReason());
    List<String> containers =
        task.containers().stream().map(Container::reason).filter(r -> r != null).toList();
    if (containers.stream().anyMatch(r -> r.startsWith("OutOfMemory"))) {
      return OUT_OF_MEMORY;
    }
    if (task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED) {
      return of(String.join(" ", containers)) == COMMAND_FAILED ? COMMAND_FAILED : EXITED;
    }
    if (task.stopCode() == TaskStopCode.SERVICE_SCHEDULER_INITIATED) {
      return reason.contains("health check") ? UNHEALTHY : ORDERED;
    }
    if (task.stopCode() == TaskStopCode.USER_INITIATED
        || TAKEN_BACK.contains(String.valueOf(task.stopCodeAsString()))) {
      return ORDERED;
    }
    return of(reason + " " + String.join(" ", containers));
  }

  /** The family of a reason's words, from a task or from a service event. */
  public static StopReason of(String words) {
    return StopWords.family(words);
  }
}
