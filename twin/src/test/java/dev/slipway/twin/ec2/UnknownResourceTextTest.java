package dev.slipway.twin.ec2;

import static dev.slipway.twin.ec2.Mistakes.mistake;
import static dev.slipway.twin.ec2.Mistakes.open;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteManagedPrefixListRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DetachNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;

/** What EC2 says to ids of things that do not exist, word for word. */
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class UnknownResourceTextTest {

  static Stream<Mistakes.Mistake> mistakes() {
    return Stream.of(
        mistake(
            "an unknown VPC",
            n -> DeleteVpcRequest.builder().vpcId("vpc-0"),
            "InvalidVpcID.NotFound",
            "The vpc ID 'vpc-0' does not exist"),
        mistake(
            "an unknown subnet",
            n -> DeleteSubnetRequest.builder().subnetId("subnet-0"),
            "InvalidSubnetID.NotFound",
            "The subnet ID 'subnet-0' does not exist"),
        mistake(
            "an unknown internet gateway",
            n -> DeleteInternetGatewayRequest.builder().internetGatewayId("igw-0"),
            "InvalidInternetGatewayID.NotFound",
            "The internetGateway ID 'igw-0' does not exist"),
        mistake(
            "an unknown route table",
            n -> DeleteRouteTableRequest.builder().routeTableId("rtb-0"),
            "InvalidRouteTableID.NotFound",
            "The routeTable ID 'rtb-0' does not exist"),
        mistake(
            "an unknown network ACL",
            n -> DeleteNetworkAclRequest.builder().networkAclId("acl-0"),
            "InvalidNetworkAclID.NotFound",
            "The networkAcl ID 'acl-0' does not exist"),
        mistake(
            "an unknown security group",
            n -> DeleteSecurityGroupRequest.builder().groupId("sg-0"),
            "InvalidGroup.NotFound",
            "The security group 'sg-0' does not exist"),
        mistake(
            "an unknown interface",
            n -> DeleteNetworkInterfaceRequest.builder().networkInterfaceId("eni-0"),
            "InvalidNetworkInterfaceID.NotFound",
            "The networkInterface ID 'eni-0' does not exist"),
        mistake(
            "an unknown address",
            n -> ReleaseAddressRequest.builder().allocationId("eipalloc-0"),
            "InvalidAllocationID.NotFound",
            "The allocation ID 'eipalloc-0' does not exist"),
        mistake(
            "an unknown NAT gateway",
            n -> DeleteNatGatewayRequest.builder().natGatewayId("nat-0"),
            "NatGatewayNotFound",
            "NatGateway nat-0 was not found"),
        mistake(
            "an unknown endpoint",
            n -> ModifyVpcEndpointRequest.builder().vpcEndpointId("vpce-0").resetPolicy(true),
            "InvalidVpcEndpointId.NotFound",
            "The Vpc Endpoint Id 'vpce-0' does not exist"),
        mistake(
            "an unknown prefix list",
            n -> DeleteManagedPrefixListRequest.builder().prefixListId("pl-0"),
            "InvalidPrefixListID.NotFound",
            "The prefix list ID 'pl-0' does not exist."),
        mistake(
            "an unknown association of a table",
            n -> DisassociateRouteTableRequest.builder().associationId("rtbassoc-0"),
            "InvalidAssociationID.NotFound",
            "The association ID 'rtbassoc-0' does not exist"),
        mistake(
            "an unknown attachment",
            n -> DetachNetworkInterfaceRequest.builder().attachmentId("eni-attach-0"),
            "InvalidAttachmentID.NotFound",
            "The attachment 'eni-attach-0' does not exist."),
        mistake(
            "a malformed group id",
            n -> DeleteSecurityGroupRequest.builder().groupId("web"),
            "InvalidGroupId.Malformed",
            "Invalid id: \"web\" (expecting \"sg-...\")"),
        mistake(
            "a rule that is not there",
            n -> RevokeSecurityGroupIngressRequest.builder().groupId(n.web).ipPermissions(open(81)),
            "InvalidPermission.NotFound",
            "The specified rule does not exist in this security group."),
        mistake(
            "a route to a NAT gateway that is not there",
            n -> n.route("8.8.8.8/32").natGatewayId("nat-0"),
            "InvalidNatGatewayID.NotFound",
            "The natGateway ID 'nat-0' does not exist"),
        mistake(
            "a route to a gateway that is not there",
            n -> n.route("8.8.8.8/32").gatewayId("igw-0"),
            "InvalidGatewayID.NotFound",
            "The gateway ID 'igw-0' does not exist"),
        mistake(
            "a route that is not there",
            n ->
                DeleteRouteRequest.builder()
                    .routeTableId(n.table)
                    .destinationCidrBlock("9.9.9.0/24"),
            "InvalidRoute.NotFound",
            "no route with destination-cidr-block 9.9.9.0/24 in route table {table}"),
        mistake(
            "an ACL entry that is not there",
            n ->
                DeleteNetworkAclEntryRequest.builder()
                    .networkAclId(n.defaultAcl())
                    .egress(false)
                    .ruleNumber(7),
            "InvalidNetworkAclEntry.NotFound",
            "The network acl entry identified by 7 does not exist."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatEc2Says(Mistakes.Mistake mistake) {
    mistake.check();
  }
}
