package dev.slipway.twin.ecr;

import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecr.model.BatchGetRepositoryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetRepositoryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.GetRegistryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.GetRegistryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutRegistryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutRegistryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.RegistryScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.RegistryScanningRule;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.RepositoryScanningConfigurationFailure;
import software.amazon.awssdk.services.ecr.model.ScanFrequency;
import software.amazon.awssdk.services.ecr.model.ScanType;
import software.amazon.awssdk.services.ecr.model.ScanningConfigurationFailureCode;
import software.amazon.awssdk.services.ecr.model.ScanningRepositoryFilter;
import software.amazon.awssdk.services.ecr.model.ScanningRepositoryFilterType;

/** How the registry's images are scanned. Source: ECR user guide, image-scanning-filters. */
final class ScanSettingsApi {

  private final Repositories repositories;
  private final Registry registry;
  private final ScanSettings settings;
  private final Scans scans;

  ScanSettingsApi(
      Repositories repositories, Registry registry, ScanSettings settings, Scans scans) {
    this.repositories = repositories;
    this.registry = registry;
    this.settings = settings;
    this.scans = scans;
  }

  public GetRegistryScanningConfigurationResponse get(
      GetRegistryScanningConfigurationRequest request) {
    return GetRegistryScanningConfigurationResponse.builder()
        .registryId(repositories.registryId())
        .scanningConfiguration(settings.registry())
        .build();
  }

  public PutRegistryScanningConfigurationResponse put(
      PutRegistryScanningConfigurationRequest request) {
    ScanType type =
        request.scanTypeAsString() == null ? settings.registry().scanType() : request.scanType();
    if (type == ScanType.UNKNOWN_TO_SDK_VERSION) {
      throw EcrErrors.invalid("scanType", "Member must satisfy enum value set: [BASIC, ENHANCED]");
    }
    check(type, request.rules());
    RegistryScanningConfiguration configuration =
        RegistryScanningConfiguration.builder().scanType(type).rules(request.rules()).build();
    settings.put(configuration);
    if (type == ScanType.ENHANCED) {
      scanWhatIsThere();
    }
    return PutRegistryScanningConfigurationResponse.builder()
        .registryScanningConfiguration(configuration)
        .build();
  }

  public BatchGetRepositoryScanningConfigurationResponse repositories(
      BatchGetRepositoryScanningConfigurationRequest request) {
    List<RepositoryScanningConfiguration> found = new ArrayList<>();
    List<RepositoryScanningConfigurationFailure> missing = new ArrayList<>();
    for (String name : request.repositoryNames()) {
      Optional<Repository> repository = repositories.table().find(name);
      repository.ifPresentOrElse(
          r -> found.add(shown(r)),
          () ->
              missing.add(
                  RepositoryScanningConfigurationFailure.builder()
                      .repositoryName(name)
                      .failureCode(ScanningConfigurationFailureCode.REPOSITORY_NOT_FOUND)
                      .failureReason(
                          EcrErrors.noRepository(name, repositories.registryId()).getMessage())
                      .build()));
    }
    return BatchGetRepositoryScanningConfigurationResponse.builder()
        .scanningConfigurations(found)
        .failures(missing)
        .build();
  }

  private RepositoryScanningConfiguration shown(Repository repository) {
    ScanFrequency frequency = settings.frequency(repository);
    return RepositoryScanningConfiguration.builder()
        .repositoryArn(repository.repositoryArn())
        .repositoryName(repository.repositoryName())
        .scanOnPush(frequency != ScanFrequency.MANUAL)
        .scanFrequency(frequency)
        .appliedScanFilters(settings.filters(repository.repositoryName()))
        .build();
  }

  /** Images that are there when continuous scanning begins are scanned as well. */
  private void scanWhatIsThere() {
    for (Repository repository : repositories.table().all()) {
      if (settings.frequency(repository) == ScanFrequency.CONTINUOUS_SCAN) {
        registry.images(repository.repositoryName()).stream()
            .filter(Scans::isScannable)
            .filter(image -> scans.begun(image).isEmpty())
            .forEach(scans::begin);
      }
    }
  }

  private static void check(ScanType type, List<RegistryScanningRule> rules) {
    ScanFrequency other =
        type == ScanType.ENHANCED ? ScanFrequency.CONTINUOUS_SCAN : ScanFrequency.MANUAL;
    Set<ScanFrequency> seen = new HashSet<>();
    for (RegistryScanningRule rule : rules) {
      ScanFrequency frequency = rule.scanFrequency();
      if (frequency != ScanFrequency.SCAN_ON_PUSH && frequency != other) {
        throw EcrErrors.invalid(
            "rules",
            "%s scanning knows the frequencies SCAN_ON_PUSH and %s, not %s"
                .formatted(type, other, rule.scanFrequencyAsString()));
      }
      if (!seen.add(frequency)) {
        throw EcrErrors.invalid("rules", "there is more than one rule for " + frequency);
      }
      rule.repositoryFilters().forEach(ScanSettingsApi::check);
    }
  }

  private static void check(ScanningRepositoryFilter filter) {
    String text = filter.filter();
    if (filter.filterType() != ScanningRepositoryFilterType.WILDCARD
        || text == null
        || !text.matches("[a-z0-9*](?:[._\\-/a-z0-9*]?[a-z0-9*]+)*")) {
      throw AwsError.of(
          "InvalidParameterException", "The filter '%s' is not a wildcard filter".formatted(text));
    }
  }
}
