package dev.slipway.twin.elbv2;

import dev.slipway.twin.world.AwsError;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;

/** The errors of this service, and the refusal of what the twin does not have. */
final class Refusal {

  private Refusal() {}

  /** The error of a request that is not valid. */
  static AwsError validation(String message) {
    return AwsError.of("ValidationError", message);
  }

  /** The error of settings that do not go together. */
  static AwsError invalid(String message) {
    return AwsError.of("InvalidConfigurationRequest", message);
  }

  /** An error with a code of its own. */
  static AwsError error(String code, String message) {
    return AwsError.of(code, message);
  }

  /** The error for something that AWS has and the twin lacks. */
  static AwsError unsupported(String what) {
    return AwsError.of("InvalidConfigurationRequest", what + " is not supported by the twin");
  }

  static AwsError noTargetGroup() {
    return AwsError.of("TargetGroupNotFound", "One or more target groups not found");
  }

  static AwsError noListener() {
    return AwsError.of("ListenerNotFound", "One or more listeners not found");
  }

  static AwsError noRule() {
    return AwsError.of("RuleNotFound", "One or more rules not found");
  }

  static AwsError noLoadBalancer() {
    return AwsError.of("LoadBalancerNotFound", "One or more load balancers not found");
  }

  /** Refuses, by its name, every field that is set and not in the list. */
  static void unlessOnly(SdkPojo request, Set<String> supported) {
    for (var field : request.sdkFields()) {
      Object value = field.getValueOrDefault(request);
      boolean set = value != null && !(value instanceof SdkAutoConstructList);
      if (set && !supported.contains(field.memberName())) {
        throw unsupported("the parameter " + field.memberName());
      }
    }
  }

  /** Requires a number to lie in a range; absent numbers are fine. */
  static void outside(String field, Integer value, int least, int most) {
    if (value == null || (value >= least && value <= most)) {
      return;
    }
    String bound =
        value < least ? "greater than or equal to " + least : "less than or equal to " + most;
    throw validation(
        "1 validation error detected: Value '"
            + value
            + "' at '"
            + field
            + "' failed to satisfy constraint: Member must have value "
            + bound);
  }

  /** Requires a parameter. */
  static void missing(String field, Object value) {
    if (value == null || (value instanceof String text && text.isEmpty())) {
      throw validation(
          "1 validation error detected: Value null at '"
              + field
              + "' failed to satisfy constraint: Member must not be null");
    }
  }
}
