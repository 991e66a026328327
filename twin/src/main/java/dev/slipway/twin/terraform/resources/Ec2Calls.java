package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.CallFailed;
import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** What the resource types of EC2 have in common. */
public final class Ec2Calls {

  private Ec2Calls() {}

  /** The planned tags, for a creating request; empty when there are none. */
  static List<TagSpecification> tagSpecifications(Attributes planned, ResourceType type) {
    List<Tag> tags = TagChanges.all(planned, Ec2Calls::tag);
    return tags.isEmpty()
        ? List.of()
        : List.of(TagSpecification.builder().resourceType(type).tags(tags).build());
  }

  /** Brings a resource's tags from prior to planned. */
  static void updateTags(Context context, Attributes prior, Attributes planned) {
    String id = planned.id();
    TagChanges.between(prior, planned)
        .apply(
            Ec2Calls::tag,
            keys ->
                context.call(
                    DeleteTagsRequest.builder()
                        .resources(id)
                        .tags(keys.stream().map(key -> Tag.builder().key(key).build()).toList())
                        .build(),
                    DeleteTagsResponse.class),
            tags ->
                context.call(
                    CreateTagsRequest.builder().resources(id).tags(tags).build(),
                    CreateTagsResponse.class));
  }

  /** Stores the tags that AWS has. */
  static void setTags(Context context, Attributes state, List<Tag> tags) {
    context.setTags(state, tags, Tag::key, Tag::value);
  }

  /** A filter of a describing request. */
  public static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** Deletes something that others may use for a while yet. */
  static void deleteUnused(Context context, Duration timeout, Runnable delete) {
    context
        .waiter()
        .retry(
            timeout,
            e -> e.is("DependencyViolation"),
            () -> {
              delete.run();
              return null;
            });
  }

  /** Whether the refusal says that the thing was used before it was known everywhere. */
  static boolean notThereYet(CallFailed e) {
    return e.isGone();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
