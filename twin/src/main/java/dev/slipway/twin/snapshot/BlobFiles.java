package dev.slipway.twin.snapshot;

import dev.slipway.twin.ecr.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Takes blobs out of the store and puts them back. */
record BlobFiles(BlobStore store) {

  Map<String, byte[]> read(Set<String> digests) {
    Map<String, byte[]> blobs = new LinkedHashMap<>();
    for (String digest : digests) {
      try {
        blobs.put(digest, Files.readAllBytes(store.path(digest)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return blobs;
  }

  void write(Map<String, byte[]> blobs) {
    blobs.forEach((digest, bytes) -> {
      if (!digest.equals("sha256:" + HexFormat.of().formatHex(sha256(bytes)))) {
        throw new IllegalArgumentException("the blob " + digest + " has another digest");
      }
      if (!store.contains(digest)) {
        put(store.path(digest), bytes);
      }
    });
  }

  private static void put(Path file, byte[] bytes) {
    try {
      Path half = Files.createTempFile(file.getParent(), "restored", ".part");
      Files.write(half, bytes);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
