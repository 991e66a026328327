package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import dev.slipway.topology.Network.VpcDns;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.VpcState;

/** VPCs and their attributes. Source: EC2 API reference, CreateVpc and others. */
@Differs(
    value = "A fresh account has no default VPC.",
    because = "AWS makes one in a new account; a stack that leans on it would not be portable.")
final class VpcApi {

  /** Source: VPC user guide, quotas: VPCs per region. */
  private static final int LIMIT = 5;

  private final World world;
  private final Stores stores;
  private final VpcAttributes attributes;
  private final VpcDefaults defaults;
  private final Filters<Vpc> filters;

  VpcApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.attributes = new VpcAttributes(world);
    this.defaults = new VpcDefaults(world, stores);
    this.filters =
        Filters.of(stores.vpcs.kind())
            .on("vpc-id", Vpc::vpcId)
            .on("cidr", Vpc::cidrBlock)
            .on("cidr-block", Vpc::cidrBlock)
            .many("cidr-block-association.cidr-block", v -> blocks(v).map(b -> b.cidrBlock()))
            .many(
                "cidr-block-association.association-id", v -> blocks(v).map(b -> b.associationId()))
            .many(
                "cidr-block-association.state",
                v -> blocks(v).map(b -> b.cidrBlockState().stateAsString()))
            .on("dhcp-options-id", Vpc::dhcpOptionsId)
            .on("isDefault", Vpc::isDefault)
            .on("is-default", Vpc::isDefault)
            .on("owner-id", Vpc::ownerId)
            .on("state", Vpc::stateAsString);
  }

  /** Creates a VPC with its default security group, main route table and default network ACL. */
  public CreateVpcResponse createVpc(CreateVpcRequest request) {
    Parameters.only(request, "CidrBlock", "InstanceTenancy", "TagSpecifications");
    String text = Parameters.required("cidrBlock", request.cidrBlock());
    if (!Cidr.isValid(text)) {
      throw Parameters.invalid(text, "cidrBlock", "This is not a valid CIDR block.");
    }
    Cidr block = Cidr.parse(text);
    if (block.prefix() < 16 || block.prefix() > 28) {
      throw AwsError.of("InvalidVpc.Range", "The CIDR '%s' is invalid.".formatted(text));
    }
    if (request.instanceTenancy() != null && request.instanceTenancy() != Tenancy.DEFAULT) {
      throw Parameters.unsupported("InstanceTenancy=" + request.instanceTenancyAsString());
    }
    if (stores.vpcs.all().size() >= LIMIT) {
      throw AwsError.of("VpcLimitExceeded", "The maximum number of VPCs has been reached.");
    }
    Vpc vpc =
        Vpc.builder()
            .vpcId(stores.vpcs.newId())
            .cidrBlock(block.toString())
            .cidrBlockAssociationSet(
                VpcCidrBlockAssociation.builder()
                    .associationId(world.ids().ec2("vpc-cidr-assoc"))
                    .cidrBlock(block.toString())
                    .cidrBlockState(s -> s.state(VpcCidrBlockStateCode.ASSOCIATED))
                    .build())
            .dhcpOptionsId("default")
            .instanceTenancy(Tenancy.DEFAULT)
            .isDefault(false)
            .ownerId(world.account())
            .state(VpcState.AVAILABLE)
            .tags(Tags.of(request.tagSpecifications(), "vpc"))
            .build();
    stores.vpcs.put(vpc);
    defaults.create(vpc);
    return CreateVpcResponse.builder().vpc(vpc.toBuilder().state(VpcState.PENDING).build()).build();
  }

  /** Lists VPCs. */
  public DescribeVpcsResponse describeVpcs(DescribeVpcsRequest request) {
    Parameters.only(request, "Filters", "VpcIds", "NextToken", "MaxResults");
    Page<Vpc> page =
        Page.of(
            filters.apply(stores.vpcs.select(request.vpcIds()), request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeVpcsResponse.builder().vpcs(page.items()).nextToken(page.nextToken()).build();
  }

  /** Deletes a VPC that nothing but its defaults depends on. */
  public DeleteVpcResponse deleteVpc(DeleteVpcRequest request) {
    Parameters.only(request, "VpcId");
    String id = Parameters.required("vpcId", request.vpcId());
    stores.vpcs.require(id);
    if (hasDependents(id)) {
      throw AwsError.of(
          "DependencyViolation",
          "The vpc '%s' has dependencies and cannot be deleted.".formatted(id));
    }
    defaults.delete(id);
    attributes.remove(id);
    stores.vpcs.remove(id);
    return DeleteVpcResponse.builder().build();
  }

  /** Changes one attribute of a VPC. */
  public ModifyVpcAttributeResponse modifyVpcAttribute(ModifyVpcAttributeRequest request) {
    Parameters.only(
        request,
        "VpcId",
        "EnableDnsHostnames",
        "EnableDnsSupport",
        "EnableNetworkAddressUsageMetrics");
    String id = Parameters.required("vpcId", request.vpcId());
    stores.vpcs.require(id);
    VpcDns dns = attributes.of(id);
    long given =
        Stream.of(
                Optional.ofNullable(request.enableDnsHostnames()),
                Optional.ofNullable(request.enableDnsSupport()),
                Optional.ofNullable(request.enableNetworkAddressUsageMetrics()))
            .filter(Optional::isPresent)
            .count();
    if (given > 1) {
      throw AwsError.of(
          "InvalidParameterCombination", "Fields for multiple attribute types specified");
    }
    if (request.enableDnsHostnames() != null) {
      boolean on = Boolean.TRUE.equals(request.enableDnsHostnames().value());
      attributes.set(new VpcDns(id, dns.support(), on));
    } else if (request.enableDnsSupport() != null) {
      boolean on = Boolean.TRUE.equals(request.enableDnsSupport().value());
      attributes.set(new VpcDns(id, on, dns.hostnames()));
    } else if (request.enableNetworkAddressUsageMetrics() != null) {
      attributes.setAddressMetrics(
          id, Boolean.TRUE.equals(request.enableNetworkAddressUsageMetrics().value()));
    } else {
      throw AwsError.of("MissingParameter", "The request must contain the parameter attribute");
    }
    return ModifyVpcAttributeResponse.builder().build();
  }

  /** Tells one attribute of a VPC. */
  public DescribeVpcAttributeResponse describeVpcAttribute(DescribeVpcAttributeRequest request) {
    Parameters.only(request, "VpcId", "Attribute");
    String id = Parameters.required("vpcId", request.vpcId());
    String attribute = Parameters.required("attribute", request.attributeAsString());
    stores.vpcs.require(id);
    VpcDns dns = attributes.of(id);
    DescribeVpcAttributeResponse.Builder answer = DescribeVpcAttributeResponse.builder().vpcId(id);
    switch (attribute) {
      case "enableDnsSupport" -> answer.enableDnsSupport(a -> a.value(dns.support()));
      case "enableDnsHostnames" -> answer.enableDnsHostnames(a -> a.value(dns.hostnames()));
      case "enableNetworkAddressUsageMetrics" ->
          answer.enableNetworkAddressUsageMetrics(a -> a.value(attributes.addressMetrics(id)));
      default -> throw Parameters.invalid(attribute, "attribute", "Unknown attribute.");
    }
    return answer.build();
  }

  private boolean hasDependents(String vpcId) {
    return stores.subnets.any(s -> vpcId.equals(s.vpcId()))
        || stores.networkInterfaces.any(i -> vpcId.equals(i.vpcId()))
        || stores.vpcEndpoints.any(e -> vpcId.equals(e.vpcId()))
        || stores.internetGateways.any(
            g -> g.attachments().stream().anyMatch(a -> vpcId.equals(a.vpcId())))
        || stores.routeTables.any(t -> vpcId.equals(t.vpcId()) && !RouteTables.isMain(t))
        || stores.networkAcls.any(n -> vpcId.equals(n.vpcId()) && !n.isDefault())
        || stores.securityGroups.any(
            g -> vpcId.equals(g.vpcId()) && !g.groupName().equals("default"));
  }

  private static Stream<VpcCidrBlockAssociation> blocks(Vpc vpc) {
    List<VpcCidrBlockAssociation> blocks = vpc.cidrBlockAssociationSet();
    return blocks.stream();
  }
}
