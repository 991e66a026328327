package dev.slipway.twin.ecr.registry;

import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;

/**
 * The API call that a request of the registry protocol needs the permission of. Source: ECR user
 * guide, image-push-iam and common-errors-docker.
 */
final class RegistryActions {

  private RegistryActions() {}

  /** The call; none for what only needs a login. */
  static Optional<SdkRequest> of(String method, Route route) {
    String repository = route.repository();
    return switch (route.kind()) {
      case PING, CATALOG -> Optional.empty();
      case TAGS -> Optional.of(ListImagesRequest.builder().repositoryName(repository).build());
      case REFERRERS -> Optional.of(pull(repository));
      case MANIFEST -> Optional.of(manifest(method, repository));
      case BLOB -> Optional.of(blob(method, repository));
      case UPLOADS ->
          Optional.of(InitiateLayerUploadRequest.builder().repositoryName(repository).build());
      case UPLOAD -> Optional.of(upload(method, repository));
    };
  }

  private static SdkRequest manifest(String method, String repository) {
    return switch (method) {
      case "PUT" -> PutImageRequest.builder().repositoryName(repository).build();
      case "DELETE" -> BatchDeleteImageRequest.builder().repositoryName(repository).build();
      default -> pull(repository);
    };
  }

  private static SdkRequest blob(String method, String repository) {
    return switch (method) {
      case "HEAD" ->
          BatchCheckLayerAvailabilityRequest.builder().repositoryName(repository).build();
      case "DELETE" -> BatchDeleteImageRequest.builder().repositoryName(repository).build();
      default -> GetDownloadUrlForLayerRequest.builder().repositoryName(repository).build();
    };
  }

  private static SdkRequest upload(String method, String repository) {
    return method.equals("PUT")
        ? CompleteLayerUploadRequest.builder().repositoryName(repository).build()
        : UploadLayerPartRequest.builder().repositoryName(repository).build();
  }

  private static SdkRequest pull(String repository) {
    return BatchGetImageRequest.builder().repositoryName(repository).build();
  }
}
