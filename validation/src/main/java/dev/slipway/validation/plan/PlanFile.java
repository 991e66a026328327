package dev.slipway.validation.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code terraform show -json PLAN} prints. Source: Terraform, JSON output format 1.x.
 *
 * @param resources everything that will be there, and the answers of data sources
 * @param removed what will be gone, with the values that it has now
 * @param changes what is done with each resource, the answers of data sources left out
 * @param configuration the root module as it is written
 * @param region the region, empty when nothing tells
 * @param account the account's id, empty when nothing tells
 */
record PlanFile(
    List<Planned> resources,
    List<Planned> removed,
    List<Change> changes,
    JsonNode configuration,
    String region,
    String account) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a plan.
   *
   * @throws BadPlan when the text is no plan
   */
  static PlanFile parse(String text) throws BadPlan {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JacksonException e) {
      throw new BadPlan("it is no JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.path("format_version").asText("").startsWith("1.")) {
      throw new BadPlan(
          root.has("terraform_version") || root.has("format_version")
              ? "its format version is " + root.path("format_version").asText("missing")
              : "it is not what terraform show -json prints");
    }
    if (!root.has("planned_values") || !root.has("configuration")) {
      throw new BadPlan("it is a state and not a plan");
    }
    Map<String, JsonNode> unknown = new HashMap<>();
    List<Planned> removed = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (JsonNode change : root.path("resource_changes")) {
      JsonNode how = change.path("change");
      unknown.put(change.path("address").asText(), how.path("after_unknown"));
      if (change.path("mode").asText().equals("managed")) {
        changes.add(Change.of(change));
      }
      if (change.path("mode").asText().equals("managed")
          && how.path("actions").size() == 1
          && how.path("actions").path(0).asText().equals("delete")) {
        removed.add(
            planned(change, moduleOf(change), how.path("before"), MissingNode.getInstance()));
      }
    }
    List<Planned> all = new ArrayList<>();
    collect(root.path("planned_values").path("root_module"), unknown, false, all);
    Set<String> seen = new java.util.HashSet<>(all.stream().map(Planned::address).toList());
    List<Planned> answers = new ArrayList<>();
    collect(root.path("prior_state").path("values").path("root_module"), unknown, true, answers);
    answers.stream().filter(a -> !seen.contains(a.address())).forEach(all::add);
    JsonNode configuration = root.path("configuration");
    return new PlanFile(
        List.copyOf(all),
        List.copyOf(removed),
        List.copyOf(changes),
        configuration.path("root_module"),
        region(all, configuration, root.path("variables")),
        account(all));
  }

  /** The resources of some types, in the plan's order. */
  List<Planned> all(String... types) {
    Set<String> wanted = Set.of(types);
    return resources.stream().filter(r -> !r.data() && wanted.contains(r.type())).toList();
  }

  /** The answers of data sources of a type. */
  List<Planned> answers(String type) {
    return resources.stream().filter(r -> r.data() && r.type().equals(type)).toList();
  }

  private static void collect(
      JsonNode module, Map<String, JsonNode> unknown, boolean answers, List<Planned> into) {
    for (JsonNode node : module.path("resources")) {
      boolean data = node.path("mode").asText().equals("data");
      if (data || !answers) {
        JsonNode open =
            unknown.getOrDefault(node.path("address").asText(), MissingNode.getInstance());
        into.add(planned(node, module.path("address").asText(""), node.path("values"), open));
      }
    }
    for (JsonNode child : module.path("child_modules")) {
      collect(child, unknown, answers, into);
    }
  }

  private static Planned planned(JsonNode node, String module, JsonNode values, JsonNode unknown) {
    return new Planned(
        node.path("address").asText(),
        module,
        node.path("type").asText(),
        node.path("name").asText(),
        node.path("index").asText(""),
        values,
        unknown,
        node.path("mode").asText().equals("data"));
  }

  private static String moduleOf(JsonNode change) {
    return change.path("module_address").asText("");
  }

  private static String region(List<Planned> all, JsonNode configuration, JsonNode variables) {
    Optional<String> answered =
        all.stream()
            .filter(r -> r.data() && r.type().equals("aws_region"))
            .map(r -> r.text("region", r.text("name", r.text("id"))))
            .filter(r -> !r.isEmpty())
            .findFirst();
    JsonNode region =
        configuration.path("provider_config").path("aws").path("expressions").path("region");
    String variable = region.path("references").path(0).asText("");
    Optional<String> zone =
        all.stream()
            .filter(r -> r.type().equals("aws_subnet"))
            .map(r -> r.text("availability_zone"))
            .filter(z -> z.matches("[a-z]+(-[a-z]+)+-\\d[a-z]"))
            .map(z -> z.substring(0, z.length() - 1))
            .findFirst();
    return answered
        .or(() -> Optional.of(Planned.text(region.path("constant_value"))))
        .filter(r -> !r.isEmpty())
        .or(() ->
            Optional.of(
                Planned.text(variables.path(variable.replaceFirst("^var\\.", "")).path("value"))))
        .filter(r -> !r.isEmpty())
        .or(() -> zone)
        .orElse("");
  }

  /** From whatever names it: a data source, or the ARN of something that is there already. */
  private static String account(List<Planned> all) {
    return all.stream()
        .flatMap(r ->
            java.util.stream.Stream.of(
                r.type().equals("aws_caller_identity") ? r.text("account_id") : "",
                dev.slipway.validation.observe.Arns.account(r.text("arn"))))
        .filter(a -> a.matches("\\d{12}"))
        .findFirst()
        .orElse("");
  }
}
