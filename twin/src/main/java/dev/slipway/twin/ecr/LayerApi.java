package dev.slipway.twin.ecr;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityRequest;
import software.amazon.awssdk.services.ecr.model.BatchCheckLayerAvailabilityResponse;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerResponse;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.Layer;
import software.amazon.awssdk.services.ecr.model.LayerAvailability;
import software.amazon.awssdk.services.ecr.model.LayerFailure;
import software.amazon.awssdk.services.ecr.model.LayerFailureCode;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartResponse;

/** Layers by the API, as a docker proxy would move them. Source: ECR API reference. */
final class LayerApi {

  /** Source: ECR API reference, InitiateLayerUpload: the part size is 20 MiB. */
  private static final long PART_SIZE = 20L * 1024 * 1024;

  private final Repositories repositories;
  private final Registry registry;
  private final TokenDesk tokens;
  private final String registryHost;

  LayerApi(Repositories repositories, Registry registry, TokenDesk tokens, String registryHost) {
    this.repositories = repositories;
    this.registry = registry;
    this.tokens = tokens;
    this.registryHost = registryHost;
  }

  public BatchCheckLayerAvailabilityResponse check(BatchCheckLayerAvailabilityRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    List<Layer> layers = new ArrayList<>();
    List<LayerFailure> failures = new ArrayList<>();
    for (String digest : request.layerDigests()) {
      if (BlobStore.isDigest(digest)) {
        layers.add(layer(name, digest));
      } else {
        failures.add(
            LayerFailure.builder()
                .layerDigest(digest)
                .failureCode(LayerFailureCode.INVALID_LAYER_DIGEST)
                .failureReason("Invalid layer digest")
                .build());
      }
    }
    return BatchCheckLayerAvailabilityResponse.builder().layers(layers).failures(failures).build();
  }

  public InitiateLayerUploadResponse initiate(InitiateLayerUploadRequest request) {
    repositories.require(request.registryId(), request.repositoryName());
    return InitiateLayerUploadResponse.builder()
        .uploadId(registry.beginUpload(request.repositoryName()))
        .partSize(PART_SIZE)
        .build();
  }

  public UploadLayerPartResponse upload(UploadLayerPartRequest request) {
    BlobUpload upload = require(request.registryId(), request.repositoryName(), request.uploadId());
    byte[] part = request.layerPartBlob().asByteArrayUnsafe();
    long last = upload.size() + part.length - 1;
    if (request.partFirstByte() != upload.size() || request.partLastByte() != last) {
      throw AwsError.of(
          "InvalidLayerPartException",
          "The layer part bytes %d-%d are not valid: the upload '%s' has received %d bytes"
              .formatted(
                  request.partFirstByte(),
                  request.partLastByte(),
                  request.uploadId(),
                  upload.size()));
    }
    upload.write(ByteBuffer.wrap(part));
    return UploadLayerPartResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(request.repositoryName())
        .uploadId(request.uploadId())
        .lastByteReceived(last)
        .build();
  }

  public CompleteLayerUploadResponse complete(CompleteLayerUploadRequest request) {
    String name = request.repositoryName();
    BlobUpload upload = require(request.registryId(), name, request.uploadId());
    if (upload.size() == 0) {
      throw AwsError.of(
          "EmptyUploadException", "The specified layer upload does not contain any layer parts");
    }
    String digest = upload.digest();
    if (!request.layerDigests().contains(digest)) {
      throw AwsError.of(
          "InvalidLayerException",
          "None of the provided layer digests match the calculated layer digest: " + digest);
    }
    if (registry.layerSize(name, digest).isPresent()) {
      throw AwsError.of(
          "LayerAlreadyExistsException",
          ("Layer with digest '%s' already exists in the repository with name '%s' in registry with"
                  + " id '%s'")
              .formatted(digest, name, repositories.registryId()));
    }
    return CompleteLayerUploadResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(name)
        .uploadId(request.uploadId())
        .layerDigest(registry.completeUpload(name, request.uploadId(), upload))
        .build();
  }

  public GetDownloadUrlForLayerResponse url(GetDownloadUrlForLayerRequest request) {
    String name = request.repositoryName();
    String digest =
        Parameters.required(request.layerDigest(), "InvalidParameterException", "layerDigest");
    repositories.require(request.registryId(), name);
    if (registry.layerSize(name, digest).isEmpty()) {
      throw EcrErrors.layersMissing(List.of(digest), name, repositories.registryId());
    }
    String token = tokens.encode(tokens.token(name + "@" + digest, TokenDesk.URL_LIFETIME));
    return GetDownloadUrlForLayerResponse.builder()
        .layerDigest(digest)
        .downloadUrl(
            "http://%s/v2/%s/blobs/%s?X-Amz-Security-Token=%s"
                .formatted(registryHost, name, digest, token))
        .build();
  }

  private Layer layer(String repository, String digest) {
    OptionalLong size = registry.layerSize(repository, digest);
    return Layer.builder()
        .layerDigest(digest)
        .layerAvailability(
            size.isPresent() ? LayerAvailability.AVAILABLE : LayerAvailability.UNAVAILABLE)
        .layerSize(size.isPresent() ? (Long) size.getAsLong() : null)
        .build();
  }

  private BlobUpload require(String registryId, String name, String id) {
    repositories.require(registryId, name);
    return registry
        .upload(name, id)
        .orElseThrow(() ->
            AwsError.of(
                "UploadNotFoundException",
                ("The upload with id '%s' does not exist in the repository with name '%s' in the"
                        + " registry with id '%s'")
                    .formatted(id, name, repositories.registryId())));
  }
}
