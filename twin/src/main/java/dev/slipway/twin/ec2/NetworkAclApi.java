package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclAssociationResponse;

/** Network ACLs. Source: EC2 API reference, CreateNetworkAcl and others. */
final class NetworkAclApi {

  private final World world;
  private final Stores stores;
  private final ClientTokens tokens;
  private final Filters<NetworkAcl> filters;

  NetworkAclApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.tokens = new ClientTokens(world);
    this.filters =
        Filters.of(stores.networkAcls.kind())
            .on("network-acl-id", NetworkAcl::networkAclId)
            .on("vpc-id", NetworkAcl::vpcId)
            .on("owner-id", NetworkAcl::ownerId)
            .on("default", NetworkAcl::isDefault)
            .many(
                "association.association-id",
                n -> associations(n, NetworkAclAssociation::networkAclAssociationId))
            .many(
                "association.network-acl-id",
                n -> associations(n, NetworkAclAssociation::networkAclId))
            .many("association.subnet-id", n -> associations(n, NetworkAclAssociation::subnetId))
            .many("entry.cidr", n -> entries(n, NetworkAclEntry::cidrBlock))
            .many("entry.egress", n -> entries(n, NetworkAclEntry::egress))
            .many("entry.protocol", n -> entries(n, NetworkAclEntry::protocol))
            .many("entry.rule-action", n -> entries(n, NetworkAclEntry::ruleActionAsString))
            .many("entry.rule-number", n -> entries(n, NetworkAclEntry::ruleNumber));
  }

  /** Creates an ACL that denies all. */
  public CreateNetworkAclResponse createNetworkAcl(CreateNetworkAclRequest request) {
    Parameters.only(request, "VpcId", "TagSpecifications", "ClientToken");
    Optional<NetworkAcl> before = tokens.madeBefore(stores.networkAcls, request.clientToken());
    if (before.isPresent()) {
      return CreateNetworkAclResponse.builder().networkAcl(before.get()).build();
    }
    String vpc = Parameters.required("vpcId", request.vpcId());
    stores.vpcs.require(vpc);
    new Quotas(stores).checkNetworkAcls(vpc);
    NetworkAcl made =
        stores.networkAcls.put(
            NetworkAcl.builder()
                .networkAclId(stores.networkAcls.newId())
                .vpcId(vpc)
                .ownerId(world.account())
                .isDefault(false)
                .associations(List.of())
                .entries(AclEntries.denyingAll())
                .tags(Tags.of(request.tagSpecifications(), "network-acl"))
                .build());
    tokens.remember(stores.networkAcls, request.clientToken(), made.networkAclId());
    return CreateNetworkAclResponse.builder()
        .networkAcl(made)
        .clientToken(request.clientToken())
        .build();
  }

  /** Lists ACLs. */
  public DescribeNetworkAclsResponse describeNetworkAcls(DescribeNetworkAclsRequest request) {
    Parameters.only(request, "Filters", "NetworkAclIds", "NextToken", "MaxResults");
    Page<NetworkAcl> page =
        Page.of(
            filters.apply(stores.networkAcls.select(request.networkAclIds()), request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeNetworkAclsResponse.builder()
        .networkAcls(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Deletes an ACL that no subnet has. */
  public DeleteNetworkAclResponse deleteNetworkAcl(DeleteNetworkAclRequest request) {
    Parameters.only(request, "NetworkAclId");
    NetworkAcl acl =
        stores.networkAcls.require(Parameters.required("networkAclId", request.networkAclId()));
    if (acl.isDefault()) {
      throw AwsError.of(
          "InvalidParameterValue",
          "cannot delete default network ACL %s".formatted(acl.networkAclId()));
    }
    if (!acl.associations().isEmpty()) {
      throw AwsError.of(
          "DependencyViolation",
          "The network ACL '%s' has dependencies and cannot be deleted."
              .formatted(acl.networkAclId()));
    }
    stores.networkAcls.remove(acl.networkAclId());
    return DeleteNetworkAclResponse.builder().build();
  }

  /** Gives a subnet another ACL. */
  public ReplaceNetworkAclAssociationResponse replaceNetworkAclAssociation(
      ReplaceNetworkAclAssociationRequest request) {
    Parameters.only(request, "AssociationId", "NetworkAclId");
    NetworkAcl acl =
        stores.networkAcls.require(Parameters.required("networkAclId", request.networkAclId()));
    String id = Parameters.required("associationId", request.associationId());
    NetworkAclAssociation known =
        stores.networkAcls.all().stream()
            .flatMap(n -> n.associations().stream())
            .filter(a -> a.networkAclAssociationId().equals(id))
            .findFirst()
            .orElseThrow(() ->
                AwsError.of(
                    "InvalidAssociationID.NotFound",
                    "The association ID '%s' does not exist".formatted(id)));
    if (!stores.subnets.require(known.subnetId()).vpcId().equals(acl.vpcId())) {
      throw AwsError.of(
          "InvalidParameterValue",
          "network acl %s and subnet %s belong to different networks"
              .formatted(acl.networkAclId(), known.subnetId()));
    }
    return ReplaceNetworkAclAssociationResponse.builder()
        .newAssociationId(
            NetworkAcls.associate(world, stores, acl.networkAclId(), known.subnetId())
                .networkAclAssociationId())
        .build();
  }

  private static Stream<?> associations(NetworkAcl acl, Function<NetworkAclAssociation, ?> field) {
    return acl.associations().stream().map(field);
  }

  private static Stream<?> entries(NetworkAcl acl, Function<NetworkAclEntry, ?> field) {
    return acl.entries().stream().map(field);
  }
}
