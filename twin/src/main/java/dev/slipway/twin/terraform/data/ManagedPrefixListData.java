package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesRequest;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesResponse;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;

/** {@code aws_ec2_managed_prefix_list}. */
final class ManagedPrefixListData implements DataHandler {

  @Override
  public String type() {
    return "aws_ec2_managed_prefix_list";
  }

  @Override
  public String label() {
    return "EC2 Managed Prefix List";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    List<Filter> filters = Ec2Data.filters(attributes);
    Ec2Data.filter(filters, attributes, "name", "prefix-list-name");
    DescribeManagedPrefixListsRequest.Builder request = DescribeManagedPrefixListsRequest.builder();
    if (!filters.isEmpty()) {
      request.filters(filters);
    }
    if (attributes.has("id")) {
      request.prefixListIds(attributes.text("id"));
    }
    ManagedPrefixList list =
        Ec2Data.one(
            context.call(request.build(), DescribeManagedPrefixListsResponse.class).prefixLists(),
            "EC2 Managed Prefix List");
    GetManagedPrefixListEntriesRequest entries =
        GetManagedPrefixListEntriesRequest.builder().prefixListId(list.prefixListId()).build();
    attributes
        .set("id", list.prefixListId())
        .set("address_family", list.addressFamily())
        .set("arn", list.prefixListArn())
        .set("max_entries", list.maxEntries())
        .set("name", list.prefixListName())
        .set("owner_id", list.ownerId())
        .set("version", list.version())
        .setTexts("tags", Ec2Data.tags(list.tags()))
        .setBlocks(
            "entries",
            context.call(entries, GetManagedPrefixListEntriesResponse.class).entries().stream()
                .map(entry ->
                    new Attributes()
                        .set("cidr", entry.cidr())
                        .setText("description", entry.description()))
                .toList());
  }
}
