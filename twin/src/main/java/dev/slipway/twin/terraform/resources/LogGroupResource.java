package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/** {@code aws_cloudwatch_log_group}. */
final class LogGroupResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_cloudwatch_log_group";
  }

  @Override
  public String label() {
    return "CloudWatch Logs Log Group";
  }

  @Override
  public void create(Context context, Attributes planned) {
    String name = context.name(planned);
    Map<String, String> tags = planned.textMap("tags_all");
    CreateLogGroupRequest request =
        CreateLogGroupRequest.builder()
            .logGroupName(name)
            .kmsKeyId(planned.text("kms_key_id"))
            .logGroupClass(planned.text("log_group_class"))
            .tags(tags.isEmpty() ? null : tags)
            .build();
    context.call(request, CreateLogGroupResponse.class);
    planned.set("id", name).set("name", name);
    if (planned.has("retention_in_days")) {
      putRetention(context, planned);
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeLogGroupsRequest request =
        DescribeLogGroupsRequest.builder().logGroupNamePrefix(state.id()).build();
    Optional<LogGroup> found =
        context.call(request, DescribeLogGroupsResponse.class).logGroups().stream()
            .filter(group -> group.logGroupName().equals(state.id()))
            .findFirst();
    if (found.isEmpty()) {
      return false;
    }
    LogGroup group = found.get();
    String arn = context.arn("logs", "log-group:" + group.logGroupName());
    state
        .set("arn", arn)
        .set("name", group.logGroupName())
        .set("name_prefix", Context.namePrefix(group.logGroupName()))
        .setText("kms_key_id", group.kmsKeyId())
        .setText("log_group_class", group.logGroupClassAsString())
        .set("retention_in_days", group.retentionInDays() == null ? 0 : group.retentionInDays())
        .set("deletion_protection_enabled", false);
    ListTagsForResourceRequest tags = ListTagsForResourceRequest.builder().resourceArn(arn).build();
    context.setTags(state, context.call(tags, ListTagsForResourceResponse.class).tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "kms_key_id")) {
      throw new UnsupportedOperationException("changing kms_key_id of a log group");
    }
    if (planned.differs(prior, "retention_in_days")) {
      if (planned.has("retention_in_days")) {
        putRetention(context, planned);
      } else {
        context.call(
            DeleteRetentionPolicyRequest.builder().logGroupName(planned.id()).build(),
            DeleteRetentionPolicyResponse.class);
      }
    }
    String arn = context.arn("logs", "log-group:" + planned.id());
    TagChanges changes = TagChanges.between(prior, planned);
    changes.apply(
        Map::entry,
        keys ->
            context.call(
                UntagResourceRequest.builder().resourceArn(arn).tagKeys(keys).build(),
                UntagResourceResponse.class),
        (List<Map.Entry<String, String>> tags) ->
            context.call(
                TagResourceRequest.builder().resourceArn(arn).tags(changes.set()).build(),
                TagResourceResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    if (state.flag("skip_destroy")) {
      return;
    }
    context.call(
        DeleteLogGroupRequest.builder().logGroupName(state.id()).build(),
        DeleteLogGroupResponse.class);
  }

  private static void putRetention(Context context, Attributes planned) {
    context.call(
        PutRetentionPolicyRequest.builder()
            .logGroupName(planned.id())
            .retentionInDays(planned.integer("retention_in_days"))
            .build(),
        PutRetentionPolicyResponse.class);
  }
}
