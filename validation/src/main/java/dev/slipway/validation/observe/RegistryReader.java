package dev.slipway.validation.observe;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Looks images up in the account's registry. An image that was found is not asked for again. */
final class RegistryReader {

  private final Aws aws;
  private final ArchitectureReader architectures;
  private final Map<ImageName, Registry.Lookup> found = new HashMap<>();
  private List<Repository> repositories = List.of();

  RegistryReader(Aws aws) {
    this.aws = aws;
    this.architectures = new ArchitectureReader(aws);
  }

  Registry registry(Ask ask, Collection<ImageName> images) {
    boolean news = images.stream().anyMatch(i -> !found.containsKey(i));
    if (news) {
      repositories =
          ask.optional(
              "ecr:DescribeRepositories",
              List.<Repository>of(),
              () -> aws.ecr().describeRepositoriesPaginator().repositories().stream().toList());
    }
    Map<ImageName, Registry.Lookup> all = new HashMap<>();
    for (ImageName image : images) {
      Registry.Lookup known = found.get(image);
      if (known == null) {
        known = lookUp(ask, image);
      }
      if (known != null) {
        all.put(image, known);
        if (known.found()) {
          found.put(image, known);
        }
      }
    }
    return new Registry(repositories, Map.copyOf(all));
  }

  /** The same with the processors that every image is built for, as far as they can be read. */
  Registry builtFor(Ask ask, Registry registry) {
    Map<ImageName, Registry.Lookup> all = new HashMap<>(registry.images());
    registry
        .images()
        .forEach((image, lookup) ->
            registry
                .repositoryOf(image)
                .filter(_ -> lookup.found() && lookup.architectures().isEmpty())
                .map(r ->
                    new Registry.Lookup(
                        true,
                        lookup.detail(),
                        architectures.architectures(ask, r, identifier(image))))
                .ifPresent(read -> {
                  all.put(image, read);
                  found.put(image, read);
                }));
    return new Registry(registry.repositories(), Map.copyOf(all));
  }

  /** The image in ECR's words; without a tag it is {@code latest}. */
  static ImageIdentifier identifier(ImageName image) {
    ImageIdentifier.Builder id = ImageIdentifier.builder();
    if (image.digest().isEmpty()) {
      id.imageTag(image.tag().isEmpty() ? "latest" : image.tag());
    } else {
      id.imageDigest(image.digest());
    }
    return id.build();
  }

  private Registry.Lookup lookUp(Ask ask, ImageName image) {
    Repository repository = new Registry(repositories, Map.of()).repositoryOf(image).orElse(null);
    if (repository == null) {
      return null;
    }
    ImageIdentifier id = identifier(image);
    return ask.optional(
        "ecr:DescribeImages",
        null,
        () -> {
          try {
            var details =
                aws.ecr()
                    .describeImages(r ->
                        r.registryId(repository.registryId())
                            .repositoryName(repository.repositoryName())
                            .imageIds(id))
                    .imageDetails();
            return details.isEmpty()
                ? Registry.Lookup.ABSENT
                : new Registry.Lookup(true, details.getFirst());
          } catch (ImageNotFoundException | RepositoryNotFoundException e) {
            return Registry.Lookup.ABSENT;
          }
        });
  }
}
