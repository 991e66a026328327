package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.posture.LifecyclePolicy.Rule;
import dev.slipway.validation.check.posture.LifecyclePolicy.TagStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecr.model.ImageDetail;

/**
 * What a lifecycle policy does to the images of a repository. All rules are evaluated over all
 * images and then applied in the order of their priority; an image that a rule of a lower number is
 * about is out of reach of the later ones. Source: ECR user guide, LifecyclePolicies.
 */
final class LifecycleForecast {

  private static final Comparator<ImageDetail> YOUNGEST_FIRST =
      Comparator.comparing(LifecycleForecast::pushed).reversed();

  private final LifecyclePolicy policy;
  private final List<ImageDetail> images;

  LifecycleForecast(LifecyclePolicy policy, Collection<ImageDetail> images) {
    this.policy = policy;
    this.images = List.copyOf(images);
  }

  /** The rule that takes each image away at an instant, by digest. */
  Map<String, Rule> at(Instant instant) {
    Map<String, Rule> going = new HashMap<>();
    Set<String> claimed = new HashSet<>();
    for (Rule rule : policy.rules()) {
      List<ImageDetail> mine = images.stream().filter(rule::about).sorted(YOUNGEST_FIRST).toList();
      for (int i = 0; i < mine.size(); i++) {
        ImageDetail image = mine.get(i);
        if (!claimed.contains(image.imageDigest()) && due(rule, image, i, instant)) {
          going.put(image.imageDigest(), rule);
        }
      }
      mine.forEach(m -> claimed.add(m.imageDigest()));
    }
    if (indexed()) {
      // A child goes only with its index, and which are children is not known from here.
      images.stream()
          .filter(m -> m.imageTags().isEmpty() && !index(m))
          .forEach(m -> going.remove(m.imageDigest()));
    }
    return Map.copyOf(going);
  }

  /** When an image goes at the latest, looked at day by day; empty when it stays so long. */
  Optional<Instant> leaves(String digest, Instant from, int days) {
    for (int day = 0; day <= days; day++) {
      Instant instant = from.plus(Duration.ofDays(day));
      if (at(instant).containsKey(digest)) {
        return Optional.of(instant);
      }
    }
    return Optional.empty();
  }

  /** The rules about tagged images that are about none of those that there are. */
  List<Rule> idle() {
    return policy.rules().stream()
        .filter(r -> r.status() == TagStatus.TAGGED)
        .filter(r -> images.stream().noneMatch(r::about))
        .toList();
  }

  /** Whether some rule takes tagged images away, be it at another time. */
  boolean reachesTagged() {
    return policy.rules().stream()
        .anyMatch(r -> images.stream().filter(m -> !m.imageTags().isEmpty()).anyMatch(r::about));
  }

  private static boolean due(Rule rule, ImageDetail image, int younger, Instant instant) {
    return switch (rule.count()) {
      case MORE_THAN -> younger >= rule.number();
      case SINCE_PUSHED -> old(pushed(image), rule, instant);
      case SINCE_PULLED ->
          old(
              image.lastRecordedPullTime() == null ? pushed(image) : image.lastRecordedPullTime(),
              rule,
              instant);
      case UNKNOWN -> false;
    };
  }

  private static boolean old(Instant since, Rule rule, Instant instant) {
    return Duration.between(since, instant).compareTo(Duration.ofDays(rule.number())) > 0;
  }

  private static Instant pushed(ImageDetail image) {
    return image.imagePushedAt() == null ? Instant.MAX : image.imagePushedAt();
  }

  private boolean indexed() {
    return images.stream().anyMatch(LifecycleForecast::index);
  }

  private static boolean index(ImageDetail image) {
    String type = Aspects.text(image.imageManifestMediaType());
    return type.contains("manifest.list") || type.contains("image.index");
  }
}
