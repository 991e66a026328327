package dev.slipway.validation.observe;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Reads what DescribeTasks hides in lists of names and values. */
public final class Tasks {

  private Tasks() {}

  /** The last part of a task's ARN. */
  public static String id(Task task) {
    return Arns.last(task.taskArn());
  }

  /** The task's own address; it is there while the task is still PROVISIONING. */
  public static Optional<String> ip(Task task) {
    return detail(task, "privateIPv4Address");
  }

  /** The task's network interface. */
  public static Optional<String> networkInterface(Task task) {
    return detail(task, "networkInterfaceId");
  }

  /** The subnet in which it was placed. */
  public static Optional<String> subnet(Task task) {
    return detail(task, "subnetId");
  }

  /** Whether it runs and is meant to. */
  public static boolean runs(Task task) {
    return "RUNNING".equals(task.lastStatus()) && "RUNNING".equals(task.desiredStatus());
  }

  /** Whether it is on its way to running. */
  public static boolean starts(Task task) {
    return "RUNNING".equals(task.desiredStatus()) && !"RUNNING".equals(task.lastStatus());
  }

  /** Whether it has ended. */
  public static boolean stopped(Task task) {
    return "STOPPED".equals(task.lastStatus());
  }

  /**
   * Whether it is known how it ended, though its network interface may not be gone yet. Source: ECS
   * developer guide, task-lifecycle-explanation: a task is STOPPED only when that is done.
   */
  public static boolean over(Task task) {
    boolean ending = "STOPPED".equals(task.desiredStatus()) && task.stopCode() != null;
    return stopped(task)
        || (ending
            && (task.stopCode() == TaskStopCode.TASK_FAILED_TO_START
                || task.containers().stream().anyMatch(c -> c.exitCode() != null)));
  }

  /** Whether it ended, or is ended, because its application failed: not scaled in or replaced. */
  public static boolean failed(Task task) {
    return task.stopCode() == TaskStopCode.ESSENTIAL_CONTAINER_EXITED
        || (task.stoppedReason() != null && task.stoppedReason().contains("health check"));
  }

  /** A container by its name. */
  public static Optional<Container> container(Task task, String name) {
    return task.containers().stream().filter(c -> name.equals(c.name())).findFirst();
  }

  /** The digest of the image that a container runs; empty while AWS does not tell it. */
  public static Optional<String> digest(Task task, String container) {
    return container(task, container).map(Container::imageDigest).filter(d -> !d.isEmpty());
  }

  private static Optional<String> detail(Task task, String name) {
    return task.attachments().stream()
        .filter(a -> List.of("ElasticNetworkInterface", "eni").contains(a.type()))
        .flatMap(a -> a.details().stream())
        .filter(d -> name.equals(d.name()) && d.value() != null)
        .map(d -> d.value())
        .findFirst();
  }
}
