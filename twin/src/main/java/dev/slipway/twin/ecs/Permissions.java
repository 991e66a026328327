package dev.slipway.twin.ecs;

import dev.slipway.twin.iam.Authority;
import dev.slipway.twin.world.World;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** What the execution role of a task may do. */
final class Permissions {

  private static final String TASKS = "ecs-tasks.amazonaws.com";

  private final World world;
  private final Authority authority;

  Permissions(World world, Authority authority) {
    this.world = world;
    this.authority = authority;
  }

  /** The first role of a task definition that ECS cannot assume. */
  Optional<String> unassumableRole(String executionRole, String taskRole) {
    for (String role : new String[] {executionRole, taskRole}) {
      if (role != null && !role.isEmpty() && !authority.canAssume(arn(role), TASKS)) {
        return Optional.of(arn(role));
      }
    }
    return Optional.empty();
  }

  /** The sentence of the denial, when the execution role may not do it. */
  Optional<String> denial(TaskRow task, TaskDefinition definition, String action, String on) {
    String role = executionRole(task, definition);
    Authority.Decision decision = authority.authorize(role, action, on, Map.of());
    if (decision.allowed()) {
      return Optional.empty();
    }
    String session =
        "arn:aws:sts::"
            + world.account()
            + ":assumed-role/"
            + EcsState.lastPart(role)
            + "/"
            + task.id();
    return Optional.of(StartTexts.denied(session, action, on, decision.reason()));
  }

  private String executionRole(TaskRow task, TaskDefinition definition) {
    String override =
        task.task().overrides() == null ? null : task.task().overrides().executionRoleArn();
    return arn(override == null ? definition.executionRoleArn() : override);
  }

  /** The ARN of a role that may be given by its name. */
  private String arn(String role) {
    if (role == null || role.startsWith("arn:")) {
      return role == null ? "" : role;
    }
    return "arn:aws:iam::" + world.account() + ":role/" + role;
  }
}
