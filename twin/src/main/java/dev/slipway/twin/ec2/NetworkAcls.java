package dev.slipway.twin.ec2;

import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;

/** Which network ACL a subnet has: always exactly one. */
final class NetworkAcls {

  private NetworkAcls() {}

  static void associateWithDefault(World world, Stores stores, String vpcId, String subnetId) {
    stores
        .networkAcls
        .where(n -> n.vpcId().equals(vpcId) && n.isDefault())
        .forEach(n -> associate(world, stores, n.networkAclId(), subnetId));
  }

  /** Associates a subnet anew and returns the association. */
  static NetworkAclAssociation associate(
      World world, Stores stores, String aclId, String subnetId) {
    removeAssociation(stores, subnetId);
    NetworkAclAssociation made =
        NetworkAclAssociation.builder()
            .networkAclAssociationId(world.ids().ec2("aclassoc"))
            .networkAclId(aclId)
            .subnetId(subnetId)
            .build();
    stores.networkAcls.update(
        aclId,
        n ->
            n.toBuilder()
                .associations(Stream.concat(n.associations().stream(), Stream.of(made)).toList())
                .build());
    return made;
  }

  static void removeAssociation(Stores stores, String subnetId) {
    having(stores, a -> a.subnetId().equals(subnetId))
        .ifPresent(acl -> {
          List<NetworkAclAssociation> rest =
              acl.associations().stream().filter(a -> !a.subnetId().equals(subnetId)).toList();
          stores.networkAcls.put(acl.toBuilder().associations(rest).build());
        });
  }

  static Optional<NetworkAcl> having(Stores stores, Predicate<NetworkAclAssociation> condition) {
    return stores.networkAcls.all().stream()
        .filter(n -> n.associations().stream().anyMatch(condition))
        .findFirst();
  }
}
