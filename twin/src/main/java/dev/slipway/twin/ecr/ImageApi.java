package dev.slipway.twin.ecr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageFailure;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;

/** Manifests in, out and away. Source: ECR API reference. */
final class ImageApi {

  private final Repositories repositories;
  private final Registry registry;
  private final ImageIds ids;

  ImageApi(Repositories repositories, Registry registry) {
    this.repositories = repositories;
    this.registry = registry;
    this.ids = new ImageIds(registry);
  }

  public PutImageResponse put(PutImageRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    String tag = request.imageTag();
    byte[] document =
        Optional.ofNullable(request.imageManifest())
            .orElseThrow(() -> EcrErrors.invalid("imageManifest", "Member must not be null"))
            .getBytes(StandardCharsets.UTF_8);
    String digest = Registry.digest(document);
    if (request.imageDigest() != null && !request.imageDigest().equals(digest)) {
      throw EcrErrors.digestDiffers(request.imageDigest(), digest);
    }
    Registry.Pushed pushed =
        registry.push(
            name,
            document,
            tag == null ? "" : tag,
            request.imageManifestMediaType() == null ? "" : request.imageManifestMediaType());
    if (!pushed.changed()) {
      throw EcrErrors.imageExists(digest, tag, name, repositories.registryId());
    }
    return PutImageResponse.builder().image(image(pushed.image(), tag)).build();
  }

  public BatchGetImageResponse get(BatchGetImageRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    List<Image> images = new ArrayList<>();
    List<ImageFailure> failures = new ArrayList<>();
    for (ImageIdentifier id : request.imageIds()) {
      switch (ids.resolve(name, id)) {
        case ImageIds.Failed failed -> failures.add(failed.failure());
        case ImageIds.Resolved found -> {
          registry.recordPull(found.image());
          images.add(image(found.image(), id.imageTag()));
        }
      }
    }
    return BatchGetImageResponse.builder().images(images).failures(failures).build();
  }

  public BatchDeleteImageResponse delete(BatchDeleteImageRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    List<ImageIdentifier> deleted = new ArrayList<>();
    List<ImageFailure> failures = new ArrayList<>();
    for (ImageIdentifier id : request.imageIds()) {
      switch (ids.resolve(name, id)) {
        case ImageIds.Failed failed -> failures.add(failed.failure());
        case ImageIds.Resolved found when isListed(id, found.image()) ->
            failures.add(listed(id, found.image()));
        case ImageIds.Resolved found -> deleted.addAll(delete(id, found.image()));
      }
    }
    return BatchDeleteImageResponse.builder().imageIds(deleted).failures(failures).build();
  }

  /** Deleting by tag takes the tag; the image goes with its last one. By digest it goes at once. */
  private List<ImageIdentifier> delete(ImageIdentifier id, ImageRow image) {
    List<String> tags = registry.tagsOf(image);
    boolean byTag = id.imageDigest() == null;
    if (byTag && tags.size() > 1) {
      registry.untag(image.repositoryName(), id.imageTag());
      return List.of(ImageIds.of(image.digest(), id.imageTag()));
    }
    registry.remove(image);
    return tags.isEmpty()
        ? List.of(ImageIds.of(image.digest(), null))
        : tags.stream().map(tag -> ImageIds.of(image.digest(), tag)).toList();
  }

  private boolean isListed(ImageIdentifier id, ImageRow image) {
    boolean tagOnly = id.imageDigest() == null && registry.tagsOf(image).size() > 1;
    return !tagOnly && !registry.indexesOf(image).isEmpty();
  }

  private ImageFailure listed(ImageIdentifier id, ImageRow image) {
    List<String> indexes = registry.indexesOf(image).stream().map(ImageRow::digest).toList();
    return ImageFailure.builder()
        .imageId(id)
        .failureCode(ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST)
        .failureReason("Requested image referenced by manifest list: " + indexes)
        .build();
  }

  private Image image(ImageRow row, String tag) {
    return Image.builder()
        .registryId(repositories.registryId())
        .repositoryName(row.repositoryName())
        .imageId(ImageIds.of(row.digest(), tag))
        .imageManifest(row.document())
        .imageManifestMediaType(row.manifest().mediaType())
        .build();
  }
}
