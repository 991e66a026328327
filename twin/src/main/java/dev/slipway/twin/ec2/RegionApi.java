package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.AccountAttribute;
import software.amazon.awssdk.services.ec2.model.AccountAttributeValue;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAccountAttributesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;

/** What there is without anyone making it: regions, zones and the account's limits. */
final class RegionApi {

  /** The regions that an account has without opting in. Source: AWS account guide, regions. */
  private static final List<String> REGIONS =
      List.of(
          "ap-northeast-1",
          "ap-northeast-2",
          "ap-northeast-3",
          "ap-south-1",
          "ap-southeast-1",
          "ap-southeast-2",
          "ca-central-1",
          "eu-central-1",
          "eu-north-1",
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "sa-east-1",
          "us-east-1",
          "us-east-2",
          "us-west-1",
          "us-west-2");

  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "supported-platforms", "VPC",
          "default-vpc", "none",
          "max-instances", "20",
          "vpc-max-security-groups-per-interface", "5",
          "max-elastic-ips", "5",
          "vpc-max-elastic-ips", "5");

  private final World world;
  private final Filters<AvailabilityZone> zoneFilters =
      Filters.<AvailabilityZone>untagged()
          .on("group-name", AvailabilityZone::groupName)
          .on("group-long-name", AvailabilityZone::groupLongName)
          .on("message", z -> null)
          .on("opt-in-status", AvailabilityZone::optInStatusAsString)
          .on("region-name", AvailabilityZone::regionName)
          .on("state", AvailabilityZone::stateAsString)
          .on("zone-id", AvailabilityZone::zoneId)
          .on("zone-name", AvailabilityZone::zoneName)
          .on("zone-type", AvailabilityZone::zoneType);
  private final Filters<Region> regionFilters =
      Filters.<Region>untagged()
          .on("endpoint", Region::endpoint)
          .on("opt-in-status", Region::optInStatus)
          .on("region-name", Region::regionName);

  RegionApi(World world) {
    this.world = world;
  }

  /** Lists the region's zones. */
  public DescribeAvailabilityZonesResponse describeAvailabilityZones(
      DescribeAvailabilityZonesRequest request) {
    Parameters.only(request, "Filters", "ZoneNames", "ZoneIds", "AllAvailabilityZones");
    List<AvailabilityZone> all = Zones.of(world.region()).stream().map(this::zone).toList();
    for (String name : request.zoneNames()) {
      if (all.stream().noneMatch(z -> z.zoneName().equals(name))) {
        throw AwsError.of(
            "InvalidParameterValue", "Invalid availability zone: [%s]".formatted(name));
      }
    }
    List<AvailabilityZone> selected =
        all.stream()
            .filter(
                z -> request.zoneNames().isEmpty() || request.zoneNames().contains(z.zoneName()))
            .filter(z -> request.zoneIds().isEmpty() || request.zoneIds().contains(z.zoneId()))
            .toList();
    return DescribeAvailabilityZonesResponse.builder()
        .availabilityZones(zoneFilters.apply(selected, request.filters()))
        .build();
  }

  /** Lists the account's regions. */
  public DescribeRegionsResponse describeRegions(DescribeRegionsRequest request) {
    Parameters.only(request, "Filters", "RegionNames", "AllRegions");
    for (String name : request.regionNames()) {
      if (!REGIONS.contains(name)) {
        throw AwsError.of("InvalidParameterValue", "Invalid region name: " + name);
      }
    }
    List<Region> selected =
        REGIONS.stream()
            .filter(r -> request.regionNames().isEmpty() || request.regionNames().contains(r))
            .map(r ->
                Region.builder()
                    .regionName(r)
                    .endpoint("ec2." + r + ".amazonaws.com")
                    .optInStatus("opt-in-not-required")
                    .build())
            .toList();
    return DescribeRegionsResponse.builder()
        .regions(regionFilters.apply(selected, request.filters()))
        .build();
  }

  /** Lists the account's attributes. */
  public DescribeAccountAttributesResponse describeAccountAttributes(
      DescribeAccountAttributesRequest request) {
    Parameters.only(request, "AttributeNames");
    List<String> wanted = request.attributeNamesAsStrings();
    return DescribeAccountAttributesResponse.builder()
        .accountAttributes(
            ATTRIBUTES.keySet().stream()
                .sorted()
                .filter(n -> wanted.isEmpty() || wanted.contains(n))
                .map(n -> attribute(n, ATTRIBUTES.get(n)))
                .toList())
        .build();
  }

  private static AccountAttribute attribute(String name, String value) {
    return AccountAttribute.builder()
        .attributeName(name)
        .attributeValues(AccountAttributeValue.builder().attributeValue(value).build())
        .build();
  }

  private AvailabilityZone zone(Zones.Zone zone) {
    return AvailabilityZone.builder()
        .zoneName(zone.name())
        .zoneId(zone.id())
        .regionName(world.region())
        .groupName(world.region())
        .networkBorderGroup(world.region())
        .optInStatus("opt-in-not-required")
        .state("available")
        .zoneType("availability-zone")
        .messages(List.of())
        .build();
  }
}
