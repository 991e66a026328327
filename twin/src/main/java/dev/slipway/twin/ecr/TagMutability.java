package dev.slipway.twin.ecr;

import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.Repository;

/**
 * Whether a tag may be moved to another image. Source: ECR user guide, image-tag-mutability.
 *
 * @param mode the repository's setting
 * @param exclusions the wildcard filters of the tags to which the opposite applies
 */
record TagMutability(ImageTagMutability mode, List<ImageTagMutabilityExclusionFilter> exclusions) {

  private static final int MAX_FILTERS = 5;

  static TagMutability of(Repository repository) {
    return new TagMutability(
        repository.imageTagMutability(), repository.imageTagMutabilityExclusionFilters());
  }

  boolean mayMove(String tag) {
    boolean excluded = exclusions.stream().anyMatch(filter -> matches(filter.filter(), tag));
    return switch (mode) {
      case IMMUTABLE -> false;
      case IMMUTABLE_WITH_EXCLUSION -> excluded;
      case MUTABLE_WITH_EXCLUSION -> !excluded;
      default -> true;
    };
  }

  /** Refuses settings that ECR refuses. */
  TagMutability checked() {
    if (mode == ImageTagMutability.UNKNOWN_TO_SDK_VERSION) {
      throw EcrErrors.invalid(
          "imageTagMutability",
          "Member must satisfy enum value set:"
              + " [IMMUTABLE, MUTABLE, IMMUTABLE_WITH_EXCLUSION, MUTABLE_WITH_EXCLUSION]");
    }
    boolean takesFilters =
        mode == ImageTagMutability.IMMUTABLE_WITH_EXCLUSION
            || mode == ImageTagMutability.MUTABLE_WITH_EXCLUSION;
    if (takesFilters == exclusions.isEmpty() || exclusions.size() > MAX_FILTERS) {
      throw EcrErrors.invalid(
          "imageTagMutabilityExclusionFilters",
          takesFilters
              ? "Member must have between 1 and 5 filters for " + mode
              : "Member must be empty for " + mode);
    }
    return this;
  }

  private static boolean matches(String wildcard, String tag) {
    return Pattern.matches(Pattern.quote(wildcard).replace("*", "\\E.*\\Q"), tag);
  }
}
