package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.PlanEdit;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.ssm.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.ssm.model.RemoveTagsFromResourceResponse;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

/** {@code aws_ssm_parameter}. */
final class SsmParameterResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_ssm_parameter";
  }

  @Override
  public String label() {
    return "SSM Parameter";
  }

  /** Every new value is a new version. */
  @Override
  public void customize(PlanEdit plan) {
    if (plan.changes("value", "insecure_value", "description", "type", "tier")) {
      plan.unknown("version");
    }
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned, planned.flag("overwrite"));
    planned.set("id", planned.text("name"));
    tag(context, new Attributes(), planned);
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetParameterRequest request =
        GetParameterRequest.builder().name(state.id()).withDecryption(true).build();
    Optional<Parameter> found =
        context.find(() -> context.call(request, GetParameterResponse.class).parameter());
    if (found.isEmpty()) {
      return false;
    }
    Parameter parameter = found.get();
    boolean insecure = state.has("insecure_value");
    state
        .set("name", parameter.name())
        .set("arn", parameter.arn())
        .set("type", parameter.typeAsString())
        .set("data_type", parameter.dataType())
        .set("version", parameter.version())
        .set("value", parameter.value())
        .set("insecure_value", insecure ? parameter.value() : null);
    setMetadata(context, state);
    ListTagsForResourceRequest tags =
        ListTagsForResourceRequest.builder()
            .resourceType(ResourceTypeForTagging.PARAMETER)
            .resourceId(state.id())
            .build();
    context.setTags(
        state,
        context.call(tags, ListTagsForResourceResponse.class).tagList(),
        Tag::key,
        Tag::value);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(
        prior,
        "value",
        "insecure_value",
        "description",
        "type",
        "tier",
        "key_id",
        "allowed_pattern")) {
      put(context, planned, true);
    }
    tag(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteParameterRequest.builder().name(state.id()).build(), DeleteParameterResponse.class);
  }

  private static void setMetadata(Context context, Attributes state) {
    DescribeParametersRequest request =
        DescribeParametersRequest.builder()
            .parameterFilters(
                ParameterStringFilter.builder()
                    .key("Name")
                    .option("Equals")
                    .values(state.id())
                    .build())
            .build();
    context
        .findFirst(() -> context.call(request, DescribeParametersResponse.class).parameters())
        .ifPresent(metadata ->
            state
                .setText("description", metadata.description())
                .setText("allowed_pattern", metadata.allowedPattern())
                .setText("key_id", metadata.keyId())
                .set("tier", metadata.tierAsString()));
  }

  private static void put(Context context, Attributes planned, boolean overwrite) {
    context.call(
        PutParameterRequest.builder()
            .name(planned.text("name"))
            .type(planned.text("type"))
            .value(planned.text("value", planned.text("insecure_value")))
            .description(planned.text("description"))
            .allowedPattern(planned.text("allowed_pattern"))
            .dataType(planned.text("data_type"))
            .keyId(planned.text("key_id"))
            .tier(planned.text("tier"))
            .overwrite(overwrite)
            .build(),
        PutParameterResponse.class);
  }

  private static void tag(Context context, Attributes prior, Attributes planned) {
    String id = planned.text("name");
    TagChanges.between(prior, planned)
        .apply(
            (key, value) -> Tag.builder().key(key).value(value).build(),
            keys ->
                context.call(
                    RemoveTagsFromResourceRequest.builder()
                        .resourceType(ResourceTypeForTagging.PARAMETER)
                        .resourceId(id)
                        .tagKeys(keys)
                        .build(),
                    RemoveTagsFromResourceResponse.class),
            tags ->
                context.call(
                    AddTagsToResourceRequest.builder()
                        .resourceType(ResourceTypeForTagging.PARAMETER)
                        .resourceId(id)
                        .tags(tags)
                        .build(),
                    AddTagsToResourceResponse.class));
  }
}
