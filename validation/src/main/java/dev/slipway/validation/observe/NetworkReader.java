package dev.slipway.validation.observe;

import dev.slipway.topology.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** Reads the network of the VPC in which a service's subnets lie. */
final class NetworkReader {

  private final Aws aws;

  NetworkReader(Aws aws) {
    this.aws = aws;
  }

  /** The VPCs of these subnets; an empty network when the subnets cannot be read. */
  Network network(Ask ask, List<String> subnetIds) {
    Ec2Client ec2 = aws.ec2();
    List<String> vpcIds =
        read(
                ask,
                "DescribeSubnets",
                () ->
                    ec2.describeSubnetsPaginator(r -> r.subnetIds(subnetIds)).subnets().stream()
                        .toList())
            .stream()
            .map(Subnet::vpcId)
            .distinct()
            .toList();
    if (vpcIds.isEmpty()) {
      return Surroundings.NO_NETWORK;
    }
    Filter inVpc = Filter.builder().name("vpc-id").values(vpcIds).build();
    try (Together all = new Together()) {
      var lists =
          all.ask(() ->
              read(
                  ask,
                  "DescribeManagedPrefixLists",
                  () ->
                      ec2.describeManagedPrefixListsPaginator(r -> {}).prefixLists().stream()
                          .toList()));
      var blocks = all.ask(() -> blocks(ask, lists.get()));
      var dns = all.ask(() -> dns(ask, vpcIds));
      var vpcs =
          all.ask(() ->
              read(
                  ask,
                  "DescribeVpcs",
                  () -> ec2.describeVpcsPaginator(r -> r.vpcIds(vpcIds)).vpcs().stream().toList()));
      var subnets =
          all.ask(() ->
              read(
                  ask,
                  "DescribeSubnets",
                  () ->
                      ec2.describeSubnetsPaginator(r -> r.filters(inVpc)).subnets().stream()
                          .toList()));
      var tables =
          all.ask(() ->
              read(
                  ask,
                  "DescribeRouteTables",
                  () ->
                      ec2.describeRouteTablesPaginator(r -> r.filters(inVpc)).routeTables().stream()
                          .toList()));
      var acls =
          all.ask(() ->
              read(
                  ask,
                  "DescribeNetworkAcls",
                  () ->
                      ec2.describeNetworkAclsPaginator(r -> r.filters(inVpc)).networkAcls().stream()
                          .toList()));
      var groups =
          all.ask(() ->
              read(
                  ask,
                  "DescribeSecurityGroups",
                  () ->
                      ec2
                          .describeSecurityGroupsPaginator(r -> r.filters(inVpc))
                          .securityGroups()
                          .stream()
                          .toList()));
      var interfaces =
          all.ask(() ->
              read(
                  ask,
                  "DescribeNetworkInterfaces",
                  () ->
                      ec2
                          .describeNetworkInterfacesPaginator(r -> r.filters(inVpc))
                          .networkInterfaces()
                          .stream()
                          .toList()));
      var gateways =
          all.ask(() ->
              read(
                  ask,
                  "DescribeInternetGateways",
                  () ->
                      ec2.describeInternetGatewaysPaginator(r -> {}).internetGateways().stream()
                          .toList()));
      var translators =
          all.ask(() ->
              read(
                  ask,
                  "DescribeNatGateways",
                  () ->
                      ec2.describeNatGatewaysPaginator(r -> r.filter(inVpc)).natGateways().stream()
                          .toList()));
      var endpoints =
          all.ask(() ->
              read(
                  ask,
                  "DescribeVpcEndpoints",
                  () ->
                      ec2
                          .describeVpcEndpointsPaginator(r -> r.filters(inVpc))
                          .vpcEndpoints()
                          .stream()
                          .toList()));
      return new Network(
          aws.region(),
          vpcs.get(),
          dns.get(),
          subnets.get(),
          tables.get(),
          acls.get(),
          groups.get(),
          interfaces.get(),
          gateways.get(),
          translators.get(),
          endpoints.get(),
          lists.get(),
          blocks.get());
    }
  }

  /** The blocks of the lists that AWS does not keep; it tells those of its own by their names. */
  private List<Network.PrefixListBlocks> blocks(Ask ask, List<ManagedPrefixList> lists) {
    return lists.stream()
        .filter(l -> !"AWS".equals(l.ownerId()))
        .map(ManagedPrefixList::prefixListId)
        .map(id ->
            new Network.PrefixListBlocks(
                id,
                read(
                    ask,
                    "GetManagedPrefixListEntries",
                    () ->
                        aws
                            .ec2()
                            .getManagedPrefixListEntriesPaginator(r -> r.prefixListId(id))
                            .entries()
                            .stream()
                            .map(e -> e.cidr())
                            .toList())))
        .toList();
  }

  private List<Network.VpcDns> dns(Ask ask, List<String> vpcIds) {
    List<Network.VpcDns> all = new ArrayList<>();
    for (String vpcId : vpcIds) {
      List<Boolean> flags =
          read(
              ask,
              "DescribeVpcAttribute",
              () ->
                  List.of(
                      aws.ec2()
                          .describeVpcAttribute(
                              r -> r.vpcId(vpcId).attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
                          .enableDnsSupport()
                          .value(),
                      aws.ec2()
                          .describeVpcAttribute(
                              r -> r.vpcId(vpcId).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
                          .enableDnsHostnames()
                          .value()));
      if (!flags.isEmpty()) {
        all.add(new Network.VpcDns(vpcId, flags.getFirst(), flags.getLast()));
      }
    }
    return all;
  }

  private static <T> List<T> read(Ask ask, String operation, Supplier<List<T>> question) {
    return ask.optional("ec2:" + operation, List.of(), question);
  }
}
