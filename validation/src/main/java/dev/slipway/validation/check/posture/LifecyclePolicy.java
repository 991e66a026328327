package dev.slipway.validation.check.posture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.ImageDetail;

/**
 * The rules of an ECR lifecycle policy. Source: ECR user guide, LifecyclePolicies.
 *
 * @param rules the rules, that of the lowest priority number first
 */
record LifecyclePolicy(List<Rule> rules) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Which images a rule is about. */
  enum TagStatus {
    /** Images with a tag. */
    TAGGED,
    /** Images without any. */
    UNTAGGED,
    /** All images. */
    ANY
  }

  /** What makes an image of a rule go. */
  enum Count {
    /** Days since it was pushed. */
    SINCE_PUSHED,
    /** Days since it was pulled, or pushed when it never was. */
    SINCE_PULLED,
    /** More than so many younger ones. */
    MORE_THAN,
    /** Something that is not known here. */
    UNKNOWN
  }

  /**
   * A rule.
   *
   * @param priority its number
   * @param status which images it is about
   * @param tags patterns that must all match some tag of an image; empty for any tag
   * @param count what makes an image go
   * @param number days, or images
   */
  record Rule(int priority, TagStatus status, List<Pattern> tags, Count count, long number) {

    /** Whether an image is one of those that the rule is about. */
    boolean about(ImageDetail image) {
      boolean tagged = !image.imageTags().isEmpty();
      return switch (status) {
        case ANY -> true;
        case UNTAGGED -> !tagged;
        case TAGGED ->
            tagged
                && tags.stream()
                    .allMatch(
                        p -> image.imageTags().stream().anyMatch(t -> p.matcher(t).matches()));
      };
    }
  }

  /** A policy by its JSON; empty when it cannot be understood. */
  static Optional<LifecyclePolicy> parse(String text) {
    try {
      List<Rule> rules = new ArrayList<>();
      for (JsonNode rule : JSON.readTree(text).path("rules")) {
        JsonNode selection = rule.path("selection");
        rules.add(
            new Rule(
                rule.path("rulePriority").asInt(),
                TagStatus.valueOf(selection.path("tagStatus").asText().toUpperCase(Locale.ROOT)),
                patterns(selection),
                count(selection),
                selection.path("countNumber").asLong()));
      }
      rules.sort(Comparator.comparingInt(Rule::priority));
      return Optional.of(new LifecyclePolicy(List.copyOf(rules)));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether every rule can be evaluated. */
  boolean known() {
    return rules.stream().noneMatch(r -> r.count() == Count.UNKNOWN);
  }

  /** A prefix is a pattern that goes on as it likes; in patterns only the asterisk is special. */
  private static List<Pattern> patterns(JsonNode selection) {
    List<Pattern> all = new ArrayList<>();
    selection
        .path("tagPrefixList")
        .forEach(p -> all.add(Pattern.compile(Pattern.quote(p.asText()) + ".*")));
    selection.path("tagPatternList").forEach(p -> all.add(wildcards(p.asText())));
    return List.copyOf(all);
  }

  private static Pattern wildcards(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("\\*", -1)) {
      parts.add(Pattern.quote(part));
    }
    return Pattern.compile(String.join(".*", parts));
  }

  private static Count count(JsonNode selection) {
    String type = selection.path("countType").asText();
    boolean days = "days".equals(selection.path("countUnit").asText("days"));
    return switch (type) {
      case "imageCountMoreThan" -> Count.MORE_THAN;
      case "sinceImagePushed" -> days ? Count.SINCE_PUSHED : Count.UNKNOWN;
      case "sinceImagePulled" -> days ? Count.SINCE_PULLED : Count.UNKNOWN;
      default -> Count.UNKNOWN;
    };
  }
}
