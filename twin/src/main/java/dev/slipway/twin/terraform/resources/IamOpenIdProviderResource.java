package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.TagOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.UntagOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.UntagOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintRequest;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintResponse;

/** {@code aws_iam_openid_connect_provider}. */
final class IamOpenIdProviderResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_iam_openid_connect_provider";
  }

  @Override
  public String label() {
    return "IAM OIDC Provider";
  }

  @Override
  public Traits traits() {
    return new Traits().same("url", (prior, wanted) -> bare(prior).equals(bare(wanted)));
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateOpenIdConnectProviderRequest request =
        CreateOpenIdConnectProviderRequest.builder()
            .url(planned.text("url"))
            .clientIDList(planned.texts("client_id_list"))
            .thumbprintList(planned.texts("thumbprint_list"))
            .tags(TagChanges.all(planned, IamOpenIdProviderResource::tag))
            .build();
    planned.set(
        "id",
        context
            .call(request, CreateOpenIdConnectProviderResponse.class)
            .openIDConnectProviderArn());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetOpenIdConnectProviderResponse response =
        context.call(
            GetOpenIdConnectProviderRequest.builder().openIDConnectProviderArn(state.id()).build(),
            GetOpenIdConnectProviderResponse.class);
    state
        .set("arn", state.id())
        .set("url", response.url())
        .setTexts("client_id_list", response.clientIDList())
        .setTexts("thumbprint_list", response.thumbprintList());
    context.setTags(state, response.tags(), Tag::key, Tag::value);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    String arn = planned.id();
    if (planned.differs(prior, "thumbprint_list")) {
      context.call(
          UpdateOpenIdConnectProviderThumbprintRequest.builder()
              .openIDConnectProviderArn(arn)
              .thumbprintList(planned.texts("thumbprint_list"))
              .build(),
          UpdateOpenIdConnectProviderThumbprintResponse.class);
    }
    TagChanges.between(prior, planned)
        .apply(
            IamOpenIdProviderResource::tag,
            keys ->
                context.call(
                    UntagOpenIdConnectProviderRequest.builder()
                        .openIDConnectProviderArn(arn)
                        .tagKeys(keys)
                        .build(),
                    UntagOpenIdConnectProviderResponse.class),
            tags ->
                context.call(
                    TagOpenIdConnectProviderRequest.builder()
                        .openIDConnectProviderArn(arn)
                        .tags(tags)
                        .build(),
                    TagOpenIdConnectProviderResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteOpenIdConnectProviderRequest.builder().openIDConnectProviderArn(state.id()).build(),
        DeleteOpenIdConnectProviderResponse.class);
  }

  private static String bare(String url) {
    return url.replaceFirst("^https://", "");
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
