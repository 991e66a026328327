package dev.slipway.twin.ecr;

import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.World;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.Tag;

/** Repositories and their settings. Source: ECR API reference. */
final class RepositoryApi {

  private static final String NAME =
      "(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*";
  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);

  private final World world;
  private final Repositories repositories;
  private final Registry registry;
  private final String registryHost;

  RepositoryApi(World world, Repositories repositories, Registry registry, String registryHost) {
    this.world = world;
    this.repositories = repositories;
    this.registry = registry;
    this.registryHost = registryHost;
  }

  public CreateRepositoryResponse create(CreateRepositoryRequest request) {
    repositories.requireRegistry(request.registryId());
    String name = checkedName(request.repositoryName());
    if (repositories.table().contains(name)) {
      throw EcrErrors.repositoryExists(name, repositories.registryId());
    }
    ImageTagMutability mode =
        request.imageTagMutabilityAsString() == null
            ? ImageTagMutability.MUTABLE
            : request.imageTagMutability();
    TagMutability mutability =
        new TagMutability(mode, request.imageTagMutabilityExclusionFilters()).checked();
    Repository repository =
        Repository.builder()
            .repositoryArn(world.arn("ecr", "repository/" + name))
            .registryId(repositories.registryId())
            .repositoryName(name)
            .repositoryUri(registryHost + "/" + name)
            .createdAt(world.now())
            .imageTagMutability(mutability.mode())
            .imageTagMutabilityExclusionFilters(
                mutability.exclusions().isEmpty() ? null : mutability.exclusions())
            .imageScanningConfiguration(scanning(request.imageScanningConfiguration()))
            .encryptionConfiguration(encryption(request.encryptionConfiguration()))
            .build();
    repositories.table().put(name, repository);
    repositories.tags().put(name, tags(request.tags()));
    return CreateRepositoryResponse.builder().repository(repository).build();
  }

  public DescribeRepositoriesResponse describe(DescribeRepositoriesRequest request) {
    repositories.requireRegistry(request.registryId());
    List<Repository> wanted =
        request.hasRepositoryNames()
            ? request.repositoryNames().stream()
                .map(name -> repositories.require(request.registryId(), name))
                .toList()
            : repositories.table().all();
    Page<Repository> page = Page.of(wanted, request.nextToken(), request.maxResults(), 100);
    return DescribeRepositoriesResponse.builder()
        .repositories(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  public DeleteRepositoryResponse delete(DeleteRepositoryRequest request) {
    String name = request.repositoryName();
    Repository repository = repositories.require(request.registryId(), name);
    if (!Boolean.TRUE.equals(request.force()) && !registry.images(name).isEmpty()) {
      throw EcrErrors.repositoryNotEmpty(name, repositories.registryId());
    }
    registry.removeAll(name);
    repositories.remove(name);
    return DeleteRepositoryResponse.builder().repository(repository).build();
  }

  public PutImageTagMutabilityResponse mutability(PutImageTagMutabilityRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    TagMutability mutability =
        new TagMutability(
                request.imageTagMutability(), request.imageTagMutabilityExclusionFilters())
            .checked();
    repositories
        .table()
        .update(
            name,
            old ->
                old.toBuilder()
                    .imageTagMutability(mutability.mode())
                    .imageTagMutabilityExclusionFilters(
                        mutability.exclusions().isEmpty() ? null : mutability.exclusions())
                    .build());
    return PutImageTagMutabilityResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(name)
        .imageTagMutability(mutability.mode())
        .imageTagMutabilityExclusionFilters(
            mutability.exclusions().isEmpty() ? null : mutability.exclusions())
        .build();
  }

  public PutImageScanningConfigurationResponse scanning(
      PutImageScanningConfigurationRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    ImageScanningConfiguration configuration = scanning(request.imageScanningConfiguration());
    repositories
        .table()
        .update(name, old -> old.toBuilder().imageScanningConfiguration(configuration).build());
    return PutImageScanningConfigurationResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(name)
        .imageScanningConfiguration(configuration)
        .build();
  }

  private static String checkedName(String name) {
    if (name == null || name.length() < 2 || name.length() > 256) {
      throw EcrErrors.invalid("repositoryName", "must be between 2 and 256 characters long");
    }
    if (!NAME_PATTERN.matcher(name).matches()) {
      throw EcrErrors.invalid("repositoryName", "must satisfy regular expression '" + NAME + "'");
    }
    return name;
  }

  private static ImageScanningConfiguration scanning(ImageScanningConfiguration asked) {
    boolean onPush = asked != null && Boolean.TRUE.equals(asked.scanOnPush());
    return ImageScanningConfiguration.builder().scanOnPush(onPush).build();
  }

  private EncryptionConfiguration encryption(EncryptionConfiguration asked) {
    if (asked == null || asked.encryptionType() == EncryptionType.AES256) {
      return EncryptionConfiguration.builder().encryptionType(EncryptionType.AES256).build();
    }
    // Without a key of the caller's, ECR uses the account's own: alias aws/ecr.
    return asked.kmsKey() == null
        ? asked.toBuilder().kmsKey(world.arn("kms", "key/" + world.ids().uuid())).build()
        : asked;
  }

  private static Map<String, String> tags(List<Tag> tags) {
    Map<String, String> found = new LinkedHashMap<>();
    tags.forEach(tag -> found.put(tag.key(), tag.value()));
    return Collections.unmodifiableMap(found);
  }
}
