package dev.slipway.twin.ec2;

import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** What comes and goes with a VPC: main route table, default network ACL and security group. */
final class VpcDefaults {

  private final World world;
  private final Stores stores;
  private final GroupRules rules;

  VpcDefaults(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.rules = new GroupRules(world, stores);
  }

  void create(Vpc vpc) {
    RouteTable table = RouteTables.blank(world, stores, vpc, List.of());
    stores.routeTables.put(
        table.toBuilder()
            .associations(RouteTables.association(world, table.routeTableId(), null))
            .build());
    stores.networkAcls.put(
        NetworkAcl.builder()
            .networkAclId(stores.networkAcls.newId())
            .vpcId(vpc.vpcId())
            .ownerId(world.account())
            .isDefault(true)
            .associations(List.of())
            .entries(AclEntries.allowingAll())
            .tags(List.of())
            .build());
    createGroup(vpc);
  }

  private void createGroup(Vpc vpc) {
    String id = stores.securityGroups.newId();
    stores.securityGroups.put(
        SecurityGroupApi.blank(world, id, "default", "default VPC security group", vpc.vpcId())
            .tags(List.of())
            .build());
    rules.add(
        id,
        false,
        List.of(
            IpPermission.builder()
                .ipProtocol("-1")
                .userIdGroupPairs(UserIdGroupPair.builder().groupId(id).build())
                .build()),
        List.of());
    rules.add(id, true, List.of(anywhere()), List.of());
  }

  /** The egress rule that every new group has. */
  static IpPermission anywhere() {
    return IpPermission.builder()
        .ipProtocol("-1")
        .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
        .build();
  }

  void delete(String vpcId) {
    stores
        .routeTables
        .where(t -> vpcId.equals(t.vpcId()))
        .forEach(t -> stores.routeTables.remove(t.routeTableId()));
    stores
        .networkAcls
        .where(n -> vpcId.equals(n.vpcId()))
        .forEach(n -> stores.networkAcls.remove(n.networkAclId()));
    stores
        .securityGroups
        .where(g -> vpcId.equals(g.vpcId()))
        .forEach(g -> {
          rules.removeAll(g.groupId());
          stores.securityGroups.remove(g.groupId());
        });
  }
}
