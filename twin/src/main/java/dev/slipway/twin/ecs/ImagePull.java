package dev.slipway.twin.ecs;

import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.ecr.Images.Lookup;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CPUArchitecture;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.VersionConsistency;

/** Pulls the images of a task, or finds out why they cannot be pulled. */
final class ImagePull {

  /** What came of a pull. */
  sealed interface Outcome {
    /** The image, and the reference by which it was asked for. */
    record Pulled(Images.Image image, String reference) implements Outcome {}

    /** No image. */
    record Failed(Refusal refusal) implements Outcome {}
  }

  private final EcsState state;
  private final World world;
  private final Images images;
  private final Dials dials;
  private final Permissions permissions;
  private final Timings timings;

  ImagePull(EcsState state, Images images, Dials dials, Permissions permissions, Timings timings) {
    this.state = state;
    this.world = state.world();
    this.images = images;
    this.dials = dials;
    this.permissions = permissions;
    this.timings = timings;
  }

  /** Whether a reference names this region's ECR. */
  boolean inEcr(String reference) {
    String host = hostOf(reference);
    return host.equals(images.registryHost()) || host.matches("\\d{12}\\.dkr\\.ecr\\..*");
  }

  /** Why the token for ECR cannot be had, when one of the images lies there. */
  Optional<Refusal> checkToken(TaskRow task, TaskDefinition definition) {
    if (definition.containerDefinitions().stream().noneMatch(c -> inEcr(c.image()))) {
      return Optional.empty();
    }
    String host = "api.ecr." + world.region() + ".amazonaws.com";
    Optional<String> dial = dials.dial(task, "ecr.api", host);
    if (dial.isPresent()) {
      return Optional.of(
          new Refusal(StartTexts.ecrUnreachable(host, dial.get()), timings.connectionTimeout()));
    }
    return permissions
        .denial(task, definition, "ecr.api", "ecr:GetAuthorizationToken", "*")
        .map(d -> new Refusal(StartTexts.ecrDenied(world.ids().uuid(), d), timings.refusal()));
  }

  /** Pulls the image of one container. */
  Outcome pull(TaskRow task, TaskDefinition definition, ContainerDefinition container) {
    String reference = pinned(task, container);
    return inEcr(reference) ? fromEcr(task, definition, reference) : fromElsewhere(reference);
  }

  /** The image that was pulled, for a task that starts or is resumed. */
  Optional<Images.Image> pulled(
      TaskDefinition definition, ContainerDefinition container, String digest) {
    Lookup found =
        images.find(withoutDigest(container.image()) + "@" + digest, platform(definition));
    return found instanceof Lookup.Found f ? Optional.of(f.image()) : Optional.empty();
  }

  private Outcome fromEcr(TaskRow task, TaskDefinition definition, String reference) {
    String url = "https://" + hostOf(reference) + "/v2/" + repository(reference);
    String version = version(reference);
    Optional<String> dial = dials.dial(task, "ecr.dkr", hostOf(reference));
    if (dial.isPresent()) {
      return failed(
          new Refusal(
              StartTexts.registryUnreachable(reference, url + "/manifests/" + version, dial.get()),
              timings.connectionTimeout()));
    }
    String repositoryArn = world.arn("ecr", "repository/" + repository(reference));
    if (isOfAnotherAccount(hostOf(reference))
        || permissions
            .denial(task, definition, "ecr.dkr", "ecr:BatchGetImage", repositoryArn)
            .isPresent()) {
      return failed(new Refusal(StartTexts.pullDenied(reference, version), timings.refusal()));
    }
    return switch (images.find(reference, platform(definition))) {
      case Lookup.Found found -> layers(task, definition, reference, url, found.image());
      case Lookup.WrongPlatform wrong ->
          failed(new Refusal(StartTexts.wrongPlatform(wrong.platform()), timings.pullRetries()));
      case Lookup.NoRepository none -> notFound(reference);
      case Lookup.NoImage none -> notFound(reference);
      case Lookup.OtherRegistry other -> notFound(reference);
    };
  }

