package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.DeleteTopicRequest;
import software.amazon.awssdk.services.sns.model.DeleteTopicResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.TagResourceRequest;
import software.amazon.awssdk.services.sns.model.TagResourceResponse;
import software.amazon.awssdk.services.sns.model.UntagResourceRequest;
import software.amazon.awssdk.services.sns.model.UntagResourceResponse;

/** {@code aws_sns_topic}. What it has beside its name are attributes of SNS, one call each. */
final class SnsTopicResource implements ResourceHandler {

  /** Terraform's names of texts that SNS keeps as attributes. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "archive_policy", "ArchivePolicy",
          "delivery_policy", "DeliveryPolicy",
          "display_name", "DisplayName",
          "kms_master_key_id", "KmsMasterKeyId",
          "policy", "Policy",
          "tracing_config", "TracingConfig");

  private static final List<String> FEEDBACK =
      List.of("application", "firehose", "http", "lambda", "sqs");

  @Override
  public String type() {
    return "aws_sns_topic";
  }

  @Override
  public String label() {
    return "SNS Topic";
  }

  @Override
  public Traits traits() {
    return IamDocuments.traits("policy").sameJson("delivery_policy", "archive_policy");
  }

  @Override
  public void create(Context context, Attributes planned) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (planned.flag("fifo_topic")) {
      attributes.put("FifoTopic", "true");
      if (planned.flag("content_based_deduplication")) {
        attributes.put("ContentBasedDeduplication", "true");
      }
    }
    for (String prefix : FEEDBACK) {
      if (planned.has(prefix + "_success_feedback_role_arn")
          || planned.has(prefix + "_failure_feedback_role_arn")) {
        throw new UnsupportedOperationException("delivery feedback of an SNS topic");
      }
    }
    CreateTopicRequest request =
        CreateTopicRequest.builder()
            .name(
                context.name(planned)
                    + (planned.flag("fifo_topic") && !planned.has("name") ? ".fifo" : ""))
            .attributes(attributes)
            .tags(TagChanges.all(planned, SnsTopicResource::tag))
            .build();
    planned.set("id", context.call(request, CreateTopicResponse.class).topicArn());
    TEXTS.keySet().stream()
        .filter(planned::has)
        .sorted()
        .forEach(name -> put(context, planned, name));
    if (planned.has("signature_version")) {
      putValue(
          context, planned, "SignatureVersion", planned.integer("signature_version").toString());
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    String arn = state.id();
    GetTopicAttributesRequest request = GetTopicAttributesRequest.builder().topicArn(arn).build();
    Map<String, String> onAws =
        context.call(request, GetTopicAttributesResponse.class).attributes();
    String name = arn.substring(arn.lastIndexOf(':') + 1);
    state
        .set("arn", arn)
        .set("name", name)
        .set("name_prefix", Context.namePrefix(name))
        .set("owner", onAws.getOrDefault("Owner", context.account()))
        .set("fifo_topic", Boolean.valueOf(onAws.get("FifoTopic")))
        .set("content_based_deduplication", Boolean.valueOf(onAws.get("ContentBasedDeduplication")))
        .setText("beginning_archive_time", onAws.get("BeginningArchiveTime"))
        .set("signature_version", Integer.valueOf(onAws.getOrDefault("SignatureVersion", "0")));
    for (String prefix : FEEDBACK) {
      state
          .setEmpty(prefix + "_failure_feedback_role_arn", prefix + "_success_feedback_role_arn")
          .set(prefix + "_success_feedback_sample_rate", 0);
    }
    TEXTS.forEach((terraform, aws) -> {
      String value = onAws.getOrDefault(aws, "");
      if (!value.isEmpty() && state.has(terraform)) {
        IamDocuments.set(state, terraform, value);
      } else {
        state.setText(terraform, value);
      }
    });
    ListTagsForResourceRequest tags = ListTagsForResourceRequest.builder().resourceArn(arn).build();
    context.setTags(
        state, context.call(tags, ListTagsForResourceResponse.class).tags(), Tag::key, Tag::value);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    TEXTS.keySet().stream()
        .filter(name -> planned.differs(prior, name))
        .sorted()
        .forEach(name -> put(context, planned, name));
    if (planned.differs(prior, "signature_version")) {
      putValue(
          context, planned, "SignatureVersion", planned.integer("signature_version").toString());
    }
    String arn = planned.id();
    TagChanges.between(prior, planned)
        .apply(
            SnsTopicResource::tag,
            keys ->
                context.call(
                    UntagResourceRequest.builder().resourceArn(arn).tagKeys(keys).build(),
                    UntagResourceResponse.class),
            tags ->
                context.call(
                    TagResourceRequest.builder().resourceArn(arn).tags(tags).build(),
                    TagResourceResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteTopicRequest.builder().topicArn(state.id()).build(), DeleteTopicResponse.class);
  }

  private static void put(Context context, Attributes planned, String name) {
    putValue(context, planned, TEXTS.get(name), planned.text(name, ""));
  }

  private static void putValue(Context context, Attributes planned, String name, String value) {
    context.call(
        SetTopicAttributesRequest.builder()
            .topicArn(planned.id())
            .attributeName(name)
            .attributeValue(value)
            .build(),
        SetTopicAttributesResponse.class);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
