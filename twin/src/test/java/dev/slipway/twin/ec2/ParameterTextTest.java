package dev.slipway.twin.ec2;

import static dev.slipway.twin.ec2.Mistakes.many;
import static dev.slipway.twin.ec2.Mistakes.mistake;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.ModifyManagedPrefixListRequest;

/** What EC2 says to wrong values and full quotas, word for word. */
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class ParameterTextTest {

  static Stream<Mistakes.Mistake> mistakes() {
    return Stream.of(
        mistake(
            "an unknown endpoint service",
            n ->
                CreateVpcEndpointRequest.builder()
                    .vpcId(n.vpc)
                    .serviceName("com.amazonaws.eu-west-1.nope"),
            "InvalidServiceName",
            "The Vpc Endpoint Service 'com.amazonaws.eu-west-1.nope' does not exist"),
        mistake(
            "a VPC that is too large",
            n -> CreateVpcRequest.builder().cidrBlock("10.0.0.0/8"),
            "InvalidVpc.Range",
            "The CIDR '10.0.0.0/8' is invalid."),
        mistake(
            "a VPC without a block",
            n -> CreateVpcRequest.builder().cidrBlock("ten"),
            "InvalidParameterValue",
            "Value (ten) for parameter cidrBlock is invalid. This is not a valid CIDR block."),
        mistake(
            "a subnet outside of its VPC",
            n -> CreateSubnetRequest.builder().vpcId(n.vpc).cidrBlock("10.9.0.0/24"),
            "InvalidSubnet.Range",
            "The CIDR '10.9.0.0/24' is invalid."),
        mistake(
            "a subnet on another",
            n -> CreateSubnetRequest.builder().vpcId(n.vpc).cidrBlock("10.0.0.128/25"),
            "InvalidSubnet.Conflict",
            "The CIDR '10.0.0.128/25' conflicts with another subnet"),
        mistake(
            "deleting an interface in use",
            n ->
                DeleteNetworkInterfaceRequest.builder()
                    .networkInterfaceId(n.task.networkInterfaceId()),
            "InvalidParameterValue",
            "Network interface '{task}' is currently in use."),
        mistake(
            "the default network ACL",
            n -> DeleteNetworkAclRequest.builder().networkAclId(n.defaultAcl()),
            "InvalidParameterValue",
            "cannot delete default network ACL {defaultAcl}"),
        mistake(
            "a gateway endpoint for an interface service",
            n ->
                CreateVpcEndpointRequest.builder()
                    .vpcId(n.vpc)
                    .serviceName("com.amazonaws.eu-west-1.logs"),
            "InvalidParameter",
            "Endpoint type (Gateway) does not match available service types ([Interface])."),
        mistake(
            "an interface endpoint with route tables",
            n ->
                CreateVpcEndpointRequest.builder()
                    .vpcId(n.vpc)
                    .vpcEndpointType("Interface")
                    .serviceName("com.amazonaws.eu-west-1.logs")
                    .routeTableIds(n.table),
            "InvalidParameter",
            "Route table IDs are only supported for Gateway type VPC Endpoint."),
        mistake(
            "private DNS in a VPC without host names",
            n ->
                CreateVpcEndpointRequest.builder()
                    .vpcId(n.vpc)
                    .vpcEndpointType("Interface")
                    .serviceName("com.amazonaws.eu-west-1.logs")
                    .privateDnsEnabled(true),
            "InvalidParameter",
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {vpc}"),
        mistake(
            "an endpoint policy that is none",
            n ->
                CreateVpcEndpointRequest.builder()
                    .vpcId(n.vpc)
                    .serviceName("com.amazonaws.eu-west-1.s3")
                    .policyDocument("{}"),
            "InvalidPolicyDocument",
            "The policy document is invalid."),
        mistake(
            "six groups for an interface",
            n -> CreateNetworkInterfaceRequest.builder().subnetId(n.subnet).groups(n.sixGroups()),
            "SecurityGroupsPerInterfaceLimitExceeded",
            "The maximum number of security groups per interface has been reached."),
        mistake(
            "the 61st rule",
            n ->
                AuthorizeSecurityGroupIngressRequest.builder()
                    .groupId(n.referred)
                    .ipPermissions(many(61)),
            "RulesPerSecurityGroupLimitExceeded",
            "The maximum number of rules per security group has been reached."),
        mistake(
            "an address of another subnet",
            n ->
                CreateNetworkInterfaceRequest.builder()
                    .subnetId(n.subnet)
                    .privateIpAddress("10.0.7.7"),
            "InvalidParameterValue",
            "Address does not fall within the subnet's address range"),
        mistake(
            "a prefix list that changed meanwhile",
            n ->
                ModifyManagedPrefixListRequest.builder()
                    .prefixListId(n.list)
                    .currentVersion(9L)
                    .addEntries(e -> e.cidr("10.0.0.0/8")),
            "PrefixListVersionMismatch",
            "The prefix list has the incorrect version number."),
        mistake(
            "entries and size of a list at once",
            n ->
                ModifyManagedPrefixListRequest.builder()
                    .prefixListId(n.list)
                    .maxEntries(9)
                    .addEntries(e -> e.cidr("10.0.0.0/8")),
            "InvalidParameterCombination",
            "You cannot modify the entries and the maximum entries for the prefix list in the same request."),
        mistake(
            "an unknown filter",
            n -> DescribeVpcsRequest.builder().filters(f -> f.name("colour").values("red")),
            "InvalidParameterValue",
            "The filter 'colour' is invalid"),
        mistake(
            "a tag of a reserved key",
            n -> CreateTagsRequest.builder().resources(n.vpc).tags(t -> t.key("aws:x").value("y")),
            "InvalidParameterValue",
            "Tag keys starting with 'aws:' are reserved for internal use"),
        mistake(
            "a dry run",
            n -> DeleteVpcRequest.builder().vpcId(n.vpc).dryRun(true),
            "DryRunOperation",
            "Request would have succeeded, but DryRun flag is set."),
        mistake(
            "a parameter that the twin does not have",
            n ->
                CreateVpcRequest.builder()
                    .cidrBlock("10.5.0.0/16")
                    .amazonProvidedIpv6CidrBlock(true),
            "UnsupportedOperation",
            "The parameter AmazonProvidedIpv6CidrBlock is not supported by the twin."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatEc2Says(Mistakes.Mistake mistake) {
    mistake.check();
  }
}
