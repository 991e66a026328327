package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** {@code aws_subnet}. */
final class SubnetResource implements ResourceHandler {

  private static final List<String> FLAGS =
      List.of(
          "map_public_ip_on_launch",
          "assign_ipv6_address_on_creation",
          "enable_dns64",
          "enable_resource_name_dns_a_record_on_launch",
          "enable_resource_name_dns_aaaa_record_on_launch");

  @Override
  public String type() {
    return "aws_subnet";
  }

  @Override
  public String label() {
    return "EC2 Subnet";
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateSubnetRequest request =
        CreateSubnetRequest.builder()
            .vpcId(planned.text("vpc_id"))
            .cidrBlock(planned.text("cidr_block"))
            .availabilityZone(planned.text("availability_zone"))
            .availabilityZoneId(planned.text("availability_zone_id"))
            .ipv6CidrBlock(planned.text("ipv6_cidr_block"))
            .tagSpecifications(Ec2Calls.tagSpecifications(planned, ResourceType.SUBNET))
            .build();
    planned.set("id", context.call(request, CreateSubnetResponse.class).subnet().subnetId());
    FLAGS.stream().filter(planned::flag).forEach(name -> modify(context, planned, name));
    if (planned.has("private_dns_hostname_type_on_launch")) {
      modifyHostnameType(context, planned);
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeSubnetsRequest request = DescribeSubnetsRequest.builder().subnetIds(state.id()).build();
    Optional<Subnet> found =
        context.findFirst(() -> context.call(request, DescribeSubnetsResponse.class).subnets());
    if (found.isEmpty()) {
      return false;
    }
    Subnet subnet = found.get();
    state
        .set("arn", context.arn("ec2", "subnet/" + subnet.subnetId()))
        .set("vpc_id", subnet.vpcId())
        .set("cidr_block", subnet.cidrBlock())
        .set("availability_zone", subnet.availabilityZone())
        .set("availability_zone_id", subnet.availabilityZoneId())
        .set("owner_id", subnet.ownerId())
        .set("map_public_ip_on_launch", Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()))
        .set(
            "assign_ipv6_address_on_creation",
            Boolean.TRUE.equals(subnet.assignIpv6AddressOnCreation()))
        .set("enable_dns64", Boolean.TRUE.equals(subnet.enableDns64()))
        .set("enable_lni_at_device_index", 0)
        .set("ipv6_native", false)
        .set("map_customer_owned_ip_on_launch", false)
        .setEmpty(
            "customer_owned_ipv4_pool",
            "ipv6_cidr_block",
            "ipv6_cidr_block_association_id",
            "outpost_arn");
    var names = subnet.privateDnsNameOptionsOnLaunch();
    state
        .set(
            "private_dns_hostname_type_on_launch",
            names == null ? "ip-name" : names.hostnameTypeAsString())
        .set(
            "enable_resource_name_dns_a_record_on_launch",
            names != null && Boolean.TRUE.equals(names.enableResourceNameDnsARecord()))
        .set(
            "enable_resource_name_dns_aaaa_record_on_launch",
            names != null && Boolean.TRUE.equals(names.enableResourceNameDnsAAAARecord()));
    Ec2Calls.setTags(context, state, subnet.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    FLAGS.stream()
        .filter(name -> planned.differs(prior, name))
        .forEach(name -> modify(context, planned, name));
    if (planned.differs(prior, "private_dns_hostname_type_on_launch")) {
      modifyHostnameType(context, planned);
    }
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    DeleteSubnetRequest request = DeleteSubnetRequest.builder().subnetId(state.id()).build();
    Ec2Calls.deleteUnused(
        context,
        context.timeout(state, "delete", Duration.ofMinutes(20)),
        () -> context.call(request, DeleteSubnetResponse.class));
  }

  private static void modify(Context context, Attributes planned, String name) {
    ModifySubnetAttributeRequest.Builder request =
        ModifySubnetAttributeRequest.builder().subnetId(planned.id());
    AttributeBooleanValue value = AttributeBooleanValue.builder().value(planned.flag(name)).build();
    switch (name) {
      case "map_public_ip_on_launch" -> request.mapPublicIpOnLaunch(value);
      case "assign_ipv6_address_on_creation" -> request.assignIpv6AddressOnCreation(value);
      case "enable_dns64" -> request.enableDns64(value);
      case "enable_resource_name_dns_a_record_on_launch" ->
          request.enableResourceNameDnsARecordOnLaunch(value);
      default -> request.enableResourceNameDnsAAAARecordOnLaunch(value);
    }
    context.call(request.build(), ModifySubnetAttributeResponse.class);
  }

  private static void modifyHostnameType(Context context, Attributes planned) {
    context.call(
        ModifySubnetAttributeRequest.builder()
            .subnetId(planned.id())
            .privateDnsHostnameTypeOnLaunch(planned.text("private_dns_hostname_type_on_launch"))
            .build(),
        ModifySubnetAttributeResponse.class);
  }
}
