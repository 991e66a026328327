package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A stack with every kind of resource, against what the real provider made of it. */
class ReferenceStackTest extends StackTest {

  /** Names the directory of the facts about the real provider, where they are at hand. */
  private static final String FACTS = "SLIPWAY_PROVIDER_FACTS";

  /** What the API mock under the real provider left out or made up, and AWS does not. */
  private static final Set<String> OF_THE_MOCK =
      Set.of(
          "aws_budgets_budget.time_period_start",
          "aws_cloudwatch_log_group.log_group_class",
          "aws_ecs_service.iam_role",
          "aws_ecs_service.platform_version",
          "aws_eip.carrier_ip",
          "aws_eip.network_border_group",
          "aws_eip.public_ipv4_pool",
          "aws_lb.dns_record_client_routing_policy",
          "aws_lb_listener.ssl_policy",
          "aws_lb_target_group.load_balancing_anomaly_mitigation",
          "aws_lb_target_group.stickiness",
          "aws_s3_bucket.request_payer",
          "aws_s3_bucket.server_side_encryption_configuration",
          "aws_sns_topic.policy",
          "aws_sns_topic.signature_version",
          "aws_sns_topic.tracing_config",
          "aws_vpc.dhcp_options_id",
          "aws_vpc_endpoint.cidr_blocks",
          "aws_vpc_endpoint.dns_entry",
          "aws_vpc_endpoint.dns_options",
          "aws_vpc_endpoint.ip_address_type",
          "data.aws_availability_zones.group_names");

  @Test
  void settlesAndLeavesNothing() throws IOException {
    terraform.configWithoutHead(reference()).apply();
    settled();
    terraform.destroy();
    assertThat(terraform.run("state", "list").output()).isEmpty();
  }

  @Test
  void leavesTheStateThatTheRealProviderLeaves() throws IOException {
    String facts = System.getenv(FACTS);
    assumeTrue(facts != null, FACTS + " does not name a directory");
    Path state = Path.of(facts, "reference-stack", "state.json");
    JsonNode real = new ObjectMapper().readTree(Files.readString(state));
    terraform.configWithoutHead(reference()).apply();
    terraform.succeed("apply", "-refresh-only", "-auto-approve");

    List<String> differences = new ArrayList<>();
    for (JsonNode resource : real.path("values").path("root_module").path("resources")) {
      String type = resource.path("type").asText();
      String prefix = resource.path("mode").asText().equals("data") ? "data." : "";
      compare(
          prefix + type,
          resource.path("values"),
          terraform.values(resource.path("address").asText()),
          differences);
    }
    assertThat(differences.stream().distinct()).isEmpty();
  }

  /** Ids and addresses are each world's own; what counts is whether there is a value. */
  private static void compare(String type, JsonNode real, JsonNode ours, List<String> differences) {
    real.properties()
        .forEach(e -> {
          String name = type + "." + e.getKey();
          if (!OF_THE_MOCK.contains(name)
              && !shape(e.getValue()).equals(shape(ours.path(e.getKey())))) {
            differences.add(name + ": " + e.getValue() + " but " + ours.path(e.getKey()));
          }
        });
  }

  private static String shape(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> "null";
      case STRING -> value.asText().isEmpty() ? "empty" : "text";
      case ARRAY -> {
        StringBuilder items = new StringBuilder("[");
        value.forEach(item -> items.append(shape(item)).append(','));
        yield items.append(']').toString();
      }
      case OBJECT -> {
        StringBuilder members = new StringBuilder("{");
        value
            .properties()
            .forEach(e -> members.append(e.getKey()).append('=').append(shape(e.getValue())));
        yield members.append('}').toString();
      }
      default -> value.toString();
    };
  }

  private static String reference() throws IOException {
    try (InputStream in = ReferenceStackTest.class.getResourceAsStream("reference-stack.tf")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
