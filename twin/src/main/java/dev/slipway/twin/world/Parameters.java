package dev.slipway.twin.world;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** Refuses parameters that nobody would look at, and requests that lack one. */
public final class Parameters {

  private Parameters() {}

  /**
   * Refuses a request, or a structure in one, that sets a member which the twin does not look at.
   *
   * @param refusal makes the error from the member's name
   * @param known the members that the twin looks at, as the service model names them
   */
  public static void only(SdkPojo request, Function<String, AwsError> refusal, String... known) {
    Set<String> names = Set.of(known);
    for (SdkField<?> field : request.sdkFields()) {
      if (!names.contains(field.memberName()) && isSet(field.getValueOrDefault(request))) {
        throw refusal.apply(field.memberName());
      }
    }
  }

  /**
   * A member that a request must have.
   *
   * @param code of the error without it, which services differ in
   * @param name of the member as the error spells it
   * @throws AwsError when it is not there. Source: the validation errors of SSM, ELBv2 and IAM
   */
  public static <T> T required(T value, String code, String name) {
    if (value == null) {
      throw AwsError.of(
          code,
          "1 validation error detected: Value null at '"
              + name
              + "' failed to satisfy constraint: Member must not be null");
    }
    return value;
  }

  private static boolean isSet(Object value) {
    return switch (value) {
      case null -> false;
      case SdkAutoConstructList<?> list -> false;
      case SdkAutoConstructMap<?, ?> map -> false;
      case Collection<?> collection -> !collection.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      default -> true;
    };
  }
}
