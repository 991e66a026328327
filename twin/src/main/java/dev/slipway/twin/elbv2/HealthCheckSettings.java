package dev.slipway.twin.elbv2;

import dev.slipway.twin.world.AwsError;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * How the targets of a group are checked. Source: ELBv2 API reference, CreateTargetGroup; ELB user
 * guide, target-group-health-checks.
 */
final class HealthCheckSettings {

  static final String TRAFFIC_PORT = "traffic-port";
  private static final int LONGEST_PATH = 1024;

  private HealthCheckSettings() {}

  /** The defaults of an HTTP target group. */
  static TargetGroup.Builder defaults(TargetGroup.Builder group) {
    return group
        .healthCheckEnabled(true)
        .healthCheckProtocol(ProtocolEnum.HTTP)
        .healthCheckPort(TRAFFIC_PORT)
        .healthCheckPath("/")
        .healthCheckIntervalSeconds(30)
        .healthCheckTimeoutSeconds(5)
        .healthyThresholdCount(5)
        .unhealthyThresholdCount(2)
        .matcher(Matcher.builder().httpCode("200").build());
  }

  /** Refuses settings that AWS refuses, and those that the twin lacks. */
  static void check(TargetGroup group) {
    if (!group.healthCheckEnabled()) {
      throw Refusal.validation(
          "Health check enabled must be true for target groups with target type '"
              + group.targetTypeAsString()
              + "'");
    }
    if (group.healthCheckProtocol() != ProtocolEnum.HTTP
        && group.healthCheckProtocol() != ProtocolEnum.HTTPS) {
      throw Refusal.unsupported("the health check protocol " + group.healthCheckProtocolAsString());
    }
    Refusal.outside("healthCheckIntervalSeconds", group.healthCheckIntervalSeconds(), 5, 300);
    Refusal.outside("healthCheckTimeoutSeconds", group.healthCheckTimeoutSeconds(), 2, 120);
    Refusal.outside("healthyThresholdCount", group.healthyThresholdCount(), 2, 10);
    Refusal.outside("unhealthyThresholdCount", group.unhealthyThresholdCount(), 2, 10);
    if (group.healthCheckTimeoutSeconds() > group.healthCheckIntervalSeconds()) {
      throw Refusal.validation(
          "Health check timeout '"
              + group.healthCheckTimeoutSeconds()
              + "' must be smaller than or equal to the interval '"
              + group.healthCheckIntervalSeconds()
              + "'");
    }
    checkPath(group.healthCheckPath());
    checkPort(group.healthCheckPort());
    if (group.matcher().grpcCode() != null) {
      throw Refusal.unsupported("the parameter Matcher.GrpcCode");
    }
    StatusMatcher.check(group.matcher().httpCode());
  }

  private static void checkPath(String path) {
    if (!path.startsWith("/") || path.length() > LONGEST_PATH) {
      throw Refusal.validation(
          "Health check path '"
              + path
              + "' must begin with a '/' character and have at most 1024 characters");
    }
  }

  private static void checkPort(String port) {
    if (!port.equals(TRAFFIC_PORT) && !AttributeSet.isNumber(port, 1, 65_535)) {
      throw AwsError.of(
          "ValidationError",
          "Health check port '" + port + "' must be 'traffic-port' or between '1' and '65535'");
    }
  }
}
