package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;

/** {@code aws_network_acl_association}. */
final class NetworkAclAssociationResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_network_acl_association";
  }

  @Override
  public String label() {
    return "EC2 Network ACL Association";
  }

  @Override
  public void create(Context context, Attributes planned) {
    planned.set(
        "id",
        NetworkAclResource.associate(
            context, planned.text("network_acl_id"), planned.text("subnet_id")));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeNetworkAclsRequest request =
        DescribeNetworkAclsRequest.builder()
            .filters(Ec2Calls.filter("association.association-id", state.id()))
            .build();
    Optional<NetworkAclAssociation> found =
        context.call(request, DescribeNetworkAclsResponse.class).networkAcls().stream()
            .flatMap(acl -> acl.associations().stream())
            .filter(one -> one.networkAclAssociationId().equals(state.id()))
            .findFirst();
    found.ifPresent(
        one -> state.set("network_acl_id", one.networkAclId()).set("subnet_id", one.subnetId()));
    return found.isPresent();
  }

  @Override
  public void delete(Context context, Attributes state) {
    NetworkAclEntries.acl(context, state.text("network_acl_id", ""))
        .ifPresent(
            acl -> NetworkAclResource.giveBack(context, acl.vpcId(), state.text("subnet_id")));
  }
}
