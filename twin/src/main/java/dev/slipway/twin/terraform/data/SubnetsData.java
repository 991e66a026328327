package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** {@code aws_subnets}. */
final class SubnetsData implements DataHandler {

  @Override
  public String type() {
    return "aws_subnets";
  }

  @Override
  public String label() {
    return "EC2 Subnets";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    List<Filter> filters = Ec2Data.filters(attributes);
    DescribeSubnetsRequest request =
        DescribeSubnetsRequest.builder().filters(filters.isEmpty() ? null : filters).build();
    List<String> ids =
        context.call(request, DescribeSubnetsResponse.class).subnets().stream()
            .map(Subnet::subnetId)
            .toList();
    attributes.set("id", context.region()).setTexts("ids", ids);
  }
}
