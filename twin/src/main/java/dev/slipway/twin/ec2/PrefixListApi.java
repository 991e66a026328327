package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesRequest;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesResponse;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;

/**
 * Tells of prefix lists, AWS's own and the customer's. Source: EC2 API reference,
 * DescribeManagedPrefixLists and others.
 */
final class PrefixListApi {

  private final AwsPrefixLists lists;
  private final Stores stores;
  private final OwnPrefixLists own;
  private final Filters<ManagedPrefixList> filters;

  PrefixListApi(World world, Stores stores) {
    this.lists = new AwsPrefixLists(world);
    this.stores = stores;
    this.own = new OwnPrefixLists(world, stores);
    this.filters =
        Filters.of(stores.prefixLists.kind())
            .on("owner-id", ManagedPrefixList::ownerId)
            .on("prefix-list-id", ManagedPrefixList::prefixListId)
            .on("prefix-list-name", ManagedPrefixList::prefixListName);
  }

  /** Lists the lists. */
  public DescribeManagedPrefixListsResponse describeManagedPrefixLists(
      DescribeManagedPrefixListsRequest request) {
    Parameters.only(request, "Filters", "PrefixListIds", "MaxResults", "NextToken");
    Page<ManagedPrefixList> page =
        Page.of(
            filters.apply(select(request.prefixListIds()), request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeManagedPrefixListsResponse.builder()
        .prefixLists(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Lists the lists of services with gateway endpoints, with their blocks. */
  public DescribePrefixListsResponse describePrefixLists(DescribePrefixListsRequest request) {
    Parameters.only(request, "Filters", "PrefixListIds", "MaxResults", "NextToken");
    Page<ManagedPrefixList> page =
        Page.of(
            filters.apply(
                select(request.prefixListIds()).stream()
                    .filter(l -> lists.has(l.prefixListId()))
                    .toList(),
                request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribePrefixListsResponse.builder()
        .prefixLists(
            page.items().stream()
                .map(l ->
                    PrefixList.builder()
                        .prefixListId(l.prefixListId())
                        .prefixListName(l.prefixListName())
                        .cidrs(lists.blocks(l.prefixListId()))
                        .build())
                .toList())
        .nextToken(page.nextToken())
        .build();
  }

  /** Lists the blocks of a list. */
  public GetManagedPrefixListEntriesResponse getManagedPrefixListEntries(
      GetManagedPrefixListEntriesRequest request) {
    Parameters.only(request, "PrefixListId", "TargetVersion", "MaxResults", "NextToken");
    String id = Parameters.required("prefixListId", request.prefixListId());
    ManagedPrefixList list = select(List.of(id)).getFirst();
    Page<PrefixListEntry> page =
        Page.of(entries(list, request.targetVersion()), request.maxResults(), request.nextToken());
    return GetManagedPrefixListEntriesResponse.builder()
        .entries(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private List<PrefixListEntry> entries(ManagedPrefixList list, Long version) {
    String id = list.prefixListId();
    if (lists.has(id)) {
      return lists.blocks(id).stream().map(b -> PrefixListEntry.builder().cidr(b).build()).toList();
    }
    long wanted = version == null ? list.version() : version;
    if (!own.hasVersion(id, wanted)) {
      throw AwsError.of(
          "InvalidPrefixListVersion.NotFound",
          "The prefix list version '%d' does not exist.".formatted(wanted));
    }
    return own.entries(id, wanted);
  }

  private List<ManagedPrefixList> select(List<String> ids) {
    List<ManagedPrefixList> all =
        Stream.concat(lists.all().stream(), stores.prefixLists.all().stream()).toList();
    for (String id : ids) {
      if (all.stream().noneMatch(l -> l.prefixListId().equals(id))) {
        throw stores.prefixLists.kind().notFound(id);
      }
    }
    return all.stream().filter(l -> ids.isEmpty() || ids.contains(l.prefixListId())).toList();
  }
}
