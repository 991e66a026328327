package dev.slipway.twin.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.world.AwsError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateManagedPrefixListRequest;
import software.amazon.awssdk.services.ec2.model.CreateManagedPrefixListResponse;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Request;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Requests that EC2 refuses, made in a network that is in use. */
final class Mistakes {

  private Mistakes() {}

  /** A network with a task, a NAT gateway and the usual things around them. */
  static final class Used {

    final Lab lab = new Lab();
    final String vpc = lab.vpc("10.0.0.0/16");
    final String subnet = lab.subnet(vpc, "10.0.0.0/24");
    final String gateway = lab.gateway(vpc);
    final String table = lab.table(vpc, subnet);
    final String otherTable =
        lab.call(
                CreateRouteTableRequest.builder().vpcId(vpc).build(),
                CreateRouteTableResponse.class)
            .routeTable()
            .routeTableId();
    final String web = lab.group(vpc, "web");
    final String referred = lab.group(vpc, "referred");
    final String address = lab.address();
    final String list =
        lab.call(
                CreateManagedPrefixListRequest.builder()
                    .prefixListName("offices")
                    .addressFamily("IPv4")
                    .maxEntries(3)
                    .build(),
                CreateManagedPrefixListResponse.class)
            .prefixList()
            .prefixListId();
    final NetworkInterface task;

    Used() {
      lab.route(table, gateway);
      lab.call(ingress(web, 80).build());
      lab.call(
          AuthorizeSecurityGroupIngressRequest.builder()
              .groupId(web)
              .ipPermissions(
                  IpPermission.builder()
                      .ipProtocol("-1")
                      .userIdGroupPairs(UserIdGroupPair.builder().groupId(referred).build())
                      .build())
              .build());
      lab.nat(subnet, address);
      lab.clock.advance(java.time.Duration.ofMinutes(3));
      task = lab.managed(subnet, true, web);
    }

    String defaultGroup() {
      return lab.ec2.network().securityGroups().stream()
          .filter(g -> g.groupName().equals("default"))
          .findFirst()
          .orElseThrow()
          .groupId();
    }

    String defaultAcl() {
      return lab.ec2.network().networkAcls().getFirst().networkAclId();
    }

    String publicIp() {
      return lab.call(DescribeAddressesRequest.builder().build(), DescribeAddressesResponse.class)
          .addresses()
          .getFirst()
          .publicIp();
    }

    String[] sixGroups() {
      return IntStream.range(0, 6)
          .mapToObj(i -> lab.group(vpc, "group" + i))
          .toArray(String[]::new);
    }

    CreateRouteRequest.Builder route(String destination) {
      return CreateRouteRequest.builder().routeTableId(table).destinationCidrBlock(destination);
    }

    CreateNetworkAclEntryRequest.Builder entry(int number) {
      return CreateNetworkAclEntryRequest.builder()
          .networkAclId(defaultAcl())
          .ruleNumber(number)
          .egress(false)
          .protocol("-1")
          .ruleAction("deny")
          .cidrBlock("0.0.0.0/0");
    }

    private String filledIn(String message) {
      Map<String, String> ids =
          Map.of(
              "vpc", vpc,
              "subnet", subnet,
              "gateway", gateway,
              "table", table,
              "otherTable", otherTable,
              "web", web,
              "referred", referred,
              "task", task.networkInterfaceId(),
              "taskIp", task.privateIpAddress());
      String text =
          message
              .replace("{defaultGroup}", defaultGroup())
              .replace("{defaultAcl}", defaultAcl())
              .replace("{publicIp}", publicIp());
      for (Map.Entry<String, String> id : ids.entrySet()) {
        text = text.replace("{" + id.getKey() + "}", id.getValue());
      }
      return text;
    }
  }

  /** A mistake and EC2's answer, in which names in braces stand for ids. */
  record Mistake(
      String name, Function<Used, Ec2Request.Builder> request, String code, String message) {

    void check() {
      Used used = new Used();
      SdkRequest made = request.apply(used).build();
      AwsError error = used.lab.refusal(made);
      assertThat(error.code()).isEqualTo(code);
      assertThat(error).hasMessage("%s", used.filledIn(message));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Mistake mistake(
      String name, Function<Used, Ec2Request.Builder> request, String code, String message) {
    return new Mistake(name, request, code, message);
  }

  static AuthorizeSecurityGroupIngressRequest.Builder ingress(String group, int port) {
    return AuthorizeSecurityGroupIngressRequest.builder().groupId(group).ipPermissions(open(port));
  }

  static IpPermission open(int port) {
    return open(port, "0.0.0.0/0");
  }

  private static IpPermission open(int port, String... blocks) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .ipRanges(Arrays.stream(blocks).map(b -> IpRange.builder().cidrIp(b).build()).toList())
        .build();
  }

  /** As many rules for one port. */
  static List<IpPermission> many(int rules) {
    return IntStream.range(0, rules).mapToObj(i -> open(80, "10.0." + i + ".0/24")).toList();
  }
}
