package dev.slipway.twin.ec2;

import dev.slipway.topology.Network.PrefixListBlocks;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixListAssociation;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;

/**
 * The prefix lists that a customer keeps, with the entries of all their versions. Source: VPC user
 * guide, customer-managed prefix lists.
 */
record OwnPrefixLists(World world, Stores stores) {

  /**
   * The entries of a version.
   *
   * @param listId the list
   * @param version the version, from 1
   */
  record Version(String listId, long version, List<PrefixListEntry> entries) {

    String key() {
      return listId + "/" + version;
    }
  }

  void save(ManagedPrefixList list, List<PrefixListEntry> entries) {
    stores.prefixLists.put(list);
    Version version = new Version(list.prefixListId(), list.version(), List.copyOf(entries));
    versions().put(version.key(), version);
  }

  void remove(String id) {
    stores.prefixLists.remove(id);
    for (Version version : versions().where(v -> v.listId().equals(id))) {
      versions().remove(version.key());
    }
  }

  /** The entries of a version; none when the list never had it. */
  List<PrefixListEntry> entries(String id, long version) {
    return versions().find(id + "/" + version).map(Version::entries).orElse(List.of());
  }

  boolean hasVersion(String id, long version) {
    return versions().contains(id + "/" + version);
  }

  /** The blocks of all lists as they are now. */
  List<PrefixListBlocks> blocks() {
    return stores.prefixLists.all().stream()
        .map(l ->
            new PrefixListBlocks(
                l.prefixListId(),
                entries(l.prefixListId(), l.version()).stream()
                    .map(PrefixListEntry::cidr)
                    .toList()))
        .toList();
  }

  /** The security groups and route tables that refer to a list. */
  List<PrefixListAssociation> users(String id) {
    Stream<String> groups =
        stores.securityGroupRules.where(r -> id.equals(r.prefixListId())).stream()
            .map(r -> r.groupId());
    Stream<String> tables =
        stores
            .routeTables
            .where(t -> t.routes().stream().anyMatch(r -> id.equals(r.destinationPrefixListId())))
            .stream()
            .map(t -> t.routeTableId());
    return Stream.concat(groups, tables)
        .distinct()
        .map(r ->
            PrefixListAssociation.builder().resourceId(r).resourceOwner(world.account()).build())
        .toList();
  }

  private Table<Version> versions() {
    return world.table("ec2.prefixListVersions");
  }
}
