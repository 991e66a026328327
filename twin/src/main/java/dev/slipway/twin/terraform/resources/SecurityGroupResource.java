package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** {@code aws_security_group}. */
final class SecurityGroupResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_security_group";
  }

  @Override
  public String label() {
    return "Security Group";
  }

  @Override
  public Traits traits() {
    return SecurityGroups.traits();
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateSecurityGroupRequest request =
        CreateSecurityGroupRequest.builder()
            .groupName(context.name(planned))
            .description(planned.text("description"))
            .vpcId(planned.text("vpc_id"))
            .tagSpecifications(Ec2Calls.tagSpecifications(planned, ResourceType.SECURITY_GROUP))
            .build();
    planned.set("id", context.call(request, CreateSecurityGroupResponse.class).groupId());
    // AWS lets everything out of a new group; Terraform takes that away.
    SecurityGroups.find(context, planned.id())
        .ifPresent(group -> SecurityGroups.revokeAll(context, group));
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
    if (state.flag("revoke_rules_on_delete")) {
      SecurityGroups.find(context, state.id())
          .ifPresent(group -> SecurityGroups.revokeAll(context, group));
    }
    DeleteSecurityGroupRequest request =
        DeleteSecurityGroupRequest.builder().groupId(state.id()).build();
    context
        .waiter()
        .retry(
            context.timeout(state, "delete", Duration.ofMinutes(15)),
            e -> e.is("DependencyViolation", "InvalidGroup.InUse"),
            () -> context.call(request, DeleteSecurityGroupResponse.class));
  }
}
