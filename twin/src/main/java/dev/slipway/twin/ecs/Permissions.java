package dev.slipway.twin.ecs;

import dev.slipway.twin.iam.Authority;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** What the execution role of a task may do. */
final class Permissions {

  private static final String TASKS = "ecs-tasks.amazonaws.com";

  private final World world;
  private final Authority authority;
  private final Dials dials;

  Permissions(World world, Authority authority, Dials dials) {
    this.world = world;
    this.authority = authority;
    this.dials = dials;
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

  /**
   * The sentence of the denial, when the execution role may not do it, or the policy of the VPC
   * endpoint on the way does not let it.
   *
   * @param service the service that is called, as {@link Dials} names it
   */
  Optional<String> denial(
      TaskRow task, TaskDefinition definition, String service, String action, String on) {
    String role = executionRole(task, definition);
    Optional<Dials.Endpoint> endpoint = dials.endpoint(task, service);
    Authority.Decision decision =
        authority.authorize(role, action, on, identityContext(action, endpoint));
    if (decision.allowed() && endpoint.isPresent()) {
      decision =
          authority.throughEndpoint(
              endpoint.get().policy(), role, action, on, endpoint.get().context());
    }
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

  /** Why a secret cannot be decrypted for the execution role. */
  Optional<AwsError> sealedSecret(TaskRow task, TaskDefinition definition, String secret) {
    return authority.sealedSecret(executionRole(task, definition), secret);
  }

  /** Why a parameter cannot be decrypted for the execution role. */
  Optional<AwsError> sealedParameter(TaskRow task, TaskDefinition definition, String name) {
    return authority.sealedParameter(executionRole(task, definition), name);
  }

  /** Whether the policy of the endpoint on the way lets a call pass that no role signs. */
  boolean passesUnsigned(TaskRow task, String service, String action, String on) {
    return dials
        .endpoint(task, service)
        .map(e -> authority.throughEndpoint(e.policy(), "", action, on, e.context()).allowed())
        .orElse(true);
  }

  /**
   * The keys that an endpoint adds to a call. The call for ECR's token never has them. Source: ECR
   * user guide, VPC endpoints, considerations.
   */
  private static Map<String, String> identityContext(
      String action, Optional<Dials.Endpoint> endpoint) {
    return action.equals("ecr:GetAuthorizationToken")
        ? Map.of()
        : endpoint.map(Dials.Endpoint::context).orElse(Map.of());
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
