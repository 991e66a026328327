package dev.slipway.twin.ecr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Blobs as immutable files named by their SHA-256 digest. All worlds share one store: what belongs
 * to which repository stands in the tables of a world. A blob is never held in memory. Thread safe.
 */
public final class BlobStore {

  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private final Path blobs;
  private final Path uploads;
  private final ConcurrentHashMap<String, BlobUpload> open = new ConcurrentHashMap<>();

  /** A store in a directory, which is made when it is missing. */
  public BlobStore(Path directory) {
    this.blobs = directory.resolve("sha256");
    this.uploads = directory.resolve("uploads");
    try {
      Files.createDirectories(blobs);
      Files.createDirectories(uploads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the text is a digest of the one algorithm that ECR knows. */
  public static boolean isDigest(String text) {
    return DIGEST.matcher(text).matches();
  }

  /** Whether the store has the blob. */
  public boolean contains(String digest) {
    return isDigest(digest) && Files.isRegularFile(path(digest));
  }

  /** The file of a blob, there or not. */
  public Path path(String digest) {
    if (!isDigest(digest)) {
      throw new IllegalArgumentException("not a SHA-256 digest: " + digest);
    }
    return blobs.resolve(digest.substring("sha256:".length()));
  }

  /** The content of a small blob, such as an image configuration. */
  byte[] read(String digest) {
    try {
      return Files.readAllBytes(path(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins an upload under a new id. */
  BlobUpload begin(String id) {
    BlobUpload upload =
        new BlobUpload(
            uploads.resolve(UUID.randomUUID().toString()), this::path, () -> open.remove(id));
    open.put(id, upload);
    return upload;
  }

  /** An upload that has neither been committed nor discarded. */
  public Optional<BlobUpload> upload(String id) {
    return Optional.ofNullable(open.get(id));
  }
}
