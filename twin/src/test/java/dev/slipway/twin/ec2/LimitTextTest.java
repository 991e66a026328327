package dev.slipway.twin.ec2;

import static dev.slipway.twin.ec2.Mistakes.mistake;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyManagedPrefixListRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What EC2 says when a limit is reached, and to requests that contradict themselves. */
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class LimitTextTest {

  static Stream<Mistakes.Mistake> mistakes() {
    return Stream.of(
        mistake(
            "the sixth VPC",
            n -> {
              IntStream.range(1, 5).forEach(i -> n.lab.vpc("10." + i + ".0.0/16"));
              return CreateVpcRequest.builder().cidrBlock("10.9.0.0/16");
            },
            "VpcLimitExceeded",
            "The maximum number of VPCs has been reached."),
        mistake(
            "the sixth address",
            n -> {
              IntStream.range(1, 5).forEach(i -> n.lab.address());
              return AllocateAddressRequest.builder().domain("vpc");
            },
            "AddressLimitExceeded",
            "The maximum number of addresses has been reached."),
        mistake(
            "the 21st entry of an ACL",
            n -> {
              IntStream.range(1, 20).forEach(i -> n.lab.call(n.entry(i).build()));
              return n.entry(200);
            },
            "NetworkAclEntryLimitExceeded",
            "The maximum number of network ACL entries has been reached."),
        mistake(
            "more entries than a list may hold",
            n ->
                ModifyManagedPrefixListRequest.builder()
                    .prefixListId(n.list)
                    .currentVersion(1L)
                    .addEntries(
                        e -> e.cidr("10.0.0.0/24"),
                        e -> e.cidr("10.0.1.0/24"),
                        e -> e.cidr("10.0.2.0/24"),
                        e -> e.cidr("10.0.3.0/24")),
            "PrefixListMaxEntriesExceeded",
            "You have reached the maximum number of entries for the prefix list."),
        mistake(
            "the 51st tag",
            n ->
                CreateTagsRequest.builder()
                    .resources(n.vpc)
                    .tags(
                        IntStream.range(0, 51)
                            .mapToObj(i -> Tag.builder().key("k" + i).value("v").build())
                            .toList()),
            "TagLimitExceeded",
            "The maximum number of tags per resource has been reached."),
        mistake(
            "a route with two targets",
            n -> n.route("8.8.8.8/32").gatewayId(n.gateway).natGatewayId("nat-0"),
            "InvalidParameterCombination",
            "The request must contain exactly one target for the route"),
        mistake(
            "a route with two destinations",
            n -> n.route("8.8.8.8/32").destinationPrefixListId(n.list).gatewayId(n.gateway),
            "InvalidParameterCombination",
            "The request must contain exactly one destination for the route"),
        mistake(
            "a group named default",
            n ->
                CreateSecurityGroupRequest.builder()
                    .vpcId(n.vpc)
                    .groupName("default")
                    .description("d"),
            "InvalidParameterValue",
            "Cannot use reserved security group name: default"),
        mistake(
            "a group named as an id",
            n ->
                CreateSecurityGroupRequest.builder()
                    .vpcId(n.vpc)
                    .groupName("sg-web")
                    .description("d"),
            "InvalidParameterValue",
            "Invalid security group name. Group names may not be in the format sg-*"),
        mistake(
            "a zone that is not there",
            n -> DescribeAvailabilityZonesRequest.builder().zoneNames("eu-west-1z"),
            "InvalidParameterValue",
            "Invalid availability zone: [eu-west-1z]"),
        mistake(
            "a region that is not there",
            n -> DescribeRegionsRequest.builder().regionNames("eu-nowhere-1"),
            "InvalidParameterValue",
            "Invalid region name: eu-nowhere-1"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatEc2Says(Mistakes.Mistake mistake) {
    mistake.check();
  }
}
