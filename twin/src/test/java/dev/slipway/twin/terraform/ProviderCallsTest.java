package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * Every API call that the real provider makes, with every parameter that it sends: the twin has the
 * operation and refuses no parameter for being unknown to it.
 */
class ProviderCallsTest {

  /** Names the directory of the facts about the real provider, where they are at hand. */
  private static final String FACTS = "SLIPWAY_PROVIDER_FACTS";

  private static final Map<String, String> PACKAGES =
      Map.of(
          "Application Auto Scaling", "applicationautoscaling",
          "CloudWatch Logs", "cloudwatchlogs",
          "Elastic Load Balancing v2", "elasticloadbalancingv2");

  /** Members of which a value, and not the member, may be unknown to the twin. */
  private static final Map<String, String> CHOICES =
      Map.of(
          "Protocol", "HTTP",
          "ProtocolVersion", "HTTP1",
          "HealthCheckProtocol", "HTTP",
          "IpAddressType", "ipv4",
          "Type", "application",
          "TargetType", "ip",
          "ServiceNamespace", "ecs",
          "ScalableDimension", "ecs:service:DesiredCount");

  @Test
  void hasEveryCallOfTheRealProviderWithItsParameters(@TempDir Path directory) throws Exception {
    String facts = System.getenv(FACTS);
    assumeTrue(facts != null, FACTS + " does not name a directory");
    JsonNode calls = new ObjectMapper().readTree(Files.readString(Path.of(facts, "calls.json")));
    List<String> problems = new ArrayList<>();
    try (TestWorlds worlds = new TestWorlds(directory)) {
      World world = worlds.worlds().of("123456789012", "eu-west-1");
      calls
          .path("request_parameters")
          .properties()
          .forEach(call -> {
            String problem = problem(world, call.getKey(), call.getValue());
            if (!problem.isEmpty()) {
              problems.add(call.getKey() + ": " + problem);
            }
          });
    }

    assertThat(calls.path("request_parameters").size()).isGreaterThan(100);
    assertThat(problems).isEmpty();
  }

  private static String problem(World world, String call, JsonNode parameters) {
    int dot = call.lastIndexOf('.');
    String service = call.substring(0, dot);
    String servicePackage = PACKAGES.getOrDefault(service, service.toLowerCase(Locale.ROOT));
    Optional<Class<?>> type =
        world.operations().requestType(servicePackage, call.substring(dot + 1));
    if (type.isEmpty()) {
      return "the twin does not have it";
    }
    SdkPojo builder = builder(type.get());
    for (JsonNode parameter : parameters) {
      Optional<SdkField<?>> field =
          builder.sdkFields().stream()
              .filter(each ->
                  each.memberName().equalsIgnoreCase(parameter.asText())
                      || each.locationName().equalsIgnoreCase(parameter.asText()))
              .findFirst();
      if (field.isPresent()) {
        field.get().set(builder, sample(field.get()));
      }
    }
    return refusal(world, (SdkRequest) ((SdkBuilder<?, ?>) builder).build());
  }

  // AWS refuses most samples, as nothing of their names is there; what counts is why.
  private static String refusal(World world, SdkRequest request) {
    try {
      world.operations().invoke(request);
      return "";
    } catch (AwsError e) {
      boolean unknown =
          e.status() == 501 || e.getMessage().toLowerCase(Locale.ROOT).contains("twin");
      return unknown ? e.code() + " " + e.getMessage() : "";
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  private static Object sample(SdkField<?> field) {
    return switch (field.marshallingType().getTargetClass().getSimpleName()) {
      case "String" -> CHOICES.getOrDefault(String.valueOf(field.memberName()), "probe");
      case "Integer" -> 1;
      case "Long" -> 1L;
      case "Double" -> 1.0;
      case "Float" -> 1.0f;
      case "BigDecimal" -> BigDecimal.ONE;
      case "Boolean" -> false;
      case "Instant" -> Instant.EPOCH;
      case "SdkBytes" -> SdkBytes.fromUtf8String("probe");
      case "Map" -> Map.of();
      case "List" -> {
        Object element = sample(field.getTrait(ListTrait.class).memberFieldInfo());
        yield element == null ? null : List.of(element);
      }
      // What is in a structure is for the stack tests, which make whole ones.
      default -> null;
    };
  }

  private static SdkPojo builder(Class<?> type) {
    try {
      return (SdkPojo) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
