package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;

/** {@code aws_iam_openid_connect_provider}: by ARN or by URL. */
final class IamOpenIdProviderData implements DataHandler {

  @Override
  public String type() {
    return "aws_iam_openid_connect_provider";
  }

  @Override
  public String label() {
    return "IAM OIDC Provider";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    String host = attributes.text("url", "").replaceFirst("^https://", "");
    String arn =
        attributes.text("arn", "arn:aws:iam::" + context.account() + ":oidc-provider/" + host);
    GetOpenIdConnectProviderResponse provider =
        context.call(
            GetOpenIdConnectProviderRequest.builder().openIDConnectProviderArn(arn).build(),
            GetOpenIdConnectProviderResponse.class);
    Map<String, String> tags = new LinkedHashMap<>();
    provider.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    attributes
        .set("id", arn)
        .set("arn", arn)
        .set("url", provider.url())
        .setTexts("client_id_list", provider.clientIDList())
        .setTexts("thumbprint_list", provider.thumbprintList())
        .setTexts("tags", tags);
  }
}
