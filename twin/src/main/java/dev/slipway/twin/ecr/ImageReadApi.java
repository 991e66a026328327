package dev.slipway.twin.ecr;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageScanFindingsSummary;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** What is in a repository. Source: ECR API reference. */
final class ImageReadApi {

  private final Repositories repositories;
  private final Registry registry;
  private final ImageIds ids;
  private final ScanSettings settings;
  private final Scans scans;

  ImageReadApi(Repositories repositories, Registry registry, ScanSettings settings, Scans scans) {
    this.settings = settings;
    this.scans = scans;
    this.repositories = repositories;
    this.registry = registry;
    this.ids = new ImageIds(registry);
  }

  public DescribeImagesResponse describe(DescribeImagesRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    List<ImageRow> wanted =
        request.hasImageIds()
            ? request.imageIds().stream().map(id -> require(name, id)).distinct().toList()
            : registry.images(name);
    TagStatus tagStatus = request.filter() == null ? null : request.filter().tagStatus();
    ImageStatusFilter status = request.filter() == null ? null : request.filter().imageStatus();
    List<ImageDetail> details =
        wanted.stream().filter(row -> matches(row, tagStatus, status)).map(this::detail).toList();
    Page<ImageDetail> page = Page.of(details, request.nextToken(), request.maxResults(), 100);
    return DescribeImagesResponse.builder()
        .imageDetails(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  public ListImagesResponse list(ListImagesRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    TagStatus tagStatus = request.filter() == null ? null : request.filter().tagStatus();
    ImageStatusFilter status = request.filter() == null ? null : request.filter().imageStatus();
    List<ImageIdentifier> found =
        registry.images(name).stream()
            .filter(row -> matches(row, tagStatus, status))
            .flatMap(this::identifiers)
            .toList();
    Page<ImageIdentifier> page = Page.of(found, request.nextToken(), request.maxResults(), 100);
    return ListImagesResponse.builder().imageIds(page.items()).nextToken(page.nextToken()).build();
  }

  private ImageRow require(String name, ImageIdentifier id) {
    return switch (ids.resolve(name, id)) {
      case ImageIds.Resolved found -> found.image();
      case ImageIds.Failed failed
          when failed.failure().failureReason().startsWith("Invalid request parameters") ->
          throw AwsError.of("InvalidParameterException", failed.failure().failureReason());
      case ImageIds.Failed failed ->
          throw EcrErrors.noImage(id.imageDigest(), id.imageTag(), name, repositories.registryId());
    };
  }

  private Stream<ImageIdentifier> identifiers(ImageRow row) {
    List<String> tags = registry.tagsOf(row);
    return tags.isEmpty()
        ? Stream.of(ImageIds.of(row.digest(), null))
        : tags.stream().map(tag -> ImageIds.of(row.digest(), tag));
  }

  /** Every image of the twin is active: it has no archive. */
  private boolean matches(ImageRow row, TagStatus tagStatus, ImageStatusFilter status) {
    boolean active =
        status == null || status == ImageStatusFilter.ACTIVE || status == ImageStatusFilter.ANY;
    boolean tagged = !registry.tagsOf(row).isEmpty();
    return active
        && (tagStatus == null
            || tagStatus == TagStatus.ANY
            || tagged == (tagStatus == TagStatus.TAGGED));
  }

  private ImageDetail detail(ImageRow row) {
    List<String> tags = registry.tagsOf(row);
    String subject = row.manifest().subject();
    String artifactType = row.manifest().artifactType();
    // Basic scanning leaves them out since 2024. Source: ECR API reference, ImageDetail.
    Optional<Scans.Scan> scan = settings.isEnhanced() ? scans.of(row) : Optional.empty();
    return ImageDetail.builder()
        .imageScanStatus(scan.map(ScanApi::status).orElse(null))
        .imageScanFindingsSummary(
            scan.filter(Scans.Scan::hasFindings).map(ImageReadApi::summary).orElse(null))
        .registryId(repositories.registryId())
        .repositoryName(row.repositoryName())
        .imageDigest(row.digest())
        .imageTags(tags.isEmpty() ? null : tags)
        .imageSizeInBytes(row.sizeInBytes())
        .imagePushedAt(row.pushedAt())
        .imageManifestMediaType(row.manifest().mediaType())
        .artifactMediaType(artifactType.isEmpty() ? null : artifactType)
        .lastRecordedPullTime(registry.lastPull(row).orElse(null))
        .subjectManifestDigest(subject.isEmpty() ? null : subject)
        .imageStatus(ImageStatus.ACTIVE)
        .build();
  }

  private static ImageScanFindingsSummary summary(Scans.Scan scan) {
    return ImageScanFindingsSummary.builder()
        .imageScanCompletedAt(scan.completedAt())
        .vulnerabilitySourceUpdatedAt(scan.knownSince())
        .findingSeverityCountsWithStrings(ScanFindings.counts(scan.findings()))
        .build();
  }
}
