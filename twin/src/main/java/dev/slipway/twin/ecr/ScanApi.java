package dev.slipway.twin.ecr;

import dev.slipway.twin.ecr.Scans.Scan;
import dev.slipway.twin.ecr.scan.Inventory.Finding;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageScanFindings;
import software.amazon.awssdk.services.ecr.model.ImageScanStatus;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.StartImageScanRequest;
import software.amazon.awssdk.services.ecr.model.StartImageScanResponse;

/** Scans by hand, and what scans found. Source: ECR user guide, image-scanning-basic. */
final class ScanApi {

  /** An image may be scanned once in this span. */
  private static final Duration QUOTA = Duration.ofHours(24);

  private final World world;
  private final Repositories repositories;
  private final ImageIds ids;
  private final Scans scans;
  private final ScanSettings settings;

  ScanApi(
      World world,
      Repositories repositories,
      Registry registry,
      Scans scans,
      ScanSettings settings) {
    this.world = world;
    this.repositories = repositories;
    this.ids = new ImageIds(registry);
    this.scans = scans;
    this.settings = settings;
  }

  public StartImageScanResponse start(StartImageScanRequest request) {
    ImageRow image = require(request.registryId(), request.repositoryName(), request.imageId());
    if (settings.isEnhanced()) {
      throw AwsError.of("ValidationException", "This feature is disabled");
    }
    if (!Scans.isScannable(image)) {
      throw AwsError.of(
          "UnsupportedImageTypeException",
          "The image is of a type that cannot be scanned: " + image.manifest().mediaType());
    }
    scans
        .begun(image)
        .filter(started -> world.now().isBefore(started.plus(QUOTA)))
        .ifPresent(started -> {
          throw AwsError.of(
              "LimitExceededException",
              "The scan quota per image has been exceeded. Wait and try again.");
        });
    scans.begin(image);
    return StartImageScanResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(image.repositoryName())
        .imageId(ImageIds.of(image.digest(), request.imageId().imageTag()))
        .imageScanStatus(s -> s.status(ScanStatus.IN_PROGRESS))
        .build();
  }

  public DescribeImageScanFindingsResponse findings(DescribeImageScanFindingsRequest request) {
    ImageRow image = require(request.registryId(), request.repositoryName(), request.imageId());
    Scan scan = scans.of(image).orElseThrow(() -> noScan(image, request.imageId()));
    DescribeImageScanFindingsResponse.Builder response =
        DescribeImageScanFindingsResponse.builder()
            .registryId(repositories.registryId())
            .repositoryName(image.repositoryName())
            .imageId(ImageIds.of(image.digest(), request.imageId().imageTag()))
            .imageScanStatus(status(scan));
    if (scan.hasFindings()) {
      Page<Finding> page =
          Page.of(
              ScanFindings.worstFirst(scan.findings()),
              request.nextToken(),
              request.maxResults(),
              100);
      response.nextToken(page.nextToken()).imageScanFindings(shown(scan, page.items(), image));
    }
    return response.build();
  }

  static ImageScanStatus status(Scan scan) {
    return ImageScanStatus.builder().status(scan.status()).description(scan.description()).build();
  }

  private ImageScanFindings shown(Scan scan, List<Finding> findings, ImageRow image) {
    ImageScanFindings.Builder shown =
        ImageScanFindings.builder()
            .imageScanCompletedAt(scan.completedAt())
            .vulnerabilitySourceUpdatedAt(scan.knownSince())
            .findingSeverityCountsWithStrings(ScanFindings.counts(scan.findings()));
    String arn = world.arn("ecr", "repository/" + image.repositoryName() + "/" + image.digest());
    return settings.isEnhanced()
        ? shown
            .enhancedFindings(
                findings.stream()
                    .map(f -> ScanFindings.enhanced(f, repositories.registryId(), arn))
                    .toList())
            .build()
        : shown.findings(findings.stream().map(ScanFindings::basic).toList()).build();
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
