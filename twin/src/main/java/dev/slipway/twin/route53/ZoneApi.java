package dev.slipway.twin.route53;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.DelegationSet;
import software.amazon.awssdk.services.route53.model.DeleteHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.DeleteHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.HostedZoneConfig;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.UpdateHostedZoneCommentRequest;
import software.amazon.awssdk.services.route53.model.UpdateHostedZoneCommentResponse;

/** Hosted zones. Source: Route 53 API reference. */
final class ZoneApi {

  private final Zones zones;

  ZoneApi(Zones zones) {
    this.zones = zones;
  }

  public CreateHostedZoneResponse create(CreateHostedZoneRequest request) {
    Parameters.only(
        request, ZoneApi::notImplemented, "Name", "VPC", "CallerReference", "HostedZoneConfig");
    if (request.name() == null || !request.name().matches("[A-Za-z0-9._-]{1,255}")) {
      throw AwsError.of("InvalidDomainName", "The domain name is not valid: " + request.name());
    }
    Parameters.required(request.callerReference(), "InvalidInput", "callerReference");
    if (zones.all().all().stream()
        .anyMatch(zone -> zone.shown().callerReference().equals(request.callerReference()))) {
      throw new AwsError(
          "HostedZoneAlreadyExists",
          409,
          "A hosted zone has already been created with the specified caller reference.");
    }
    String id = "Z" + zones.home().ids().alphanumeric(20).toUpperCase(Locale.ROOT);
    boolean isPrivate = request.vpc() != null;
    HostedZone shown =
        HostedZone.builder()
            .id("/hostedzone/" + id)
            .name(Zones.normal(request.name()))
            .callerReference(request.callerReference())
            .config(
                HostedZoneConfig.builder()
                    .comment(
                        request.hostedZoneConfig() == null
                            ? null
                            : request.hostedZoneConfig().comment())
                    .privateZone(isPrivate)
                    .build())
            .build();
    List<String> servers =
        IntStream.range(0, 4)
            .mapToObj(i ->
                "ns-%d.awsdns-%02d.%s"
                    .formatted(
                        i * 512 + zones.home().ids().nextInt(512),
                        zones.home().ids().nextInt(64),
                        List.of("com", "net", "org", "co.uk").get(i)))
            .toList();
    Zones.Zone zone =
        new Zones.Zone(shown, isPrivate ? List.of(request.vpc()) : List.of(), servers);
    zones.all().put(id, zone);
    authority(zone);
    ChangeInfo change = zones.change(null);
    return CreateHostedZoneResponse.builder()
        .location("https://route53.amazonaws.com/2013-04-01/hostedzone/" + id)
        .hostedZone(zones.shown(zone))
        .changeInfo(change)
        .delegationSet(isPrivate ? null : delegation(zone))
        .vpc(request.vpc())
        .build();
  }

  // Every zone begins with these two, which cannot be deleted.
  private void authority(Zones.Zone zone) {
    String name = zone.shown().name();
    List<ResourceRecord> servers =
        zone.nameServers().stream()
            .map(server -> ResourceRecord.builder().value(server + ".").build())
            .toList();
    ResourceRecord start =
        ResourceRecord.builder()
            .value(
                zone.nameServers().getFirst()
                    + ". awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400")
            .build();
    put(
        zone,
        ResourceRecordSet.builder()
            .name(name)
            .type(RRType.NS)
            .ttl(172_800L)
            .resourceRecords(servers)
            .build());
    put(
        zone,
        ResourceRecordSet.builder()
            .name(name)
            .type(RRType.SOA)
            .ttl(900L)
            .resourceRecords(start)
            .build());
  }

  private void put(Zones.Zone zone, ResourceRecordSet set) {
    zones.entries().put(Zones.key(zone.id(), set), new Zones.Entry(zone.id(), set));
  }

  private static DelegationSet delegation(Zones.Zone zone) {
    return DelegationSet.builder().nameServers(zone.nameServers()).build();
  }

  public GetHostedZoneResponse get(GetHostedZoneRequest request) {
    Zones.Zone zone = zones.require(request.id());
    return GetHostedZoneResponse.builder()
        .hostedZone(zones.shown(zone))
        .delegationSet(zone.isPrivate() ? null : delegation(zone))
        .vpCs(zone.vpcs().isEmpty() ? null : zone.vpcs())
        .build();
  }

  public ListHostedZonesResponse list(ListHostedZonesRequest request) {
    Parameters.only(request, ZoneApi::notImplemented, "MaxItems");
    return ListHostedZonesResponse.builder()
        .hostedZones(zones.all().all().stream().map(zones::shown).toList())
        .isTruncated(false)
        .maxItems("100")
        .build();
  }

  private static int maxItems(String text) {
    if (text == null) {
      return 100;
    }
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw AwsError.of("InvalidInput", "The value for maxItems is not valid: " + text);
    }
    return Integer.parseInt(text);
  }

  public ListHostedZonesByNameResponse listByName(ListHostedZonesByNameRequest request) {
    Parameters.only(request, ZoneApi::notImplemented, "DNSName", "HostedZoneId", "MaxItems");
    String from = request.dnsName() == null ? "" : Zones.normal(request.dnsName());
    List<HostedZone> found =
        zones.all().all().stream()
            .map(zones::shown)
            .sorted(Comparator.comparing(HostedZone::name))
            .filter(zone -> zone.name().compareTo(from) >= 0)
            .toList();
    int most = maxItems(request.maxItems());
    return ListHostedZonesByNameResponse.builder()
        .dnsName(request.dnsName())
        .hostedZones(found.subList(0, Math.min(most, found.size())))
        .isTruncated(found.size() > most)
        .nextDNSName(found.size() > most ? found.get(most).name() : null)
        .maxItems(Integer.toString(most))
        .build();
  }

  public UpdateHostedZoneCommentResponse comment(UpdateHostedZoneCommentRequest request) {
    Zones.Zone zone = zones.require(request.id());
    HostedZone changed =
        zone.shown().toBuilder()
            .config(zone.shown().config().toBuilder().comment(request.comment()).build())
            .build();
    Zones.Zone after = new Zones.Zone(changed, zone.vpcs(), zone.nameServers());
    zones.all().put(zone.id(), after);
    return UpdateHostedZoneCommentResponse.builder().hostedZone(zones.shown(after)).build();
  }

  public DeleteHostedZoneResponse delete(DeleteHostedZoneRequest request) {
    Zones.Zone zone = zones.require(request.id());
    List<ResourceRecordSet> records = zones.records(zone.id());
    if (records.size() > 2) {
      throw AwsError.of(
          "HostedZoneNotEmpty",
          "The specified hosted zone contains non-required resource record sets and so cannot be"
              + " deleted.");
    }
    records.forEach(set -> zones.entries().remove(Zones.key(zone.id(), set)));
    zones.all().remove(zone.id());
    return DeleteHostedZoneResponse.builder().changeInfo(zones.change(null)).build();
  }

  static AwsError notImplemented(String member) {
    return AwsError.of("InvalidInput", "the twin's Route 53 does not have " + member);
  }
}
