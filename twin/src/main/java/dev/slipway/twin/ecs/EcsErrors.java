package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import java.util.Collection;
import java.util.Map;

/** The refusals of ECS. Source: the SDK's exception names; texts as seen on AWS. */
final class EcsErrors {

  private EcsErrors() {}

  static AwsError client(String message) {
    return AwsError.of("ClientException", message);
  }

  static AwsError invalid(String message) {
    return AwsError.of("InvalidParameterException", message);
  }

  static AwsError clusterNotFound() {
    return AwsError.of("ClusterNotFoundException", "Cluster not found.");
  }

  static AwsError serviceNotFound() {
    return AwsError.of("ServiceNotFoundException", "Service not found.");
  }

  static AwsError serviceNotActive() {
    return AwsError.of("ServiceNotActiveException", "Service was not ACTIVE.");
  }

  static AwsError unassumableRole(String roleArn) {
    return client(unassumableRoleText(roleArn));
  }

  /** Source: RunTask's ClientException and, inside parentheses, the service event. */
  static String unassumableRoleText(String roleArn) {
    return "ECS was unable to assume the role '"
        + roleArn
        + "' that was provided for this task. Please verify that the role being passed has the"
        + " proper trust relationship and permissions and that your IAM user has permissions to"
        + " pass this role.";
  }

  /** Refuses a parameter that AWS has and the twin has not. */
  static AwsError unsupported(String what) {
    return invalid(what + " is not supported by the twin.");
  }

  /** Refuses each parameter that was set. */
  static void refuse(Map<String, Object> parameters) {
    parameters.forEach((name, value) -> {
      boolean given =
          switch (value) {
            case Collection<?> items -> !items.isEmpty();
            case Boolean flag -> flag;
            default -> true;
          };
      if (given) {
        throw unsupported(name);
      }
    });
  }
}
