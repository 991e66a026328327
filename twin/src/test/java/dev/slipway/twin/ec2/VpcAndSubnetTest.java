package dev.slipway.twin.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Vpc;

@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class VpcAndSubnetTest {

  private final Lab lab = new Lab();

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private int free(String subnet) {
    return lab.call(
            DescribeSubnetsRequest.builder().subnetIds(subnet).build(),
            DescribeSubnetsResponse.class)
        .subnets()
        .getFirst()
        .availableIpAddressCount();
  }

  @Test
  void aVpcComesWithItsDefaultGroupWhichAdmitsItsOwnMembers() {
    String vpc = lab.vpc("10.0.0.0/16");
    var group =
        lab.call(
                DescribeSecurityGroupsRequest.builder()
                    .filters(filter("vpc-id", vpc), filter("group-name", "default"))
                    .build(),
                DescribeSecurityGroupsResponse.class)
            .securityGroups()
            .getFirst();
    assertThat(group.ipPermissions().getFirst().userIdGroupPairs().getFirst().groupId())
        .isEqualTo(group.groupId());
    assertThat(group.ipPermissionsEgress().getFirst().ipRanges().getFirst().cidrIp())
        .isEqualTo("0.0.0.0/0");
    assertThat(lab.ec2.network().routeTables()).hasSize(1);
    assertThat(lab.ec2.network().networkAcls()).hasSize(1);

    lab.call(DeleteVpcRequest.builder().vpcId(vpc).build());
    assertThat(lab.ec2.network().securityGroups()).isEmpty();
    assertThat(lab.ec2.network().routeTables()).isEmpty();
    assertThat(lab.ec2.network().networkAcls()).isEmpty();
  }

  @Test
  void dnsHostNamesAreOffAtFirst() {
    String vpc = lab.vpc("10.0.0.0/16");
    DescribeVpcAttributeRequest ask =
        DescribeVpcAttributeRequest.builder().vpcId(vpc).attribute("enableDnsHostnames").build();
    assertThat(lab.call(ask, DescribeVpcAttributeResponse.class).enableDnsHostnames().value())
        .isFalse();
    lab.call(
        ModifyVpcAttributeRequest.builder()
            .vpcId(vpc)
            .enableDnsHostnames(v -> v.value(true))
            .build());
    assertThat(lab.call(ask, DescribeVpcAttributeResponse.class).enableDnsHostnames().value())
        .isTrue();
  }

  @Test
  void blocksOutOfRangeAreRefused() {
    assertThat(lab.refusal(CreateVpcRequest.builder().cidrBlock("10.0.0.0/8").build()))
        .hasMessage("The CIDR '10.0.0.0/8' is invalid.")
        .extracting("code")
        .isEqualTo("InvalidVpc.Range");
    String vpc = lab.vpc("10.0.0.0/16");
    lab.subnet(vpc, "10.0.1.0/24");
    assertThat(
            lab.refusal(CreateSubnetRequest.builder().vpcId(vpc).cidrBlock("10.0.0.0/20").build()))
        .hasMessage("The CIDR '10.0.0.0/20' conflicts with another subnet")
        .extracting("code")
        .isEqualTo("InvalidSubnet.Conflict");
    assertThat(
            lab.refusal(CreateSubnetRequest.builder().vpcId(vpc).cidrBlock("10.1.0.0/24").build())
                .code())
        .isEqualTo("InvalidSubnet.Range");
    assertThat(
            lab.refusal(
                    CreateSubnetRequest.builder()
                        .vpcId(vpc)
                        .cidrBlock("10.0.2.0/24")
                        .availabilityZone("eu-west-1q")
                        .build())
                .code())
        .isEqualTo("InvalidParameterValue");
  }

  @Test
  void aSubnetGivesAwayAllButFiveOfItsAddressesAndTakesThemBack() {
    String subnet = lab.subnet(lab.vpc("10.0.0.0/16"), "10.0.0.0/28");
    assertThat(free(subnet)).isEqualTo(11);
    Set<String> given = new HashSet<>();
    NetworkInterface last = null;
    for (int i = 0; i < 11; i++) {
      last = lab.managed(subnet, false);
      given.add(last.privateIpAddress());
    }
    assertThat(given)
        .hasSize(11)
        .doesNotContain("10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.15");
    assertThat(free(subnet)).isZero();
    assertThatThrownBy(() -> lab.managed(subnet, false))
        .isInstanceOf(AwsError.class)
        .extracting("code")
        .isEqualTo("InsufficientFreeAddressesInSubnet");

    lab.ec2.delete(last.networkInterfaceId());
    assertThat(lab.managed(subnet, false).privateIpAddress()).isEqualTo(last.privateIpAddress());
  }

  @Test
  void whatIsInUseCannotBeDeleted() {
    String vpc = lab.vpc("10.0.0.0/16");
    String subnet = lab.subnet(vpc, "10.0.0.0/24");
    String gateway = lab.gateway(vpc);
    NetworkInterface task = lab.managed(subnet, true);
    assertThat(lab.refusal(DeleteVpcRequest.builder().vpcId(vpc).build()))
        .hasMessage("The vpc '%s' has dependencies and cannot be deleted.".formatted(vpc));
    assertThat(lab.refusal(DeleteSubnetRequest.builder().subnetId(subnet).build()))
        .hasMessage("The subnet '%s' has dependencies and cannot be deleted.".formatted(subnet));
    DetachInternetGatewayRequest detach =
        DetachInternetGatewayRequest.builder().internetGatewayId(gateway).vpcId(vpc).build();
    assertThat(lab.refusal(detach))
        .hasMessage(
            "Network %s has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.",
            vpc);

    lab.ec2.delete(task.networkInterfaceId());
    lab.call(detach);
    lab.call(DeleteInternetGatewayRequest.builder().internetGatewayId(gateway).build());
    lab.call(DeleteSubnetRequest.builder().subnetId(subnet).build());
    lab.call(DeleteVpcRequest.builder().vpcId(vpc).build());
    assertThat(lab.ec2.network().vpcs()).isEmpty();
  }

  @Test
  void filtersKnowWildcardsAndTagsAndRefuseWhatTheyDoNotKnow() {
    lab.call(
        CreateVpcRequest.builder()
            .cidrBlock("10.0.0.0/16")
            .tagSpecifications(
                s -> s.resourceType("vpc").tags(t -> t.key("Name").value("main-one")))
            .build());
    lab.vpc("10.1.0.0/16");
    assertThat(vpcs(filter("tag:Name", "main-*"))).containsExactly("10.0.0.0/16");
    assertThat(vpcs(filter("cidr", "10.?.0.0/16"))).hasSize(2);
    assertThat(vpcs(filter("tag:Name", "Main-*"))).isEmpty();
    assertThat(lab.refusal(DescribeVpcsRequest.builder().filters(filter("nme", "x")).build()))
        .hasMessage("The filter 'nme' is invalid")
        .extracting("code")
        .isEqualTo("InvalidParameterValue");
  }

  private List<String> vpcs(Filter filter) {
    return lab
        .call(DescribeVpcsRequest.builder().filters(filter).build(), DescribeVpcsResponse.class)
        .vpcs()
        .stream()
        .map(Vpc::cidrBlock)
        .toList();
  }

  @Test
  void longListsComeInPages() {
    String vpc = lab.vpc("10.0.0.0/16");
    for (int i = 0; i < 7; i++) {
      lab.subnet(vpc, "10.0." + i + ".0/24");
    }
    DescribeSubnetsResponse first =
        lab.call(
            DescribeSubnetsRequest.builder().maxResults(5).build(), DescribeSubnetsResponse.class);
    DescribeSubnetsResponse second =
        lab.call(
            DescribeSubnetsRequest.builder().maxResults(5).nextToken(first.nextToken()).build(),
            DescribeSubnetsResponse.class);
    assertThat(first.subnets()).hasSize(5);
    assertThat(second.subnets()).hasSize(2).doesNotContainAnyElementsOf(first.subnets());
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void unsupportedParametersAreRefusedByName() {
    assertThat(
            lab.refusal(
                CreateVpcRequest.builder()
                    .cidrBlock("10.0.0.0/16")
                    .ipv4IpamPoolId("ipam-pool-1")
                    .build()))
        .hasMessageContaining("Ipv4IpamPoolId");
    assertThat(
            lab.refusal(CreateVpcRequest.builder().cidrBlock("10.0.0.0/16").dryRun(true).build())
                .code())
        .isEqualTo("DryRunOperation");
  }

  @Test
  void whatDoesNotExistIsNamed() {
    assertThat(lab.refusal(DescribeVpcsRequest.builder().vpcIds("vpc-1").build()))
        .hasMessage("The vpc ID 'vpc-1' does not exist")
        .extracting("code")
        .isEqualTo("InvalidVpcID.NotFound");
  }

  @Test
  void theNetworkIsTheSameObjectUntilSomethingInItChanges() {
    String vpc = lab.vpc("10.0.0.0/16");
    var before = lab.ec2.network();
    assertThat(lab.ec2.network()).isSameAs(before);
    lab.call(
        ModifyVpcAttributeRequest.builder()
            .vpcId(vpc)
            .enableDnsSupport(v -> v.value(false))
            .build());
    assertThat(lab.ec2.network().vpcDns().getFirst().support()).isFalse();
    assertThat(before.vpcDns().getFirst().support()).isTrue();
    String subnet = lab.subnet(vpc, "10.0.0.0/24");
    String task = lab.managed(subnet, false).networkInterfaceId();
    assertThat(lab.ec2.network().networkInterfaces()).hasSize(1);
    lab.ec2.delete(task);
    assertThat(lab.ec2.network().networkInterfaces()).isEmpty();
  }
}
