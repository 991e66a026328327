package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;

/** Is the image of the wanted revision there, and for this processor? */
final class ImageRule implements Rule {

  @Override
  public List<Cause> look(Case seen) {
    if (seen.goal().image().isEmpty()) {
      return List.of();
    }
    List<Cause> causes = new ArrayList<>();
    ImageName image = ImageName.parse(seen.goal().image());
    Optional<Repository> repository = seen.snapshot().registry().repositoryOf(image);
    Starts starts = new Starts(seen);
    if (repository.isPresent()) {
      missing(seen, image, repository.get(), starts).ifPresent(causes::add);
    } else {
      AddressOfImage.elsewhere(seen.snapshot(), image, new Pulls(starts, image, images(seen)))
          .ifPresent(causes::add);
    }
    images(seen).stream()
        .filter(i -> !i.equals(image))
        .forEach(i -> beside(seen, i, starts).ifPresent(causes::add));
    architecture(seen, image, starts).ifPresent(causes::add);
    unsupported(seen, image, starts).ifPresent(causes::add);
    return causes;
  }

  @Override
  public List<Cause> foretell(Case seen) {
    return seen.definition().stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .map(c -> ImageName.parse(c.image()))
        .distinct()
        .flatMap(i -> Stream.concat(absent(seen, i).stream(), otherwiseBuilt(seen, i).stream()))
        .toList();
  }

  /** An image of this account's own registry that is not there. */
  private static Optional<Cause> absent(Case seen, ImageName image) {
    Registry registry = seen.snapshot().registry();
    Optional<Repository> repository = registry.repositoryOf(image);
    if (repository.isEmpty()) {
      return AddressOfImage.ours(seen.snapshot(), image)
          ? Optional.of(AddressOfImage.noRepository(image, List.of()))
          : Optional.empty();
    }
    return registry
        .lookup(image)
        .filter(l -> !l.found())
        .map(_ -> notThere(seen, image, repository.get().repositoryName(), List.of()));
  }

  private static Cause notThere(
      Case seen, ImageName image, String repository, List<String> evidence) {
    List<String> all = new ArrayList<>(evidence);
    all.addFirst("ecr:DescribeImages knows no " + image);
    return absent(
        "img-tag-not-in-registry",
        image,
        repository,
        "Task definition %s names %s, which is not in repository %s."
            .formatted(seen.goal().revision(), reference(image), repository),
        all);
  }

  private static List<ImageName> images(Case seen) {
    return seen.definition().stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .map(c -> ImageName.parse(c.image()))
        .distinct()
        .toList();
  }

  /** The image of a container beside the one that serves: only what a failed pull names it for. */
  private static Optional<Cause> beside(Case seen, ImageName image, Starts starts) {
    Pulls pulls = new Pulls(starts, image, images(seen));
    boolean named =
        pulls
            .evidence(
                StopReason.IMAGE_NOT_FOUND, StopReason.PULL_DENIED, StopReason.PULL_RATE_LIMIT)
            .stream()
            .anyMatch(l -> l.contains(image.repository()));
    if (!named) {
      return Optional.empty();
    }
    return seen.snapshot().registry().repositoryOf(image).isPresent()
        ? absent(seen, image)
        : AddressOfImage.elsewhere(seen.snapshot(), image, pulls);
  }

  private static Optional<Cause> missing(
      Case seen, ImageName image, Repository repository, Starts starts) {
    Registry registry = seen.snapshot().registry();
    String name = repository.repositoryName();
    boolean named = registry.lookup(image).map(Registry.Lookup::found).orElse(true);
    List<String> evidence = new ArrayList<>(starts.evidence(StopReason.IMAGE_NOT_FOUND));
    if (!named) {
      return Optional.of(notThere(seen, image, name, evidence));
    }
    if (seen.goal().digest().isEmpty()) {
      return Optional.empty();
    }
    ImageName resolved = image.at(seen.goal().digest());
    if (registry.lookup(resolved).map(Registry.Lookup::found).orElse(true)) {
      return Optional.empty();
    }
    evidence.addFirst("ecr:DescribeImages knows no " + resolved);
    boolean pinned =
        image.digest().isEmpty()
            && (seen.goal().wanted().imageDigest().isEmpty()
                || DeployedImageRule.deployedBefore(seen, resolved.digest()));
    return Optional.of(
        absent(
            pinned ? "img-pinned-digest-deleted" : "img-tag-not-in-registry",
            resolved,
            name,
            pinned
                ? "ECS resolved %s to %s when it was deployed, and that digest is no longer in repository %s."
                    .formatted(reference(image), resolved.digest(), name)
                : "The wanted digest %s is not in repository %s."
                    .formatted(resolved.digest(), name),
            evidence));
  }

