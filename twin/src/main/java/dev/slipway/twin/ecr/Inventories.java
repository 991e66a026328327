package dev.slipway.twin.ecr;

import dev.slipway.twin.ecr.scan.Inventory;
import dev.slipway.twin.ecr.scan.LayerReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** What the images are made of, read from their layers once, away from the world's lock. */
final class Inventories {

  private final BlobStore blobs;
  private final Executor readers;
  private final Map<String, CompletableFuture<Inventory>> read = new ConcurrentHashMap<>();

  Inventories(BlobStore blobs, Executor readers) {
    this.blobs = blobs;
    this.readers = readers;
  }

  /** What an image is made of, or empty while it is being read. */
  Optional<Inventory> of(ImageRow image) {
    if (!(image.manifest() instanceof Manifest.Image manifest)) {
      return Optional.of(Inventory.NONE);
    }
    List<Path> layers =
        manifest.layers().stream()
            .filter(layer -> !layer.elsewhere())
            .map(layer -> blobs.path(layer.digest()))
            .toList();
    CompletableFuture<Inventory> inventory =
        read.computeIfAbsent(
            image.digest(),
            digest -> CompletableFuture.supplyAsync(() -> LayerReader.read(layers), readers));
    return Optional.ofNullable(inventory.getNow(null));
  }
}
