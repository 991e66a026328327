package dev.slipway.twin.ecr;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * An image as a repository holds it.
 *
 * @param document the manifest, byte for byte as it was pushed
 * @param config what its configuration says; {@link ImageConfig#NONE} for an index
 * @param sizeInBytes configuration and layers, compressed; for an index its largest child
 */
public record ImageRow(
    String repositoryName,
    String digest,
    String document,
    Manifest manifest,
    ImageConfig config,
    long sizeInBytes,
    Instant pushedAt) {

  /** The manifest's bytes, to which the digest belongs. */
  public byte[] bytes() {
    return document.getBytes(StandardCharsets.UTF_8);
  }

  String key() {
    return repositoryName + '@' + digest;
  }
}
