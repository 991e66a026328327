package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.HostnameType;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetState;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** Subnets. Source: EC2 API reference, CreateSubnet and others. */
final class SubnetApi {

  private final World world;
  private final Stores stores;
  private final PrivateAddresses addresses;
  private final Filters<Subnet> filters;

  SubnetApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.addresses = new PrivateAddresses(world, stores);
    this.filters =
        Filters.of(stores.subnets.kind())
            .on("subnet-id", Subnet::subnetId)
            .on("subnet-arn", Subnet::subnetArn)
            .on("vpc-id", Subnet::vpcId)
            .on("cidr", Subnet::cidrBlock)
            .on("cidrBlock", Subnet::cidrBlock)
            .on("cidr-block", Subnet::cidrBlock)
            .on("availability-zone", Subnet::availabilityZone)
            .on("availabilityZone", Subnet::availabilityZone)
            .on("availability-zone-id", Subnet::availabilityZoneId)
            .on("availabilityZoneId", Subnet::availabilityZoneId)
            .on("available-ip-address-count", Subnet::availableIpAddressCount)
            .on("default-for-az", Subnet::defaultForAz)
            .on("defaultForAz", Subnet::defaultForAz)
            .on("map-public-ip-on-launch", Subnet::mapPublicIpOnLaunch)
            .on("owner-id", Subnet::ownerId)
            .on("state", Subnet::stateAsString);
  }

  /** Creates a subnet and gives it the VPC's default network ACL. */
  public CreateSubnetResponse createSubnet(CreateSubnetRequest request) {
    Parameters.only(
        request,
        "VpcId",
        "CidrBlock",
        "AvailabilityZone",
        "AvailabilityZoneId",
        "TagSpecifications");
    Vpc vpc = stores.vpcs.require(Parameters.required("vpcId", request.vpcId()));
    Cidr block = block(request.cidrBlock(), vpc);
    new Quotas(stores).checkSubnets(vpc.vpcId());
    Zones.Zone zone = zone(request);
    String id = stores.subnets.newId();
    Subnet made =
        Subnet.builder()
            .subnetId(id)
            .subnetArn(world.arn("ec2", "subnet/" + id))
            .vpcId(vpc.vpcId())
            .ownerId(world.account())
            .cidrBlock(block.toString())
            .availabilityZone(zone.name())
            .availabilityZoneId(zone.id())
            .state(SubnetState.AVAILABLE)
            .defaultForAz(false)
            .mapPublicIpOnLaunch(false)
            .mapCustomerOwnedIpOnLaunch(false)
            .assignIpv6AddressOnCreation(false)
            .ipv6CidrBlockAssociationSet(List.of())
            .ipv6Native(false)
            .enableDns64(false)
            .privateDnsNameOptionsOnLaunch(o ->
                o.hostnameType(HostnameType.IP_NAME)
                    .enableResourceNameDnsARecord(false)
                    .enableResourceNameDnsAAAARecord(false))
            .tags(Tags.of(request.tagSpecifications(), "subnet"))
            .build();
    stores.subnets.put(made);
    NetworkAcls.associateWithDefault(world, stores, vpc.vpcId(), id);
    return CreateSubnetResponse.builder().subnet(counted(made)).build();
  }

  /** Lists subnets with the number of their free addresses. */
  public DescribeSubnetsResponse describeSubnets(DescribeSubnetsRequest request) {
    Parameters.only(request, "Filters", "SubnetIds", "NextToken", "MaxResults");
    List<Subnet> counted =
        stores.subnets.select(request.subnetIds()).stream().map(this::counted).toList();
    Page<Subnet> page =
        Page.of(
            filters.apply(counted, request.filters()), request.maxResults(), request.nextToken());
    return DescribeSubnetsResponse.builder()
        .subnets(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Deletes a subnet without network interfaces. */
  public DeleteSubnetResponse deleteSubnet(DeleteSubnetRequest request) {
    Parameters.only(request, "SubnetId");
    String id = Parameters.required("subnetId", request.subnetId());
    stores.subnets.require(id);
    if (stores.networkInterfaces.any(i -> id.equals(i.subnetId()))) {
      throw AwsError.of(
          "DependencyViolation",
          "The subnet '%s' has dependencies and cannot be deleted.".formatted(id));
    }
    RouteTables.removeAssociations(stores, a -> id.equals(a.subnetId()));
    NetworkAcls.removeAssociation(stores, id);
    stores.subnets.remove(id);
    return DeleteSubnetResponse.builder().build();
  }

  /** Changes one attribute of a subnet. */
  public ModifySubnetAttributeResponse modifySubnetAttribute(ModifySubnetAttributeRequest request) {
    Parameters.only(
        request,
        "SubnetId",
        "MapPublicIpOnLaunch",
        "EnableResourceNameDnsARecordOnLaunch",
        "PrivateDnsHostnameTypeOnLaunch");
    String id = Parameters.required("subnetId", request.subnetId());
    stores.subnets.require(id);
    stores.subnets.update(
        id,
        s -> {
          Subnet.Builder changed = s.toBuilder();
          if (request.mapPublicIpOnLaunch() != null) {
            changed.mapPublicIpOnLaunch(request.mapPublicIpOnLaunch().value());
          }
          if (request.enableResourceNameDnsARecordOnLaunch() != null) {
            changed.privateDnsNameOptionsOnLaunch(
                s.privateDnsNameOptionsOnLaunch().toBuilder()
                    .enableResourceNameDnsARecord(
                        request.enableResourceNameDnsARecordOnLaunch().value())
                    .build());
          }
          if (request.privateDnsHostnameTypeOnLaunch() != null) {
            changed.privateDnsNameOptionsOnLaunch(
                s.privateDnsNameOptionsOnLaunch().toBuilder()
                    .hostnameType(request.privateDnsHostnameTypeOnLaunch())
                    .build());
          }
          return changed.build();
        });
    return ModifySubnetAttributeResponse.builder().build();
  }

  private Subnet counted(Subnet subnet) {
    return subnet.toBuilder().availableIpAddressCount(addresses.free(subnet)).build();
  }

  private Cidr block(String given, Vpc vpc) {
    String text = Parameters.required("cidrBlock", given);
    if (!Cidr.isValid(text)) {
      throw Parameters.invalid(text, "cidrBlock", "This is not a valid CIDR block.");
    }
    Cidr block = Cidr.parse(text);
    if (block.prefix() < 16
        || block.prefix() > 28
        || VpcBlocks.of(vpc).noneMatch(b -> b.contains(block))) {
      throw AwsError.of("InvalidSubnet.Range", "The CIDR '%s' is invalid.".formatted(text));
    }
    boolean taken =
        stores.subnets.any(
            s -> s.vpcId().equals(vpc.vpcId()) && Cidr.parse(s.cidrBlock()).overlaps(block));
    if (taken) {
      throw AwsError.of(
          "InvalidSubnet.Conflict", "The CIDR '%s' conflicts with another subnet".formatted(text));
    }
    return block;
  }

  private Zones.Zone zone(CreateSubnetRequest request) {
    List<Zones.Zone> zones = Zones.of(world.region());
    if (request.availabilityZoneId() != null) {
      return Zones.withId(world.region(), request.availabilityZoneId())
          .orElseThrow(() ->
              Parameters.invalid(
                  request.availabilityZoneId(),
                  "availabilityZoneId",
                  "Subnets can currently only be created in the following availability zones: "
                      + String.join(", ", zones.stream().map(Zones.Zone::id).toList())
                      + "."));
    }
    if (request.availabilityZone() != null) {
      return Zones.named(world.region(), request.availabilityZone())
          .orElseThrow(() ->
              Parameters.invalid(
                  request.availabilityZone(),
                  "availabilityZone",
                  "Subnets can currently only be created in the following availability zones: "
                      + String.join(", ", zones.stream().map(Zones.Zone::name).toList())
                      + "."));
    }
    return zones.getFirst();
  }
}
