package dev.slipway.twin.ecr;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.RegistryScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.ScanFrequency;
import software.amazon.awssdk.services.ecr.model.ScanType;
import software.amazon.awssdk.services.ecr.model.ScanningRepositoryFilter;

/**
 * Which repositories are scanned, and when. Under the world's lock. Source: ECR user guide,
 * image-scanning and image-scanning-filters.
 */
final class ScanSettings {

  private final World world;

  ScanSettings(World world) {
    this.world = world;
  }

  RegistryScanningConfiguration registry() {
    return table()
        .find("scanning")
        .orElseGet(() ->
            RegistryScanningConfiguration.builder()
                .scanType(ScanType.BASIC)
                .rules(List.of())
                .build());
  }

  void put(RegistryScanningConfiguration configuration) {
    table().put("scanning", configuration);
  }

  boolean isEnhanced() {
    return registry().scanType() == ScanType.ENHANCED;
  }

  /** The filters that a repository's name matches. */
  List<ScanningRepositoryFilter> filters(String repository) {
    return registry().rules().stream()
        .flatMap(rule -> rule.repositoryFilters().stream())
        .filter(filter -> matches(filter.filter(), repository))
        .distinct()
        .toList();
  }

  /** How often a repository is scanned; the most frequent rule that matches its name decides. */
  ScanFrequency frequency(Repository repository) {
    Optional<ScanFrequency> byRule =
        registry().rules().stream()
            .filter(rule ->
                rule.repositoryFilters().stream()
                    .anyMatch(f -> matches(f.filter(), repository.repositoryName())))
            .map(rule -> rule.scanFrequency())
            .min(Comparator.comparing(ScanSettings::rank));
    boolean onPush = !isEnhanced() && repository.imageScanningConfiguration().scanOnPush();
    return onPush ? ScanFrequency.SCAN_ON_PUSH : byRule.orElse(ScanFrequency.MANUAL);
  }

  private static int rank(ScanFrequency frequency) {
    return switch (frequency) {
      case CONTINUOUS_SCAN -> 0;
      case SCAN_ON_PUSH -> 1;
      default -> 2;
    };
  }

  /** A filter without a wildcard matches all names that contain it. */
  private static boolean matches(String filter, String repository) {
    if (!filter.contains("*")) {
      return repository.contains(filter);
    }
    return repository.matches(Pattern.quote(filter).replace("*", "\\E.*\\Q"));
  }

  private Table<RegistryScanningConfiguration> table() {
    return world.table("ecr.registrySettings");
  }
}
