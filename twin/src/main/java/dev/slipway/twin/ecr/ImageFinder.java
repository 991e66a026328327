package dev.slipway.twin.ecr;

import dev.slipway.twin.ecr.Images.Lookup;
import java.util.List;
import java.util.Optional;

/** Finds the image that a task definition names. */
final class ImageFinder {

  private final Registry registry;
  private final Repositories repositories;
  private final List<String> hosts;

  /**
   * A finder.
   *
   * @param hosts the names under which image references may name this registry
   */
  ImageFinder(Registry registry, Repositories repositories, List<String> hosts) {
    this.registry = registry;
    this.repositories = repositories;
    this.hosts = hosts;
  }

  Lookup find(String text, String platform) {
    ImageReference reference = ImageReference.parse(text);
    if (!hosts.contains(reference.host())) {
      return new Lookup.OtherRegistry(reference.host());
    }
    String repository = reference.repository();
    if (!repositories.table().contains(repository)) {
      return new Lookup.NoRepository(repository);
    }
    Optional<ImageRow> named = registry.image(repository, reference.wanted());
    if (named.isEmpty()) {
      return new Lookup.NoImage(repository, reference.wanted());
    }
    Optional<ImageRow> fitting = forPlatform(named.get(), platform);
    if (fitting.isEmpty()) {
      return new Lookup.WrongPlatform(platform);
    }
    registry.recordPull(named.get());
    return new Lookup.Found(image(fitting.get(), named.get().digest()));
  }

  Optional<String> digestOf(String text) {
    ImageReference reference = ImageReference.parse(text);
    return hosts.contains(reference.host())
        ? registry.image(reference.repository(), reference.wanted()).map(ImageRow::digest)
        : Optional.empty();
  }

  private Optional<ImageRow> forPlatform(ImageRow row, String platform) {
    return switch (row.manifest()) {
      case Manifest.Image image ->
          row.config() != ImageConfig.NONE && fits(row.config().platform(), platform)
              ? Optional.of(row)
              : Optional.empty();
      case Manifest.Index index ->
          index.children().stream()
              .filter(child -> fits(child.platform(), platform))
              .flatMap(child -> registry.image(row.repositoryName(), child.digest()).stream())
              .flatMap(child -> forPlatform(child, platform).stream())
              .findFirst();
    };
  }

  /** An image that declares no platform runs anywhere, as far as a pull can tell. */
  private static boolean fits(String declared, String wanted) {
    return declared.isEmpty() || declared.equals(wanted);
  }

  private Images.Image image(ImageRow row, String digest) {
    Manifest.Image manifest = (Manifest.Image) row.manifest();
    List<Images.Layer> layers =
        manifest.layers().stream()
            .filter(layer -> !layer.elsewhere())
            .map(layer ->
                new Images.Layer(
                    layer.digest(), registry.blobs().path(layer.digest()), layer.mediaType()))
            .toList();
    return new Images.Image(
        row.repositoryName(), digest, row.config().run(), layers, row.sizeInBytes());
  }
}
