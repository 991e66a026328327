package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * {@code aws_default_security_group}: takes over the group that every VPC has, first of all without
 * its rules. Removing it from the configuration leaves the group as it is.
 */
final class DefaultSecurityGroupResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_default_security_group";
  }

  @Override
  public String label() {
    return "EC2 Default Security Group";
  }

  @Override
  public Traits traits() {
    return SecurityGroups.traits();
  }

  @Override
  public void create(Context context, Attributes planned) {
    List<Filter> filters = new ArrayList<>();
    filters.add(Ec2Calls.filter("group-name", "default"));
    if (planned.has("vpc_id")) {
      filters.add(Ec2Calls.filter("vpc-id", planned.text("vpc_id")));
    }
    DescribeSecurityGroupsRequest request =
        DescribeSecurityGroupsRequest.builder().filters(filters).build();
    SecurityGroup group =
        context
            .findFirst(
                () -> context.call(request, DescribeSecurityGroupsResponse.class).securityGroups())
            .orElseThrow(() -> new IllegalStateException("no default security group found"));
    planned.set("id", group.groupId());
    Ec2Calls.updateTags(context, new Attributes(), planned);
    SecurityGroups.revokeAll(context, group);
    SecurityGroups.updateRules(context, new Attributes(), planned, "ingress");
    SecurityGroups.updateRules(context, new Attributes(), planned, "egress");
  }

  @Override
  public boolean read(Context context, Attributes state) {
    return SecurityGroups.read(context, state);
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    SecurityGroups.updateRules(context, prior, planned, "ingress");
    SecurityGroups.updateRules(context, prior, planned, "egress");
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    // AWS does not let anybody delete a default group.
  }
}
