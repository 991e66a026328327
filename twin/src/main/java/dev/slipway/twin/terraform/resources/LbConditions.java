package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.value.Attributes;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/** The conditions of listener rules, between Terraform's blocks and ELBv2's class. */
final class LbConditions {

  private LbConditions() {}

  /** Conditions for a request; a block with several kinds comes to one condition each. */
  static List<RuleCondition> toConditions(List<Attributes> blocks) {
    List<RuleCondition> conditions = new ArrayList<>();
    for (Attributes block : blocks) {
      block
          .block("host_header")
          .ifPresent(one ->
              conditions.add(
                  RuleCondition.builder()
                      .field("host-header")
                      .hostHeaderConfig(c -> c.values(one.texts("values")))
                      .build()));
      block
          .block("http_header")
          .ifPresent(one ->
              conditions.add(
                  RuleCondition.builder()
                      .field("http-header")
                      .httpHeaderConfig(c ->
                          c.httpHeaderName(one.text("http_header_name"))
                              .values(one.texts("values")))
                      .build()));
      block
          .block("http_request_method")
          .ifPresent(one ->
              conditions.add(
                  RuleCondition.builder()
                      .field("http-request-method")
                      .httpRequestMethodConfig(c -> c.values(one.texts("values")))
                      .build()));
      block
          .block("path_pattern")
          .ifPresent(one ->
              conditions.add(
                  RuleCondition.builder()
                      .field("path-pattern")
                      .pathPatternConfig(c -> c.values(one.texts("values")))
                      .build()));
      if (!block.blocks("query_string").isEmpty()) {
        conditions.add(queryString(block.blocks("query_string")));
      }
      block
          .block("source_ip")
          .ifPresent(one ->
              conditions.add(
                  RuleCondition.builder()
                      .field("source-ip")
                      .sourceIpConfig(c -> c.values(one.texts("values")))
                      .build()));
    }
    return conditions;
  }

  /** Blocks for the state. */
  static List<Attributes> toBlocks(List<RuleCondition> conditions) {
    return conditions.stream().map(LbConditions::toBlock).toList();
  }

  private static RuleCondition queryString(List<Attributes> blocks) {
    List<QueryStringKeyValuePair> pairs =
        blocks.stream()
            .map(one ->
                QueryStringKeyValuePair.builder()
                    .key(one.text("key"))
                    .value(one.text("value"))
                    .build())
            .toList();
    return RuleCondition.builder()
        .field("query-string")
        .queryStringConfig(c -> c.values(pairs))
        .build();
  }

  private static Attributes toBlock(RuleCondition condition) {
    Attributes block =
        new Attributes()
            .setNoBlocks(
                "host_header",
                "http_header",
                "http_request_method",
                "path_pattern",
                "query_string",
                "source_ip");
    switch (condition.field()) {
      case "host-header" ->
          block.setBlock(
              "host_header",
              values(
                  condition.hostHeaderConfig() == null
                      ? condition.values()
                      : condition.hostHeaderConfig().values()));
      case "http-header" ->
          block.setBlock(
              "http_header",
              values(condition.httpHeaderConfig().values())
                  .set("http_header_name", condition.httpHeaderConfig().httpHeaderName()));
      case "http-request-method" ->
          block.setBlock(
              "http_request_method", values(condition.httpRequestMethodConfig().values()));
      case "path-pattern" ->
          block.setBlock(
              "path_pattern",
              values(
                  condition.pathPatternConfig() == null
                      ? condition.values()
                      : condition.pathPatternConfig().values()));
      case "query-string" ->
          block.setBlocks(
              "query_string",
              condition.queryStringConfig().values().stream()
                  .map(pair ->
                      new Attributes().setText("key", pair.key()).set("value", pair.value()))
                  .toList());
      default -> block.setBlock("source_ip", values(condition.sourceIpConfig().values()));
    }
    return block;
  }

  private static Attributes values(List<String> values) {
    return new Attributes().setTexts("values", values);
  }
}
