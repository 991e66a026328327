package dev.slipway.twin.ec2;

import static dev.slipway.twin.ec2.Mistakes.ingress;
import static dev.slipway.twin.ec2.Mistakes.mistake;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DetachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DetachNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.ModifyNetworkInterfaceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;

/** What EC2 says to the wrong order, word for word. */
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class DependencyTextTest {

  static Stream<Mistakes.Mistake> mistakes() {
    return Stream.of(
        mistake(
            "a group whose name is taken",
            n ->
                CreateSecurityGroupRequest.builder().vpcId(n.vpc).groupName("web").description("w"),
            "InvalidGroup.Duplicate",
            "The security group 'web' already exists for VPC '{vpc}'"),
        mistake(
            "a rule that is there",
            n -> ingress(n.web, 80),
            "InvalidPermission.Duplicate",
            "the specified rule \"peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW\" already exists"),
        mistake(
            "the default group",
            n -> DeleteSecurityGroupRequest.builder().groupId(n.defaultGroup()),
            "CannotDelete",
            "the specified group: \"{defaultGroup}\" name: \"default\" cannot be deleted by a user"),
        mistake(
            "a group of an interface",
            n -> DeleteSecurityGroupRequest.builder().groupId(n.web),
            "DependencyViolation",
            "resource {web} has a dependent object"),
        mistake(
            "a group that another refers to",
            n -> DeleteSecurityGroupRequest.builder().groupId(n.referred),
            "DependencyViolation",
            "resource {referred} has a dependent object"),
        mistake(
            "a subnet in use",
            n -> DeleteSubnetRequest.builder().subnetId(n.subnet),
            "DependencyViolation",
            "The subnet '{subnet}' has dependencies and cannot be deleted."),
        mistake(
            "a VPC in use",
            n -> DeleteVpcRequest.builder().vpcId(n.vpc),
            "DependencyViolation",
            "The vpc '{vpc}' has dependencies and cannot be deleted."),
        mistake(
            "a route table in use",
            n -> DeleteRouteTableRequest.builder().routeTableId(n.table),
            "DependencyViolation",
            "The routeTable '{table}' has dependencies and cannot be deleted."),
        mistake(
            "an attached gateway",
            n -> DeleteInternetGatewayRequest.builder().internetGatewayId(n.gateway),
            "DependencyViolation",
            "The internetGateway '{gateway}' has dependencies and cannot be deleted."),
        mistake(
            "a gateway under public addresses",
            n -> DetachInternetGatewayRequest.builder().internetGatewayId(n.gateway).vpcId(n.vpc),
            "DependencyViolation",
            "Network {vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."),
        mistake(
            "a gateway that is attached",
            n -> AttachInternetGatewayRequest.builder().internetGatewayId(n.gateway).vpcId(n.vpc),
            "Resource.AlreadyAssociated",
            "resource {gateway} is already attached to network {vpc}"),
        mistake(
            "an address in use",
            n -> ReleaseAddressRequest.builder().allocationId(n.address),
            "InvalidIPAddress.InUse",
            "Address {publicIp} is in use."),
        mistake(
            "the address of a NAT gateway",
            n -> DisassociateAddressRequest.builder().publicIp(n.publicIp()),
            "AuthFailure",
            "You do not have permission to access the specified resource."),
        mistake(
            "an interface that a service keeps",
            n ->
                DetachNetworkInterfaceRequest.builder()
                    .attachmentId(n.task.attachment().attachmentId()),
            "AuthFailure",
            "You do not have permission to access the specified resource."),
        mistake(
            "the groups of an interface that a service keeps",
            n ->
                ModifyNetworkInterfaceAttributeRequest.builder()
                    .networkInterfaceId(n.task.networkInterfaceId())
                    .groups(n.referred),
            "AuthFailure",
            "You do not have permission to access the specified resource."),
        mistake(
            "a route that is there",
            n -> n.route("0.0.0.0/0").gatewayId(n.gateway),
            "RouteAlreadyExists",
            "The route identified by 0.0.0.0/0 already exists."),
        mistake(
            "a route into the VPC",
            n -> n.route("10.0.0.0/24").gatewayId(n.gateway),
            "InvalidParameterValue",
            "The destination CIDR block 10.0.0.0/24 is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance."),
        mistake(
            "replacing a route that is not there",
            n ->
                ReplaceRouteRequest.builder()
                    .routeTableId(n.table)
                    .destinationCidrBlock("9.9.9.0/24")
                    .gatewayId(n.gateway),
            "InvalidParameterValue",
            "There is no route defined for '9.9.9.0/24' in the route table. Use CreateRoute instead."),
        mistake(
            "the local route",
            n ->
                DeleteRouteRequest.builder()
                    .routeTableId(n.table)
                    .destinationCidrBlock("10.0.0.0/16"),
            "InvalidParameterValue",
            "cannot remove local route 10.0.0.0/16 in route table {table}"),
        mistake(
            "a second table for a subnet",
            n -> AssociateRouteTableRequest.builder().routeTableId(n.otherTable).subnetId(n.subnet),
            "Resource.AlreadyAssociated",
            "the specified association for route table {otherTable} conflicts with an existing association"),
        mistake(
            "an ACL entry that is there",
            n -> n.entry(100),
            "NetworkAclEntryAlreadyExists",
            "The network acl entry identified by 100 already exists."),
        mistake(
            "an address that is taken",
            n ->
                CreateNetworkInterfaceRequest.builder()
                    .subnetId(n.subnet)
                    .privateIpAddress(n.task.privateIpAddress()),
            "InvalidIPAddress.InUse",
            "Address {taskIp} is in use."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhatEc2Says(Mistakes.Mistake mistake) {
    mistake.check();
  }
}