  private Outcome layers(
      TaskRow task, TaskDefinition definition, String reference, String url, Images.Image image) {
    String bucket = bucketName() + ".s3." + world.region() + ".amazonaws.com";
    String digest = image.layers().isEmpty() ? "" : image.layers().getFirst().digest();
    String repositoryArn = world.arn("ecr", "repository/" + repository(reference));
    if (permissions
        .denial(task, definition, "ecr.dkr", "ecr:GetDownloadUrlForLayer", repositoryArn)
        .isPresent()) {
      return failed(
          new Refusal(StartTexts.layersDenied(url + "/blobs/" + digest), timings.refusal()));
    }
    Optional<String> dial = dials.dial(task, "s3", bucket);
    if (dial.isPresent()) {
      return failed(
          new Refusal(
              StartTexts.layersUnreachable(
                  reference, "\"https://" + bucket + "/" + digest + "\"", dial.get()),
              timings.connectionTimeout()));
    }
    // ECR's own signed address leads to its bucket; the endpoint's policy judges that call, too.
    String object = "arn:aws:s3:::" + bucketName() + "/" + digest;
    if (!permissions.passesUnsigned(task, "s3", "s3:GetObject", object)) {
      return failed(
          new Refusal(
              StartTexts.layersDenied("https://" + bucket + "/" + digest), timings.refusal()));
    }
    return new Outcome.Pulled(image, reference);
  }

  /** Source: ECR user guide, VPC endpoints, minimum Amazon S3 bucket permissions. */
  private String bucketName() {
    return "prod-" + world.region() + "-starport-layer-bucket";
  }

  /** Nobody in another account can have let this one in: the twin's accounts never meet. */
  private boolean isOfAnotherAccount(String host) {
    return !host.equals(images.registryHost()) && !host.startsWith(world.account() + ".");
  }

  @Differs(
      value =
          "an image outside ECR is refused: as an unknown repository at Docker Hub, as not found at"
              + " ECR Public, and for want of credentials elsewhere",
      because = "the twin has no registry but its own")
  private Outcome fromElsewhere(String reference) {
    String reason =
        switch (hostOf(reference)) {
          case "docker.io" -> StartTexts.foreignImageDenied(reference);
          case "public.ecr.aws" -> StartTexts.imageNotFound(reference);
          default -> StartTexts.credentialsMissing(reference);
        };
    return failed(new Refusal(reason, timings.pullRetries()));
  }

  private Outcome notFound(String reference) {
    return failed(new Refusal(StartTexts.imageNotFound(reference), timings.pullRetries()));
  }

  private static Outcome failed(Refusal refusal) {
    return new Outcome.Failed(refusal);
  }

  /**
   * The reference with the digest that the service revision resolved its tag to.
   *
   * <p>Source: ECS developer guide, container image resolution (versionConsistency).
   */
  private String pinned(TaskRow task, ContainerDefinition container) {
    String image = container.image();
    if (container.versionConsistency() == VersionConsistency.DISABLED || image.contains("@")) {
      return image;
    }
    return state
        .serviceRevisions()
        .find(task.origin().revisionArn())
        .map(ServiceRevision::containerImages)
        .flatMap(
            all -> all.stream().filter(i -> i.containerName().equals(container.name())).findFirst())
        .map(resolved -> image + "@" + resolved.imageDigest())
        .orElse(image);
  }

  private static String platform(TaskDefinition definition) {
    boolean arm =
        definition.runtimePlatform() != null
            && definition.runtimePlatform().cpuArchitecture() == CPUArchitecture.ARM64;
    return arm ? "linux/arm64" : "linux/amd64";
  }

  private static String hostOf(String reference) {
    int slash = reference.indexOf('/');
    String first = slash < 0 ? "" : reference.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    return host ? first : "docker.io";
  }

  private static String withoutDigest(String reference) {
    int at = reference.indexOf('@');
    return at < 0 ? reference : reference.substring(0, at);
  }

  private static String repository(String reference) {
    String path = withoutDigest(reference.substring(reference.indexOf('/') + 1));
    int colon = path.indexOf(':');
    return colon < 0 ? path : path.substring(0, colon);
  }

  private static String version(String reference) {
    int at = reference.indexOf('@');
    if (at >= 0) {
      return reference.substring(at + 1);
    }
    int colon = reference.lastIndexOf(':');
    return colon > reference.lastIndexOf('/') ? reference.substring(colon + 1) : "latest";
  }
}
