package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;

/** Checks of request parameters that all operations share. */
final class Parameters {

  private Parameters() {}

  /**
   * Refuses every parameter that is set and not among the names, and answers a dry run.
   *
   * @param names the members that the operation heeds, as the API spells them
   */
  static void only(SdkRequest request, String... names) {
    Set<String> heeded = Set.of(names);
    for (SdkField<?> field : request.sdkFields()) {
      String name = field.memberName();
      Optional<Object> value = request.getValueForField(name, Object.class);
      if (value.isEmpty() || heeded.contains(name) || isUnset(value.get())) {
        continue;
      }
      if (name.equals("DryRun")) {
        throw new AwsError(
            "DryRunOperation", 412, "Request would have succeeded, but DryRun flag is set.");
      }
      throw unsupported(name);
    }
  }

  static AwsError unsupported(String parameter) {
    return AwsError.of(
        "UnsupportedOperation", "The parameter " + parameter + " is not supported by the twin.");
  }

  /** The value of a parameter that must be there. */
  static <T> T required(String name, T value) {
    if (value == null || value.equals("") || value.equals(List.of())) {
      throw AwsError.of("MissingParameter", "The request must contain the parameter " + name);
    }
    return value;
  }

  static AwsError invalid(String value, String parameter, String why) {
    return AwsError.of(
        "InvalidParameterValue",
        "Value (%s) for parameter %s is invalid. %s".formatted(value, parameter, why));
  }

  private static boolean isUnset(Object value) {
    return value.equals(false) || (value instanceof Collection<?> many && many.isEmpty());
  }
}
