package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** {@code aws_caller_identity}. */
final class CallerIdentityData implements DataHandler {

  @Override
  public String type() {
    return "aws_caller_identity";
  }

  @Override
  public String label() {
    return "STS Caller Identity";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    GetCallerIdentityResponse identity =
        context.call(GetCallerIdentityRequest.builder().build(), GetCallerIdentityResponse.class);
    attributes
        .set("id", identity.account())
        .set("account_id", identity.account())
        .set("arn", identity.arn())
        .set("user_id", identity.userId());
  }
}
