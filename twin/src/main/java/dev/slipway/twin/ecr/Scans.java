package dev.slipway.twin.ecr;

import dev.slipway.twin.ecr.scan.Advisories;
import dev.slipway.twin.ecr.scan.Inventory;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.ScanFrequency;
import software.amazon.awssdk.services.ecr.model.ScanStatus;

/**
 * The scans of images: a scan is its beginning alone, and what it finds follows from the image's
 * layers and from what is known of vulnerabilities at its end. Under the world's lock.
 *
 * <p>Source: ECR user guide, image-scanning-basic, image-scanning-enhanced.
 */
@Differs(
    value =
        "scans find what the advisories say that were given to the twin (POST /_twin/advisories),"
            + " and nothing without any",
    because = "the twin has no vulnerability database")
@Differs(
    value = "a scan takes ten seconds, or as long as the layers take to read",
    because = "AWS names no time")
@Differs(
    value = "the packages of Debian, Ubuntu and Alpine are known, and those of RPM are not",
    because = "RPM's database is a binary one; such an image is answered as an unsupported one")
final class Scans {

  /** How long a scan takes. */
  static final Duration TAKES = Duration.ofSeconds(10);

  /**
   * A scan as it stands.
   *
   * @param completedAt its end; meaningful unless it is in progress
   */
  record Scan(
      ScanStatus status,
      String description,
      Instant completedAt,
      Instant knownSince,
      List<Inventory.Finding> findings) {

    boolean hasFindings() {
      return status == ScanStatus.COMPLETE || status == ScanStatus.ACTIVE;
    }
  }

  private final World world;
  private final Repositories repositories;
  private final ScanSettings settings;
  private final Inventories inventories;
  private final Advisories advisories;

  Scans(
      World world,
      Repositories repositories,
      ScanSettings settings,
      Inventories inventories,
      Advisories advisories) {
    this.world = world;
    this.repositories = repositories;
    this.settings = settings;
    this.inventories = inventories;
    this.advisories = advisories;
  }

  private Table<Instant> begun() {
    return world.table("ecr.scans");
  }

  /** When the image's newest scan began. */
  Optional<Instant> begun(ImageRow image) {
    return begun().find(image.key());
  }

  void begin(ImageRow image) {
    begun().put(image.key(), world.now());
    inventories.of(image);
  }

  /** Notes a push. An index is not scanned; its images are, each at its own push. */
  void pushed(ImageRow image, Repository owner) {
    if (isScannable(image) && settings.frequency(owner) != ScanFrequency.MANUAL) {
      begin(image);
    }
  }

  void forget(ImageRow image) {
    begun().remove(image.key());
  }

  /** Whether an image is of a kind that can be scanned: no index and no other artifact. */
  static boolean isScannable(ImageRow image) {
    return image.config() != ImageConfig.NONE;
  }

  /** The image's newest scan. */
  Optional<Scan> of(ImageRow image) {
    return begun(image).map(from -> look(image, from));
  }

  private Scan look(ImageRow image, Instant from) {
    Optional<Inventory> inventory = inventories.of(image);
    Instant end = from.plus(TAKES);
    if (inventory.isEmpty() || world.now().isBefore(end)) {
      return new Scan(ScanStatus.IN_PROGRESS, null, end, from, List.of());
    }
    if (!settings.isEnhanced()) {
      return basic(inventory.get(), end);
    }
    boolean goesOn =
        settings.frequency(repositories.require(null, image.repositoryName()))
            == ScanFrequency.CONTINUOUS_SCAN;
    return enhanced(inventory.get(), end, goesOn ? world.now() : end);
  }

  private Scan basic(Inventory inventory, Instant end) {
    if (!inventory.hasKnownSystem()) {
      return new Scan(
          ScanStatus.FAILED,
          "UnsupportedImageError: The operating system and/or package manager are not supported.",
          end,
          end,
          List.of());
    }
    return new Scan(
        ScanStatus.COMPLETE,
        "The scan was completed successfully.",
        end,
        advisories.since(end),
        inventory.findings(advisories.at(end), false));
  }

  /** A continuous scan goes on: it finds what became known since. */
  private Scan enhanced(Inventory inventory, Instant end, Instant newest) {
    if (!inventory.hasKnownSystem() && inventory.software().isEmpty()) {
      return new Scan(
          ScanStatus.UNSUPPORTED_IMAGE, "The image is not supported.", end, end, List.of());
    }
    Instant since = advisories.since(newest);
    return new Scan(
        ScanStatus.ACTIVE,
        "Continuous scan is selected for image.",
        since.isAfter(end) ? since : end,
        since,
        inventory.findings(advisories.at(newest), true));
  }
}
