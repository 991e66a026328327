package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Operations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;

/**
 * The members of requests that no code of the twin reads, from a resource that is held against the
 * byte code. Those that say nothing to a twin are let through, each with a reason; a request that
 * sets another one is refused by the member's name.
 */
@Differs(
    value = "parameters that the twin does not have are refused with NotImplemented, by name",
    because = "a parameter that is accepted and ignored would show a behaviour that is not AWS's")
final class UnreadMembers {

  private static final Map<String, Set<String>> REFUSED = new HashMap<>();
  private static final Set<String> ALL = new HashSet<>();

  private static final ClassValue<Set<String>> BY_REQUEST =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> type) {
          String operation = Operations.servicePackage(type) + '.' + operation(type);
          return REFUSED.getOrDefault(operation, Set.of());
        }
      };

  static {
    read("refused-members.txt", true);
    read("harmless-members.txt", false);
  }

  private UnreadMembers() {}

  /** All of them, as the service, the operation and the member's name. */
  static Set<String> all() {
    return Set.copyOf(ALL);
  }

  /** Refuses a request that sets a member which would be ignored. */
  static void refuse(SdkRequest request) {
    Set<String> refused = BY_REQUEST.get(request.getClass());
    if (refused.isEmpty()) {
      return;
    }
    for (SdkField<?> field : request.sdkFields()) {
      if (refused.contains(field.memberName()) && isSet(field.getValueOrDefault(request))) {
        throw new AwsError(
            "NotImplemented",
            501,
            "the twin's "
                + operation(request.getClass())
                + " does not have the parameter "
                + field.memberName());
      }
    }
  }

  private static String operation(Class<?> requestType) {
    String name = requestType.getSimpleName();
    return name.substring(0, name.length() - "Request".length());
  }

  // What is not asked for, and an empty list, ask for nothing.
  private static boolean isSet(Object value) {
    return switch (value) {
      case null -> false;
      case Boolean asked -> asked;
      case Collection<?> many -> !many.isEmpty();
      case Map<?, ?> many -> !many.isEmpty();
      default -> true;
    };
  }

  /** A line has an operation and its members; behind a colon it says why they do no harm. */
  private static void read(String resource, boolean refused) {
    try (InputStream in = UnreadMembers.class.getResourceAsStream(resource)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        List<String> words = List.of(line.split(":", 2)[0].strip().split(" ", -1));
        Set<String> members = Set.copyOf(words.subList(1, words.size()));
        members.forEach(member -> ALL.add(words.getFirst() + ' ' + member));
        if (refused) {
          REFUSED.put(words.getFirst(), members);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