  static Cause absent(
      String id, ImageName image, String repository, String explanation, List<String> evidence) {
    return new Cause(
        id,
        image.toString(),
        explanation,
        new Fix(
            "push the image to repository %s, then deploy a digest that exists"
                .formatted(repository),
            "image = \"%s@${var.image_digest}\"  # a digest that was pushed"
                .formatted(image.repository()),
            "docker push %s:TAG%naws ecr describe-images --repository-name %s"
                .formatted(image.repository(), repository)),
        List.copyOf(evidence),
        Rank.START,
        true);
  }

  private static Optional<Cause> unsupported(Case seen, ImageName image, Starts starts) {
    List<String> evidence = starts.evidence(StopReason.MANIFEST_UNSUPPORTED);
    if (evidence.isEmpty() || starts.overcome(StopReason.MANIFEST_UNSUPPORTED)) {
      return Optional.empty();
    }
    return Optional.of(unsupported(seen, image, evidence));
  }

  private static Cause unsupported(Case seen, ImageName image, List<String> evidence) {
    return new Cause(
        "img-manifest-unsupported",
        image.toString(),
        "The manifest of %s is of a kind that Fargate does not read, or holds nothing for the platform of %s."
            .formatted(image, seen.goal().revision()),
        new Fix(
            "build the image for one platform without attestations",
            "# docker buildx build --provenance=false --sbom=false",
            "docker buildx build --provenance=false --sbom=false --platform linux/amd64 --push ."),
        List.copyOf(evidence),
        Rank.START,
        true);
  }

  private static Optional<Cause> architecture(Case seen, ImageName image, Starts starts) {
    List<String> evidence = new ArrayList<>(starts.evidence(StopReason.WRONG_ARCHITECTURE));
    for (var tail : seen.snapshot().surroundings().logTails().values()) {
      tail.stream().filter(l -> l.contains("exec format error")).forEach(evidence::add);
    }
    if (evidence.isEmpty() || !starts.struggling()) {
      return Optional.empty();
    }
    return Optional.of(wrongArchitecture(seen, image, evidence));
  }

  /** An image that the registry has, for other processors than the task will run on. */
  private static Optional<Cause> otherwiseBuilt(Case seen, ImageName image) {
    List<String> built =
        seen.snapshot()
            .registry()
            .lookup(image)
            .map(Registry.Lookup::architectures)
            .orElse(List.of());
    String wanted = processor(seen).equals("ARM64") ? "arm64" : "amd64";
    boolean fargate =
        seen.service().launchType() == LaunchType.FARGATE
            || seen.definition()
                .filter(d -> d.requiresCompatibilities().contains(Compatibility.FARGATE))
                .isPresent();
    return !fargate || built.isEmpty() || built.contains(wanted)
        ? Optional.empty()
        : Optional.of(
            wrongArchitecture(
                seen, image, List.of("the image is built for " + String.join(", ", built))));
  }

  private static String processor(Case seen) {
    return seen.definition()
        .map(d -> d.runtimePlatform())
        .map(p -> p.cpuArchitectureAsString())
        .filter(a -> !a.isEmpty())
        .orElse("X86_64");
  }

  private static Cause wrongArchitecture(Case seen, ImageName image, List<String> evidence) {
    boolean nothingToRun =
        seen.snapshot()
            .registry()
            .lookup(image)
            .filter(l -> l.architectures().equals(List.of("unknown")))
            .isPresent();
    if (nothingToRun) {
      return unsupported(seen, image, evidence);
    }
    String wanted = processor(seen);
    return new Cause(
        "img-wrong-arch",
        image.toString(),
        "The image is not built for %s, which task definition %s asks for."
            .formatted(wanted, seen.goal().revision()),
        new Fix(
            "build the image for %s, or set runtime_platform to what it is built for"
                .formatted(wanted),
            "runtime_platform {\n  cpu_architecture = \"%s\"\n}"
                .formatted(wanted.equals("ARM64") ? "X86_64" : "ARM64"),
            "docker buildx build --platform linux/%s --push ."
                .formatted(wanted.equals("ARM64") ? "arm64" : "amd64")),
        List.copyOf(evidence),
        Rank.START,
        true);
  }

  private static String reference(ImageName image) {
    return image.digest().isEmpty() ? "tag " + image.tag() : "digest " + image.digest();
  }
}
