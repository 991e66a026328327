package dev.slipway.twin.ecr;

import dev.slipway.twin.world.AwsError;
import java.util.Collection;

/**
 * ECR's refusals in its words. Sources: the ECR user guide, common-errors, and answers of the real
 * service as users quote them.
 */
final class EcrErrors {

  private EcrErrors() {}

  static AwsError noRepository(String name, String registry) {
    return AwsError.of(
        "RepositoryNotFoundException",
        "The repository with name '%s' does not exist in the registry with id '%s'"
            .formatted(name, registry));
  }

  static AwsError repositoryExists(String name, String registry) {
    return AwsError.of(
        "RepositoryAlreadyExistsException",
        "The repository with name '%s' already exists in the registry with id '%s'"
            .formatted(name, registry));
  }

  static AwsError repositoryNotEmpty(String name, String registry) {
    return AwsError.of(
        "RepositoryNotEmptyException",
        ("The repository with name '%s' in registry with id '%s' cannot be deleted because it still"
                + " contains images")
            .formatted(name, registry));
  }

  /** Digest and tag as the caller gave them: null where the caller gave none. */
  static AwsError noImage(String digest, String tag, String name, String registry) {
    return AwsError.of(
        "ImageNotFoundException",
        ("The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the"
                + " repository with name '%s' in the registry with id '%s'")
            .formatted(digest, tag, name, registry));
  }

  static AwsError imageExists(String digest, String tag, String name, String registry) {
    return AwsError.of(
        "ImageAlreadyExistsException",
        ("Image with digest '%s' and tag '%s' already exists in the repository with name '%s' in"
                + " registry with id '%s'")
            .formatted(digest, tag, name, registry));
  }

  static AwsError tagImmutable(String tag, String name) {
    return AwsError.of(
        "ImageTagAlreadyExistsException",
        ("The image tag '%s' already exists in the '%s' repository and cannot be overwritten"
                + " because the repository is immutable.")
            .formatted(tag, name));
  }

  static AwsError layersMissing(Collection<String> digests, String name, String registry) {
    return AwsError.of(
        "LayersNotFoundException",
        ("Layers with digests '%s' required for pushing image into repository with name '%s' in the"
                + " registry with id '%s' do not exist")
            .formatted(digests, name, registry));
  }

  static AwsError imagesMissing(Collection<String> digests, String name, String registry) {
    return AwsError.of(
        "ReferencedImagesNotFoundException",
        ("Images with digests '%s' required for pushing image into repository with name '%s' in the"
                + " registry with id '%s' do not exist")
            .formatted(digests, name, registry));
  }

  static AwsError digestDiffers(String given, String calculated) {
    return AwsError.of(
        "ImageDigestDoesNotMatchException",
        "The provided image digest '%s' does not match the digest calculated for the image '%s'"
            .formatted(given, calculated));
  }

  static AwsError invalid(String parameter, String constraint) {
    return AwsError.of(
        "InvalidParameterException",
        "Invalid parameter at '%s' failed to satisfy constraint: '%s'"
            .formatted(parameter, constraint));
  }
}
