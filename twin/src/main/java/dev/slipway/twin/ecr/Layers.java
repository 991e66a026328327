package dev.slipway.twin.ecr;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which blobs a repository holds, and which are on their way to it. Under the world's lock. */
final class Layers {

  /** A blob in a repository. */
  record Row(String repositoryName, String digest, long size) {}

  private final World world;
  private final BlobStore blobs;

  Layers(World world, BlobStore blobs) {
    this.world = world;
    this.blobs = blobs;
  }

  private Table<Row> table() {
    return world.table("ecr.layers");
  }

  /** The repository's name by id of the upload. */
  private Table<String> uploads() {
    return world.table("ecr.uploads");
  }

  OptionalLong size(String repository, String digest) {
    return table()
        .find(repository + '@' + digest)
        .map(row -> OptionalLong.of(row.size()))
        .orElse(OptionalLong.empty());
  }

  /** Makes a blob of the store a blob of the repository. */
  void link(String repository, String digest) {
    try {
      table()
          .put(
              repository + '@' + digest,
              new Row(repository, digest, Files.size(blobs.path(digest))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void unlink(String repository, String digest) {
    table().remove(repository + '@' + digest);
  }

  void unlinkAll(String repository) {
    table()
        .where(row -> row.repositoryName().equals(repository))
        .forEach(row -> unlink(repository, row.digest()));
  }

  /** The blobs of all repositories. */
  Set<String> digests() {
    return table().all().stream().map(Row::digest).collect(Collectors.toCollection(TreeSet::new));
  }

  String begin(String repository) {
    String id = world.ids().uuid();
    blobs.begin(id);
    uploads().put(id, repository);
    return id;
  }

  boolean isUploading(String repository, String id) {
    return uploads().find(id).filter(repository::equals).isPresent();
  }

  void end(String id) {
    uploads().remove(id);
  }
}
