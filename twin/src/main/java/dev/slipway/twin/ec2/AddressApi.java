package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AddressAttribute;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressResponse;

/** Elastic IP addresses. Source: EC2 API reference, AllocateAddress and others. */
final class AddressApi {

  /** Source: VPC user guide, quotas: Elastic IP addresses per region. */
  private static final int LIMIT = 5;

  private final World world;
  private final Stores stores;
  private final PublicAddresses publicAddresses;
  private final Elastic elastic;
  private final Filters<Address> filters;

  AddressApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.publicAddresses = new PublicAddresses(world, stores);
    this.elastic = new Elastic(world, stores);
    this.filters =
        Filters.of(stores.addresses.kind())
            .on("allocation-id", Address::allocationId)
            .on("association-id", Address::associationId)
            .on("domain", Address::domainAsString)
            .on("instance-id", Address::instanceId)
            .on("network-border-group", Address::networkBorderGroup)
            .on("network-interface-id", Address::networkInterfaceId)
            .on("network-interface-owner-id", Address::networkInterfaceOwnerId)
            .on("private-ip-address", Address::privateIpAddress)
            .on("public-ip", Address::publicIp);
  }

  /** Allocates an address. */
  public AllocateAddressResponse allocateAddress(AllocateAddressRequest request) {
    Parameters.only(request, "Domain", "NetworkBorderGroup", "PublicIpv4Pool", "TagSpecifications");
    if (request.publicIpv4Pool() != null && !request.publicIpv4Pool().equals("amazon")) {
      throw Parameters.unsupported("PublicIpv4Pool=" + request.publicIpv4Pool());
    }
    if (request.domain() == DomainType.STANDARD) {
      throw Parameters.unsupported("Domain=standard");
    }
    String group = request.networkBorderGroup();
    if (group != null && !group.equals(world.region())) {
      throw Parameters.invalid(group, "NetworkBorderGroup", "The group is not in this region.");
    }
    if (stores.addresses.all().size() >= LIMIT) {
      throw AwsError.of(
          "AddressLimitExceeded", "The maximum number of addresses has been reached.");
    }
    Address made =
        stores.addresses.put(
            Address.builder()
                .allocationId(stores.addresses.newId())
                .publicIp(publicAddresses.take())
                .domain(DomainType.VPC)
                .publicIpv4Pool("amazon")
                .networkBorderGroup(world.region())
                .tags(Tags.of(request.tagSpecifications(), "elastic-ip"))
                .build());
    return AllocateAddressResponse.builder()
        .allocationId(made.allocationId())
        .publicIp(made.publicIp())
        .domain(made.domain())
        .publicIpv4Pool(made.publicIpv4Pool())
        .networkBorderGroup(made.networkBorderGroup())
        .build();
  }

  /** Lists addresses. */
  public DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
    Parameters.only(request, "Filters", "AllocationIds", "PublicIps");
    List<Address> selected =
        request.publicIps().isEmpty()
            ? stores.addresses.select(request.allocationIds())
            : request.publicIps().stream().map(this::byPublicIp).toList();
    return DescribeAddressesResponse.builder()
        .addresses(filters.apply(selected, request.filters()))
        .build();
  }

  /** Lists addresses with their reverse names, which the twin's addresses do not have. */
  public DescribeAddressesAttributeResponse describeAddressesAttribute(
      DescribeAddressesAttributeRequest request) {
    Parameters.only(request, "AllocationIds", "Attribute", "NextToken", "MaxResults");
    Page<Address> page =
        Page.of(
            stores.addresses.select(request.allocationIds()),
            request.maxResults(),
            request.nextToken());
    return DescribeAddressesAttributeResponse.builder()
        .addresses(
            page.items().stream()
                .map(a ->
                    AddressAttribute.builder()
                        .allocationId(a.allocationId())
                        .publicIp(a.publicIp())
                        .build())
                .toList())
        .nextToken(page.nextToken())
        .build();
  }

  /** Maps an address to a network interface. */
  public AssociateAddressResponse associateAddress(AssociateAddressRequest request) {
    Parameters.only(request, "AllocationId", "NetworkInterfaceId", "AllowReassociation");
    Address address =
        stores.addresses.require(Parameters.required("allocationId", request.allocationId()));
    NetworkInterface to =
        stores.networkInterfaces.require(
            Parameters.required("networkInterfaceId", request.networkInterfaceId()));
    Interfaces.requireOwn(to);
    if (stores.internetGateways.all().stream()
        .noneMatch(g -> InternetGatewayApi.isAttached(g, to.vpcId()))) {
      throw AwsError.of(
          "Gateway.NotAttached",
          "Network %s is not attached to any internet gateway".formatted(to.vpcId()));
    }
    if (address.associationId() != null) {
      if (!Boolean.TRUE.equals(request.allowReassociation())) {
        throw AwsError.of(
            "Resource.AlreadyAssociated",
            "resource %s is already associated with associate-id %s"
                .formatted(address.allocationId(), address.associationId()));
      }
      elastic.unmap(address);
    }
    elastic.unmapAll(to.networkInterfaceId());
    Address mapped =
        elastic.map(
            stores.addresses.require(address.allocationId()),
            stores.networkInterfaces.require(to.networkInterfaceId()));
    return AssociateAddressResponse.builder().associationId(mapped.associationId()).build();
  }

  /** Takes an address off its interface, when the interface is the customer's. */
  public DisassociateAddressResponse disassociateAddress(DisassociateAddressRequest request) {
    Parameters.only(request, "AssociationId", "PublicIp");
    Address address =
        request.associationId() == null
            ? byPublicIp(Parameters.required("associationId", request.publicIp()))
            : byAssociation(request.associationId());
    if (address.networkInterfaceId() == null) {
      throw noAssociation(address.publicIp());
    }
    Interfaces.requireOwn(stores.networkInterfaces.require(address.networkInterfaceId()));
    elastic.unmap(address);
    return DisassociateAddressResponse.builder().build();
  }

  /** Gives an address back. */
  public ReleaseAddressResponse releaseAddress(ReleaseAddressRequest request) {
    Parameters.only(request, "AllocationId", "NetworkBorderGroup");
    Address address =
        stores.addresses.require(Parameters.required("allocationId", request.allocationId()));
    if (address.associationId() != null) {
      throw AwsError.of(
          "InvalidIPAddress.InUse", "Address %s is in use.".formatted(address.publicIp()));
    }
    stores.addresses.remove(address.allocationId());
    return ReleaseAddressResponse.builder().build();
  }

  private Address byPublicIp(String ip) {
    return stores.addresses.all().stream()
        .filter(a -> a.publicIp().equals(ip))
        .findFirst()
        .orElseThrow(
            () -> AwsError.of("InvalidAddress.NotFound", "Address '%s' not found.".formatted(ip)));
  }

  private Address byAssociation(String id) {
    return stores.addresses.all().stream()
        .filter(a -> id.equals(a.associationId()))
        .findFirst()
        .orElseThrow(() -> noAssociation(id));
  }

  private static AwsError noAssociation(String id) {
    return AwsError.of(
        "InvalidAssociationID.NotFound", "The association ID '%s' does not exist".formatted(id));
  }
}
