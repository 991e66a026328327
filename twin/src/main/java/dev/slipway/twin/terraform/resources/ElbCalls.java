package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;

/** What the resource types of Elastic Load Balancing have in common. */
public final class ElbCalls {

  private ElbCalls() {}

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  /** Brings the tags of the resource whose ARN is its id from prior to planned. */
  static void updateTags(Context context, Attributes prior, Attributes planned) {
    String arn = planned.id();
    TagChanges.between(prior, planned)
        .apply(
            ElbCalls::tag,
            keys ->
                context.call(
                    RemoveTagsRequest.builder().resourceArns(arn).tagKeys(keys).build(),
                    RemoveTagsResponse.class),
            tags ->
                context.call(
                    AddTagsRequest.builder().resourceArns(arn).tags(tags).build(),
                    AddTagsResponse.class));
  }

  /** Stores the tags that AWS has. */
  static void setTags(Context context, Attributes state, String arn) {
    context.setTags(state, tags(context, arn), Tag::key, Tag::value);
  }

  /** The tags that AWS has. */
  public static List<Tag> tags(Context context, String arn) {
    DescribeTagsRequest request = DescribeTagsRequest.builder().resourceArns(arn).build();
    return context.call(request, DescribeTagsResponse.class).tagDescriptions().stream()
        .flatMap(description -> description.tags().stream())
        .toList();
  }

  /** The end of an ARN from where metrics name the resource. */
  public static String suffix(String arn) {
    String resource = arn.substring(arn.lastIndexOf(':') + 1);
    return resource.startsWith("loadbalancer/")
        ? resource.substring("loadbalancer/".length())
        : resource;
  }
}
