package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.PrefixList;

/** {@code aws_prefix_list}: a service's addresses behind a gateway endpoint. */
final class PrefixListData implements DataHandler {

  @Override
  public String type() {
    return "aws_prefix_list";
  }

  @Override
  public String label() {
    return "EC2 Prefix List";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    List<Filter> filters = Ec2Data.filters(attributes);
    Ec2Data.filter(filters, attributes, "name", "prefix-list-name");
    Ec2Data.filter(filters, attributes, "prefix_list_id", "prefix-list-id");
    DescribePrefixListsRequest.Builder request = DescribePrefixListsRequest.builder();
    if (!filters.isEmpty()) {
      request.filters(filters);
    }
    PrefixList list =
        Ec2Data.one(
            context.call(request.build(), DescribePrefixListsResponse.class).prefixLists(),
            "EC2 Prefix List");
    attributes
        .set("id", list.prefixListId())
        .set("name", list.prefixListName())
        .set("prefix_list_id", list.prefixListId())
        .setTexts("cidr_blocks", list.cidrs());
  }
}
