package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.resources.Ec2Calls;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;

/** {@code aws_availability_zones}. */
final class AvailabilityZonesData implements DataHandler {

  @Override
  public String type() {
    return "aws_availability_zones";
  }

  @Override
  public String label() {
    return "EC2 Availability Zones";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    List<Filter> filters = new ArrayList<>(Ec2Data.filters(attributes));
    if (attributes.has("state")) {
      filters.add(Ec2Calls.filter("state", attributes.text("state")));
    }
    DescribeAvailabilityZonesRequest request =
        DescribeAvailabilityZonesRequest.builder()
            .allAvailabilityZones(attributes.flag("all_availability_zones") ? true : null)
            .filters(filters)
            .build();
    List<AvailabilityZone> zones =
        context.call(request, DescribeAvailabilityZonesResponse.class).availabilityZones().stream()
            .filter(zone -> !attributes.texts("exclude_names").contains(zone.zoneName()))
            .filter(zone -> !attributes.texts("exclude_zone_ids").contains(zone.zoneId()))
            .sorted(Comparator.comparing(AvailabilityZone::zoneName))
            .toList();
    if (attributes.blocks("filter").isEmpty()) {
      attributes.set("filter", Values.NULL);
    }
    attributes
        .set("id", context.region())
        .setTexts("names", zones.stream().map(AvailabilityZone::zoneName).toList())
        .setTexts("zone_ids", zones.stream().map(AvailabilityZone::zoneId).toList())
        .setTexts(
            "group_names",
            zones.stream()
                .map(zone -> zone.groupName() == null ? "" : zone.groupName())
                .distinct()
                .toList());
  }
}
