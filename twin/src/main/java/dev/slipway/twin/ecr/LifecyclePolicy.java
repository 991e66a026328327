package dev.slipway.twin.ecr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A lifecycle policy, its rules by ascending priority. Source: ECR user guide,
 * lifecycle_policy_parameters.
 */
record LifecyclePolicy(List<Rule> rules) {

  private static final Set<String> TAG_STATUSES = Set.of("tagged", "untagged", "any");
  private static final Set<String> COUNT_TYPES =
      Set.of("imageCountMoreThan", "sinceImagePushed", "sinceImagePulled");

  /** A rule; the lists are empty unless it is about tagged images. */
  record Rule(
      int priority,
      String tagStatus,
      List<String> prefixes,
      List<String> patterns,
      String countType,
      int countNumber) {}

  static LifecyclePolicy parse(String text) {
    JsonNode json;
    try {
      json =
          new ObjectMapper()
              .readTree(
                  Parameters.required(text, "InvalidParameterException", "lifecyclePolicyText"));
    } catch (JsonProcessingException e) {
      throw invalid("the text is not JSON");
    }
    List<Rule> rules = new ArrayList<>();
    json.path("rules").forEach(rule -> rules.add(rule(rule)));
    if (rules.isEmpty() || rules.size() > 50) {
      throw invalid("a policy has between 1 and 50 rules");
    }
    rules.sort(Comparator.comparingInt(Rule::priority));
    checkTogether(rules);
    return new LifecyclePolicy(List.copyOf(rules));
  }

  private static Rule rule(JsonNode json) {
    JsonNode selection = json.path("selection");
    int priority = json.path("rulePriority").asInt();
    Rule rule =
        new Rule(
            priority,
            selection.path("tagStatus").asText(""),
            texts(selection.path("tagPrefixList")),
            texts(selection.path("tagPatternList")),
            selection.path("countType").asText(""),
            selection.path("countNumber").asInt());
    require(priority >= 1, "rulePriority is 1 or more");
    String action = json.path("action").path("type").asText("");
    require(!action.equals("transition"), "the action transition is not supported by the twin");
    require(action.equals("expire"), "the action's type is expire");
    require(TAG_STATUSES.contains(rule.tagStatus()), "tagStatus is tagged, untagged or any");
    require(COUNT_TYPES.contains(rule.countType()), "countType is one of " + COUNT_TYPES);
    require(rule.countNumber() >= 1, "countNumber is 1 or more");
    boolean days = selection.path("countUnit").asText("").equals("days");
    boolean counts = rule.countType().equals("imageCountMoreThan");
    require(counts ? !selection.has("countUnit") : days, "countUnit is days, for ages only");
    boolean names = rule.prefixes().isEmpty() != rule.patterns().isEmpty();
    require(
        rule.tagStatus().equals("tagged")
            ? names
            : rule.prefixes().isEmpty() && rule.patterns().isEmpty(),
        "tagged images, and only they, are chosen by tagPrefixList or tagPatternList");
    return rule;
  }

  private static void checkTogether(List<Rule> rules) {
    Set<Integer> priorities = new HashSet<>();
    rules.forEach(rule -> require(priorities.add(rule.priority()), "rulePriority is unique"));
    List<Rule> any = rules.stream().filter(r -> r.tagStatus().equals("any")).toList();
    require(any.size() <= 1, "at most one rule has tagStatus any");
    require(
        any.isEmpty() || any.getFirst() == rules.getLast(),
        "the rule with tagStatus any has the highest rulePriority");
    long untagged = rules.stream().filter(r -> r.tagStatus().equals("untagged")).count();
    require(untagged <= 1, "at most one rule has tagStatus untagged");
  }

  private static List<String> texts(JsonNode array) {
    List<String> found = new ArrayList<>();
    array.forEach(item -> found.add(item.asText()));
    return List.copyOf(found);
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw invalid(rule);
    }
  }

  private static AwsError invalid(String why) {
    return EcrErrors.invalid("LifecyclePolicyText", "Lifecycle policy validation failure: " + why);
  }
}
