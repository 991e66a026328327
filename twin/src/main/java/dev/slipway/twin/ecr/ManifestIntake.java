package dev.slipway.twin.ecr;

import java.time.Instant;
import java.util.List;

/** Checks that what a manifest needs is in the repository, and makes the image's row. */
final class ManifestIntake {

  private final Registry registry;
  private final BlobStore blobs;
  private final String registryId;

  ManifestIntake(Registry registry, BlobStore blobs, String registryId) {
    this.registry = registry;
    this.blobs = blobs;
    this.registryId = registryId;
  }

  ImageRow row(String repository, String digest, String document, Manifest manifest, Instant now) {
    return switch (manifest) {
      case Manifest.Image image -> {
        requireLayers(repository, image);
        yield new ImageRow(
            repository, digest, document, image, config(image), size(repository, image), now);
      }
      case Manifest.Index index -> {
        requireChildren(repository, index);
        yield new ImageRow(
            repository, digest, document, index, ImageConfig.NONE, size(repository, index), now);
      }
    };
  }

  private void requireLayers(String repository, Manifest.Image image) {
    List<String> missing =
        image
            .blobs()
            .map(Manifest.Descriptor::digest)
            .distinct()
            .filter(digest -> registry.layerSize(repository, digest).isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      throw EcrErrors.layersMissing(missing, repository, registryId);
    }
  }

  private void requireChildren(String repository, Manifest.Index index) {
    List<String> missing =
        index.children().stream()
            .map(Manifest.Descriptor::digest)
            .distinct()
            .filter(digest -> registry.image(repository, digest).isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      throw EcrErrors.imagesMissing(missing, repository, registryId);
    }
  }

  private ImageConfig config(Manifest.Image image) {
    return image.config().mediaType().contains("image.config")
            || image.config().mediaType().contains("container.image")
        ? ImageConfig.parse(blobs.read(image.config().digest()))
        : ImageConfig.NONE;
  }

  private long size(String repository, Manifest.Image image) {
    return image
        .blobs()
        .mapToLong(blob -> registry.layerSize(repository, blob.digest()).orElse(0))
        .sum();
  }

  private long size(String repository, Manifest.Index index) {
    return index.children().stream()
        .flatMap(child -> registry.image(repository, child.digest()).stream())
        .mapToLong(ImageRow::sizeInBytes)
        .max()
        .orElse(0);
  }
}
