package dev.slipway.twin.ecr;

import dev.slipway.twin.world.Parameters;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** Finds images by the identifiers of batch calls. */
final class ImageIds {

  /** What an identifier came to. */
  sealed interface Resolution {}

  /** The image. */
  record Resolved(ImageRow image) implements Resolution {}

  /** Why there is none. */
  record Failed(ImageFailure failure) implements Resolution {}

  private final Registry registry;

  ImageIds(Registry registry) {
    this.registry = registry;
  }

  static ImageIdentifier of(String digest, String tag) {
    return ImageIdentifier.builder().imageDigest(digest).imageTag(tag).build();
  }

  Resolution resolve(String repository, ImageIdentifier id) {
    String digest = Parameters.required(id, "InvalidParameterException", "imageId").imageDigest();
    String tag = id.imageTag();
    if (digest == null && tag == null) {
      return failed(
          id,
          ImageFailureCode.MISSING_DIGEST_AND_TAG,
          "Invalid request parameters: both tag and digest cannot be null");
    }
    if (digest != null && !BlobStore.isDigest(digest)) {
      return failed(
          id,
          ImageFailureCode.INVALID_IMAGE_DIGEST,
          "Invalid request parameters: image digest should satisfy the regex"
              + " '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
    }
    Optional<ImageRow> image = registry.image(repository, digest == null ? tag : digest);
    if (image.isEmpty()) {
      return failed(id, ImageFailureCode.IMAGE_NOT_FOUND, "Requested image not found");
    }
    if (digest != null
        && tag != null
        && !registry.digestOf(repository, tag).equals(Optional.of(digest))) {
      return failed(
          id,
          ImageFailureCode.IMAGE_TAG_DOES_NOT_MATCH_DIGEST,
          "Requested image tag does not match the digest");
    }
    return new Resolved(image.get());
  }

  private static Failed failed(ImageIdentifier id, ImageFailureCode code, String reason) {
    return new Failed(
        ImageFailure.builder().imageId(id).failureCode(code).failureReason(reason).build());
  }
}
