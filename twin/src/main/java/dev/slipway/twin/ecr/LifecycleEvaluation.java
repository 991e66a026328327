package dev.slipway.twin.ecr;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a lifecycle policy expires. All rules look at all images; an image that matches the tag
 * requirement of a rule is out of reach of the rules with higher numbers; an image that an index
 * lists stays as long as the index. Source: ECR user guide, LifecyclePolicies.
 */
final class LifecycleEvaluation {

  private final Registry registry;
  private final Instant now;

  LifecycleEvaluation(Registry registry, Instant now) {
    this.registry = registry;
    this.now = now;
  }

  /** The images to expire, each with the priority of its rule. */
  Map<ImageRow, Integer> expiring(String repository, LifecyclePolicy policy) {
    List<ImageRow> images =
        registry.images(repository).stream()
            .filter(image -> registry.indexesOf(image).isEmpty())
            .sorted(Comparator.comparing(ImageRow::pushedAt).reversed())
            .toList();
    Map<ImageRow, Integer> expiring = new LinkedHashMap<>();
    Set<ImageRow> claimed = new HashSet<>();
    for (LifecyclePolicy.Rule rule : policy.rules()) {
      List<ImageRow> chosen = images.stream().filter(image -> chooses(rule, image)).toList();
      IntStream.range(0, chosen.size())
          .filter(i -> exceeds(rule, chosen.get(i), i))
          .mapToObj(chosen::get)
          .filter(image -> !claimed.contains(image))
          .forEach(image -> expiring.put(image, rule.priority()));
      claimed.addAll(chosen);
    }
    return expiring;
  }

  private boolean chooses(LifecyclePolicy.Rule rule, ImageRow image) {
    List<String> tags = registry.tagsOf(image);
    return switch (rule.tagStatus()) {
      case "untagged" -> tags.isEmpty();
      case "tagged" ->
          !tags.isEmpty()
              && rule.prefixes().stream()
                  .allMatch(p -> tags.stream().anyMatch(t -> t.startsWith(p)))
              && rule.patterns().stream().allMatch(p -> tags.stream().anyMatch(wildcard(p)::test));
      default -> true;
    };
  }

  private static Predicate<String> wildcard(String pattern) {
    return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q")).asMatchPredicate();
  }

  private boolean exceeds(LifecyclePolicy.Rule rule, ImageRow image, int newerOnes) {
    Instant limit = now.minus(Duration.ofDays(rule.countNumber()));
    return switch (rule.countType()) {
      case "imageCountMoreThan" -> newerOnes >= rule.countNumber();
      case "sinceImagePulled" -> registry.lastPull(image).orElse(image.pushedAt()).isBefore(limit);
      default -> image.pushedAt().isBefore(limit);
    };
  }
}
