package dev.slipway.twin.route53;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ChangeResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.GetChangeRequest;
import software.amazon.awssdk.services.route53.model.GetChangeResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Records of hosted zones. Source: Route 53 API reference. */
@Differs(
    value = "Records are kept, listed and looked at by ACM; nobody resolves names through them.",
    because = "The twin serves no DNS: its balancer's addresses are of this machine.")
final class RecordApi {

  private static final int USUAL_PAGE = 300;

  private final Zones zones;

  RecordApi(Zones zones) {
    this.zones = zones;
  }

  /** All changes of a batch are made, or none. */
  public ChangeResourceRecordSetsResponse change(ChangeResourceRecordSetsRequest request) {
    Zones.Zone zone = zones.require(request.hostedZoneId());
    if (request.changeBatch() == null || request.changeBatch().changes().isEmpty()) {
      throw AwsError.of("InvalidInput", "Invalid XML ; the batch has no changes");
    }
    Map<String, ResourceRecordSet> after = new LinkedHashMap<>();
    zones.records(zone.id()).forEach(set -> after.put(Zones.key(zone.id(), set), set));
    List<String> problems = new ArrayList<>();
    for (Change change : request.changeBatch().changes()) {
      apply(zone, change, after, problems);
    }
    if (!problems.isEmpty()) {
      throw AwsError.of("InvalidChangeBatch", problems.toString());
    }
    zones.records(zone.id()).stream()
        .map(set -> Zones.key(zone.id(), set))
        .filter(key -> !after.containsKey(key))
        .forEach(key -> zones.entries().remove(key));
    after.forEach((key, set) -> zones.entries().put(key, new Zones.Entry(zone.id(), set)));
    return ChangeResourceRecordSetsResponse.builder()
        .changeInfo(zones.change(request.changeBatch().comment()))
        .build();
  }

  private static void apply(
      Zones.Zone zone,
      Change change,
      Map<String, ResourceRecordSet> records,
      List<String> problems) {
    ResourceRecordSet wanted = change.resourceRecordSet();
    ResourceRecordSet set = wanted.toBuilder().name(Zones.normal(wanted.name())).build();
    String key = Zones.key(zone.id(), set);
    String named =
        "resource record set [name='%s', type='%s']".formatted(set.name(), set.typeAsString());
    ResourceRecordSet old = records.get(key);
    if (change.action() == ChangeAction.DELETE) {
      if (old == null) {
        problems.add("Tried to delete " + named + " but it was not found");
      } else if (!isSame(old, set)) {
        problems.add(
            "Tried to delete "
                + named
                + " but the values provided do not match the current values");
      } else if (isRequired(zone, set)) {
        problems.add("A HostedZone must contain exactly one SOA record and NS records at its apex");
      } else {
        records.remove(key);
      }
      return;
    }
    String problem = problem(zone, set, records);
    if (change.action() == ChangeAction.CREATE && old != null) {
      problems.add("Tried to create " + named + " but it already exists");
    } else if (!problem.isEmpty()) {
      problems.add(problem);
    } else {
      records.put(key, set);
    }
  }

  private static String problem(
      Zones.Zone zone, ResourceRecordSet set, Map<String, ResourceRecordSet> records) {
    String apex = zone.shown().name();
    if (!set.name().equals(apex) && !set.name().endsWith("." + apex)) {
      return "RRSet with DNS name %s is not permitted in zone %s".formatted(set.name(), apex);
    }
    boolean cname = set.type() == RRType.CNAME;
    if (cname && set.name().equals(apex)) {
      return "RRSet of type CNAME with DNS name %s is not permitted at apex in zone %s"
          .formatted(set.name(), apex);
    }
    boolean conflict =
        records.values().stream()
            .anyMatch(other ->
                other.name().equals(set.name())
                    && other.type() != set.type()
                    && (cname || other.type() == RRType.CNAME));
    if (conflict) {
      return "RRSet of type %s with DNS name %s is not permitted because a conflicting RRSet of another type with the same DNS name already exists in zone %s"
          .formatted(set.typeAsString(), set.name(), apex);
    }
    if (set.aliasTarget() == null && (set.resourceRecords().isEmpty() || set.ttl() == null)) {
      return "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and"
          + " ResourceRecords], or TrafficPolicyInstanceId], but found none in Change with"
          + " [Name="
          + set.name()
          + ", Type="
          + set.typeAsString()
          + "]";
    }
    return "";
  }

  private static boolean isRequired(Zones.Zone zone, ResourceRecordSet set) {
    return set.name().equals(zone.shown().name())
        && (set.type() == RRType.SOA || set.type() == RRType.NS);
  }

  private static boolean isSame(ResourceRecordSet one, ResourceRecordSet other) {
    return java.util.Objects.equals(one.ttl(), other.ttl())
        && one.resourceRecords().size() == other.resourceRecords().size()
        && one.resourceRecords().containsAll(other.resourceRecords())
        && (one.aliasTarget() == null) == (other.aliasTarget() == null);
  }

  public ListResourceRecordSetsResponse list(ListResourceRecordSetsRequest request) {
    Zones.Zone zone = zones.require(request.hostedZoneId());
    String from =
        request.startRecordName() == null ? null : Zones.normal(request.startRecordName());
    List<ResourceRecordSet> found =
        zones.records(zone.id()).stream()
            .filter(set ->
                from == null || !Zones.isBefore(set, from, request.startRecordTypeAsString()))
            .toList();
    int most =
        request.maxItems() == null || !request.maxItems().matches("\\d{1,4}")
            ? USUAL_PAGE
            : Math.min(USUAL_PAGE, Integer.parseInt(request.maxItems()));
    boolean more = found.size() > most;
    return ListResourceRecordSetsResponse.builder()
        .resourceRecordSets(more ? found.subList(0, most) : found)
        .isTruncated(more)
        .nextRecordName(more ? found.get(most).name() : null)
        .nextRecordType(more ? found.get(most).type() : null)
        .maxItems(Integer.toString(most))
        .build();
  }

  public GetChangeResponse change(GetChangeRequest request) {
    return GetChangeResponse.builder().changeInfo(zones.look(request.id())).build();
  }
}
