package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesRequest;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesResponse;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;

/** The prefix lists that AWS keeps. Source: EC2 API reference, DescribeManagedPrefixLists. */
final class PrefixListApi {

  private final AwsPrefixLists lists;
  private final Filters<ManagedPrefixList> filters =
      Filters.<ManagedPrefixList>untagged()
          .on("owner-id", ManagedPrefixList::ownerId)
          .on("prefix-list-id", ManagedPrefixList::prefixListId)
          .on("prefix-list-name", ManagedPrefixList::prefixListName);

  PrefixListApi(World world) {
    this.lists = new AwsPrefixLists(world);
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
            filters.apply(select(request.prefixListIds()), request.filters()),
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
    Parameters.only(request, "PrefixListId", "MaxResults", "NextToken");
    String id = Parameters.required("prefixListId", request.prefixListId());
    select(List.of(id));
    Page<String> page = Page.of(lists.blocks(id), request.maxResults(), request.nextToken());
    return GetManagedPrefixListEntriesResponse.builder()
        .entries(page.items().stream().map(b -> PrefixListEntry.builder().cidr(b).build()).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private List<ManagedPrefixList> select(List<String> ids) {
    for (String id : ids) {
      if (lists.all().stream().noneMatch(l -> l.prefixListId().equals(id))) {
        throw AwsError.of(
            "InvalidPrefixListID.NotFound",
            "The prefix list ID '%s' does not exist.".formatted(id));
      }
    }
    return lists.all().stream()
        .filter(l -> ids.isEmpty() || ids.contains(l.prefixListId()))
        .toList();
  }
}
