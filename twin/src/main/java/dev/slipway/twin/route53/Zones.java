package dev.slipway.twin.route53;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.VPC;

/** Zones, records and changes of an account. */
final class Zones {

  /**
   * How long a change takes to reach all name servers. Source: Route 53 FAQ, "within 60 seconds".
   */
  private static final Duration PROPAGATION = Duration.ofSeconds(30);

  private static final Comparator<ResourceRecordSet> ORDER =
      Comparator.comparing((ResourceRecordSet set) -> reversed(set.name()))
          .thenComparing(ResourceRecordSet::typeAsString)
          .thenComparing(set -> set.setIdentifier() == null ? "" : set.setIdentifier());

  private final World home;

  Zones(World home) {
    this.home = home;
  }

  /**
   * A zone.
   *
   * @param vpcs those that resolve through a private zone; empty for a public one
   */
  record Zone(HostedZone shown, List<VPC> vpcs, List<String> nameServers) {
    String id() {
      return shown.id().substring("/hostedzone/".length());
    }

    boolean isPrivate() {
      return Boolean.TRUE.equals(shown.config().privateZone());
    }
  }

  /** A record set of a zone. */
  record Entry(String zone, ResourceRecordSet set) {}

  World home() {
    return home;
  }

  Table<Zone> all() {
    return home.table("route53.zones");
  }

  Table<Entry> entries() {
    return home.table("route53.records");
  }

  private Table<Instant> changes() {
    return home.table("route53.changes");
  }

  Zone require(String id) {
    String bare = id == null ? "" : id.replaceFirst("^/?hostedzone/", "");
    return all()
        .find(bare)
        .orElseThrow(
            () -> new AwsError("NoSuchHostedZone", 404, "No hosted zone found with ID: " + bare));
  }

  /** The zone as it is shown, with the number of its records. */
  HostedZone shown(Zone zone) {
    return zone.shown().toBuilder()
        .resourceRecordSetCount((long) records(zone.id()).size())
        .build();
  }

  /** The record sets of a zone in the order in which Route 53 lists them. */
  List<ResourceRecordSet> records(String zone) {
    return entries().where(entry -> entry.zone().equals(zone)).stream()
        .map(Entry::set)
        .sorted(ORDER)
        .toList();
  }

  static String key(String zone, ResourceRecordSet set) {
    String identifier = set.setIdentifier() == null ? "" : set.setIdentifier();
    return zone + " " + set.name() + " " + set.typeAsString() + " " + identifier;
  }

  /** Whether a record set stands before a name and type in the listing's order. */
  static boolean isBefore(ResourceRecordSet set, String name, String type) {
    int order = reversed(set.name()).compareTo(reversed(name));
    return order < 0 || order == 0 && type != null && set.typeAsString().compareTo(type) < 0;
  }

  ChangeInfo change(String comment) {
    String id = "C" + home.ids().alphanumeric(20).toUpperCase(Locale.ROOT);
    changes().put(id, home.now());
    return info(id, home.now(), comment);
  }

  ChangeInfo look(String id) {
    String bare = id == null ? "" : id.replaceFirst("^/?change/", "");
    Instant submitted =
        changes()
            .find(bare)
            .orElseThrow(() ->
                new AwsError("NoSuchChange", 404, "Could not find resource with ID: " + bare));
    return info(bare, submitted, null);
  }

  private ChangeInfo info(String id, Instant submitted, String comment) {
    boolean known = !home.now().isBefore(submitted.plus(PROPAGATION));
    return ChangeInfo.builder()
        .id("/change/" + id)
        .status(known ? ChangeStatus.INSYNC : ChangeStatus.PENDING)
        .submittedAt(submitted)
        .comment(comment)
        .build();
  }

  /** A name as Route 53 keeps it: in lower case, with a dot at its end, wildcards escaped. */
  static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT).replace("*", "\\052");
    return lower.endsWith(".") ? lower : lower + ".";
  }

  private static String reversed(String name) {
    List<String> labels = List.of(name.split("\\.", -1));
    return String.join(".", labels.reversed());
  }
}
