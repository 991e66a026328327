package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.CallFailed;
import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceRequest;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceResponse;
import software.amazon.awssdk.services.wafv2.model.WebACL;

/** {@code aws_wafv2_web_acl_association}. */
final class WebAclAssociationResource implements ResourceHandler {

  private static final String GONE = "WAFNonexistentItemException";

  @Override
  public String type() {
    return "aws_wafv2_web_acl_association";
  }

  @Override
  public String label() {
    return "WAFv2 WebACL Association";
  }

  @Override
  public void create(Context context, Attributes planned) {
    String acl = planned.text("web_acl_arn");
    String resource = planned.text("resource_arn");
    context.call(
        AssociateWebAclRequest.builder().webACLArn(acl).resourceArn(resource).build(),
        AssociateWebAclResponse.class);
    planned.set("id", acl + "," + resource);
  }

  @Override
  public boolean read(Context context, Attributes state) {
    int comma = state.id().indexOf(',');
    String resource = state.id().substring(comma + 1);
    try {
      WebACL acl =
          context
              .call(
                  GetWebAclForResourceRequest.builder().resourceArn(resource).build(),
                  GetWebAclForResourceResponse.class)
              .webACL();
      if (acl != null) {
        state.set("resource_arn", resource).set("web_acl_arn", acl.arn());
      }
      return acl != null;
    } catch (CallFailed e) {
      if (e.is(GONE)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void delete(Context context, Attributes state) {
    try {
      context.call(
          DisassociateWebAclRequest.builder().resourceArn(state.text("resource_arn")).build(),
          DisassociateWebAclResponse.class);
    } catch (CallFailed e) {
      if (!e.is(GONE)) {
        throw e;
      }
    }
  }
}
