package dev.slipway.twin.ecr;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ImageScanStatus;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.StartImageScanRequest;
import software.amazon.awssdk.services.ecr.model.StartImageScanResponse;

/** Basic scanning. Source: ECR user guide, image-scanning-basic. */
@Differs(
    value = "a scan completes after ten seconds and never finds anything",
    because = "the twin has no vulnerability database")
final class ScanApi {

  private static final Duration SCAN_TAKES = Duration.ofSeconds(10);

  /** An image may be scanned by hand once in this span. */
  private static final Duration QUOTA = Duration.ofHours(24);

  private final World world;
  private final Repositories repositories;
  private final Registry registry;
  private final ImageIds ids;

  ScanApi(World world, Repositories repositories, Registry registry) {
    this.world = world;
    this.repositories = repositories;
    this.registry = registry;
    this.ids = new ImageIds(registry);
  }

  public StartImageScanResponse start(StartImageScanRequest request) {
    ImageRow image = require(request.registryId(), request.repositoryName(), request.imageId());
    registry
        .scans()
        .find(image.key())
        .filter(started -> world.now().isBefore(started.plus(QUOTA)))
        .ifPresent(started -> {
          throw AwsError.of(
              "LimitExceededException",
              "The scan quota per image has been exceeded. Wait and try again.");
        });
    registry.scans().put(image.key(), world.now());
    return StartImageScanResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(image.repositoryName())
        .imageId(ImageIds.of(image.digest(), request.imageId().imageTag()))
        .imageScanStatus(status(world.now()))
        .build();
  }

  public DescribeImageScanFindingsResponse findings(DescribeImageScanFindingsRequest request) {
    ImageRow image = require(request.registryId(), request.repositoryName(), request.imageId());
    Instant started =
        registry.scans().find(image.key()).orElseThrow(() -> noScan(image, request.imageId()));
    DescribeImageScanFindingsResponse.Builder response =
        DescribeImageScanFindingsResponse.builder()
            .registryId(repositories.registryId())
            .repositoryName(image.repositoryName())
            .imageId(ImageIds.of(image.digest(), request.imageId().imageTag()))
            .imageScanStatus(status(started));
    if (!isRunning(started)) {
      response.imageScanFindings(
          ImageScanFindings.builder()
              .imageScanCompletedAt(started.plus(SCAN_TAKES))
              .vulnerabilitySourceUpdatedAt(started)
              .findings(List.of())
              .findingSeverityCountsWithStrings(Map.of())
              .build());
    }
    return response.build();
  }

  private boolean isRunning(Instant started) {
    return world.now().isBefore(started.plus(SCAN_TAKES));
  }

  private ImageScanStatus status(Instant started) {
    return isRunning(started)
        ? ImageScanStatus.builder().status(ScanStatus.IN_PROGRESS).build()
        : ImageScanStatus.builder()
            .status(ScanStatus.COMPLETE)
            .description("The scan was completed successfully.")
            .build();
  }

  private ImageRow require(String registryId, String name, ImageIdentifier id) {
    repositories.require(registryId, name);
    if (ids.resolve(name, id) instanceof ImageIds.Resolved(ImageRow image)) {
      return image;
    }
    throw EcrErrors.noImage(id.imageDigest(), id.imageTag(), name, repositories.registryId());
  }

  private AwsError noScan(ImageRow image, ImageIdentifier id) {
    return AwsError.of(
        "ScanNotFoundException",
        ("Image scan does not exist for the image with '{imageDigest:'%s', imageTag:'%s'}' in the"
                + " repository with name '%s' in the registry with id '%s'")
            .formatted(
                image.digest(), id.imageTag(), image.repositoryName(), repositories.registryId()));
  }
}
