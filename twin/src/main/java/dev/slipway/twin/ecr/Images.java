package dev.slipway.twin.ecr;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images as a container runtime pulls them. Under the world's lock; blobs are immutable files. */
public interface Images {

  /**
   * An image that was found.
   *
   * @param repositoryName its repository
   * @param digest what the reference resolved to: the digest of its manifest, or of the index in
   *     which the manifest was found
   * @param config its configuration
   * @param layers its layers, lowest first: gzip or plain tar files
   * @param sizeInBytes the compressed size of all layers
   */
  record Image(
      String repositoryName, String digest, Config config, List<Layer> layers, long sizeInBytes) {}

  /** A layer's digest and file. */
  record Layer(String digest, Path file, String mediaType) {}

  /** What the OCI image configuration says. */
  record Config(
      List<String> entrypoint,
      List<String> command,
      Map<String, String> environment,
      String workingDirectory,
      String user,
      Map<String, String> labels,
      String stopSignal) {}

  /** Why an image cannot be had. */
  sealed interface Lookup {
    /** The image. */
    record Found(Image image) implements Lookup {}

    /** The repository is not in this registry. */
    record NoRepository(String repositoryName) implements Lookup {}

    /** The repository has no such tag or digest. */
    record NoImage(String repositoryName, String reference) implements Lookup {}

    /** The manifest or index offers no image for the platform. */
    record WrongPlatform(String platform) implements Lookup {}

    /** The reference names a registry that is not this one. */
    record OtherRegistry(String host) implements Lookup {}
  }

  /** The host and port of this world's registry as image references name it. */
  String registryHost();

  /**
   * Finds an image.
   *
   * @param reference {@code host/repository:tag} or {@code host/repository@digest}, or both
   * @param platform {@code linux/amd64} or {@code linux/arm64}
   */
  Lookup find(String reference, String platform);

  /** The digest of a tag, or of the digest itself when it is there. */
  Optional<String> digestOf(String reference);
}
