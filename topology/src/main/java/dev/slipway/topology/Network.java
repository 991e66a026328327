package dev.slipway.topology;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * Everything about a region's network that decides what reaches what, as the EC2 API shows it. The
 * twin fills it from its state, the verifier from {@code Describe*} calls.
 *
 * @param region the region's name, for the names of its AWS services
 * @param vpcs as DescribeVpcs
 * @param vpcDns as DescribeVpcAttribute, one for each VPC
 * @param subnets as DescribeSubnets
 * @param routeTables as DescribeRouteTables, with their associations
 * @param networkAcls as DescribeNetworkAcls, with their associations and entries
 * @param securityGroups as DescribeSecurityGroups, with ingress and egress permissions
 * @param networkInterfaces as DescribeNetworkInterfaces
 * @param internetGateways as DescribeInternetGateways
 * @param natGateways as DescribeNatGateways
 * @param vpcEndpoints as DescribeVpcEndpoints
 * @param prefixLists as DescribeManagedPrefixLists (AWS-managed ones by name)
 * @param prefixListBlocks as GetManagedPrefixListEntries, for the lists that the customer keeps
 */
public record Network(
    String region,
    List<Vpc> vpcs,
    List<VpcDns> vpcDns,
    List<Subnet> subnets,
    List<RouteTable> routeTables,
    List<NetworkAcl> networkAcls,
    List<SecurityGroup> securityGroups,
    List<NetworkInterface> networkInterfaces,
    List<InternetGateway> internetGateways,
    List<NatGateway> natGateways,
    List<VpcEndpoint> vpcEndpoints,
    List<ManagedPrefixList> prefixLists,
    List<PrefixListBlocks> prefixListBlocks) {

  /** A network that later changes of the lists do not touch. */
  public Network {
    vpcs = List.copyOf(vpcs);
    vpcDns = List.copyOf(vpcDns);
    subnets = List.copyOf(subnets);
    routeTables = List.copyOf(routeTables);
    networkAcls = List.copyOf(networkAcls);
    securityGroups = List.copyOf(securityGroups);
    networkInterfaces = List.copyOf(networkInterfaces);
    internetGateways = List.copyOf(internetGateways);
    natGateways = List.copyOf(natGateways);
    vpcEndpoints = List.copyOf(vpcEndpoints);
    prefixLists = List.copyOf(prefixLists);
    prefixListBlocks = List.copyOf(prefixListBlocks);
  }

  /** A network without prefix lists of the customer's own. */
  public Network(
      String region,
      List<Vpc> vpcs,
      List<VpcDns> vpcDns,
      List<Subnet> subnets,
      List<RouteTable> routeTables,
      List<NetworkAcl> networkAcls,
      List<SecurityGroup> securityGroups,
      List<NetworkInterface> networkInterfaces,
      List<InternetGateway> internetGateways,
      List<NatGateway> natGateways,
      List<VpcEndpoint> vpcEndpoints,
      List<ManagedPrefixList> prefixLists) {
    this(
        region,
        vpcs,
        vpcDns,
        subnets,
        routeTables,
        networkAcls,
        securityGroups,
        networkInterfaces,
        internetGateways,
        natGateways,
        vpcEndpoints,
        prefixLists,
        List.of());
  }

  /** Whether everything but the network interfaces is the same. */
  public boolean equalsButForInterfaces(Network other) {
    return region.equals(other.region)
        && vpcs.equals(other.vpcs)
        && vpcDns.equals(other.vpcDns)
        && subnets.equals(other.subnets)
        && routeTables.equals(other.routeTables)
        && networkAcls.equals(other.networkAcls)
        && securityGroups.equals(other.securityGroups)
        && internetGateways.equals(other.internetGateways)
        && natGateways.equals(other.natGateways)
        && vpcEndpoints.equals(other.vpcEndpoints)
        && prefixLists.equals(other.prefixLists)
        && prefixListBlocks.equals(other.prefixListBlocks);
  }

  /**
   * The blocks of a prefix list that the customer keeps.
   *
   * @param prefixListId the list
   * @param blocks its CIDR blocks
   */
  public record PrefixListBlocks(String prefixListId, List<String> blocks) {

    /** A list that later changes do not touch. */
    public PrefixListBlocks {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * The DNS attributes of a VPC.
   *
   * @param vpcId the VPC
   * @param support {@code enableDnsSupport}
   * @param hostnames {@code enableDnsHostnames}
   */
  public record VpcDns(String vpcId, boolean support, boolean hostnames) {}
}
