package dev.slipway.twin.sns;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicResponse;
import software.amazon.awssdk.services.sns.model.DeleteTopicRequest;
import software.amazon.awssdk.services.sns.model.DeleteTopicResponse;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.sns.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.sns.model.ListTopicsRequest;
import software.amazon.awssdk.services.sns.model.ListTopicsResponse;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesRequest;
import software.amazon.awssdk.services.sns.model.SetTopicAttributesResponse;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.sns.model.TagResourceRequest;
import software.amazon.awssdk.services.sns.model.TagResourceResponse;
import software.amazon.awssdk.services.sns.model.UntagResourceRequest;
import software.amazon.awssdk.services.sns.model.UntagResourceResponse;

/** Topics, their attributes and tags. Source: SNS API reference. */
public final class TopicApi {

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "DeliveryPolicy",
          "DisplayName",
          "KmsMasterKeyId",
          "Policy",
          "SignatureVersion",
          "TracingConfig");
  private static final String RETRIES =
      "{\"http\":{\"defaultHealthyRetryPolicy\":{\"minDelayTarget\":20,\"maxDelayTarget\":20,"
          + "\"numRetries\":3,\"numMaxDelayRetries\":0,\"numNoDelayRetries\":0,"
          + "\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"},"
          + "\"disableSubscriptionOverrides\":false,\"defaultRequestPolicy\":"
          + "{\"headerContentType\":\"text/plain; charset=UTF-8\"}}}";

  private final World world;
  private final Table<Topic> topics;

  TopicApi(World world) {
    this.world = world;
    this.topics = world.table(Topic.TABLE);
  }

  /** CreateTopic; the topic of that name when there is one. */
  public CreateTopicResponse createTopic(CreateTopicRequest request) {
    String name = request.name();
    if (name == null || !name.matches("[A-Za-z0-9_-]{1,256}")) {
      throw AwsError.of("InvalidParameter", "Invalid parameter: Topic Name");
    }
    request.attributes().keySet().forEach(TopicApi::require);
    String arn = world.arn("sns", name);
    if (!topics.contains(arn)) {
      topics.put(arn, new Topic(arn, Map.copyOf(request.attributes()), request.tags()));
    }
    return CreateTopicResponse.builder().topicArn(arn).build();
  }

  /** GetTopicAttributes. */
  public GetTopicAttributesResponse getTopicAttributes(GetTopicAttributesRequest request) {
    Topic topic = Topic.find(world, request.topicArn());
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("TopicArn", topic.arn());
    attributes.put("Owner", world.account());
    attributes.put("DisplayName", "");
    attributes.put("Policy", defaultPolicy(topic.arn()));
    attributes.put("EffectiveDeliveryPolicy", RETRIES);
    attributes.put("SubscriptionsPending", "0");
    attributes.put("SubscriptionsDeleted", "0");
    attributes.put("SubscriptionsConfirmed", Long.toString(subscriptions(topic.arn())));
    attributes.putAll(topic.attributes());
    return GetTopicAttributesResponse.builder().attributes(attributes).build();
  }

  /** SetTopicAttributes. */
  public SetTopicAttributesResponse setTopicAttributes(SetTopicAttributesRequest request) {
    Topic topic = Topic.find(world, request.topicArn());
    require(request.attributeName());
    Map<String, String> attributes = new LinkedHashMap<>(topic.attributes());
    if (request.attributeValue() == null) {
      attributes.remove(request.attributeName());
    } else {
      attributes.put(request.attributeName(), request.attributeValue());
    }
    topics.put(topic.arn(), new Topic(topic.arn(), Map.copyOf(attributes), topic.tags()));
    return SetTopicAttributesResponse.builder().build();
  }

  /** ListTopics. */
  public ListTopicsResponse listTopics(ListTopicsRequest request) {
    return ListTopicsResponse.builder()
        .topics(
            topics.all().stream()
                .map(topic ->
                    software.amazon.awssdk.services.sns.model.Topic.builder()
                        .topicArn(topic.arn())
                        .build())
                .toList())
        .build();
  }

  /** DeleteTopic; of a topic that is gone, too. Its subscriptions go with it. */
  public DeleteTopicResponse deleteTopic(DeleteTopicRequest request) {
    topics.remove(request.topicArn());
    Table<Subscription> subscriptions = world.table(Subscription.TABLE);
    subscriptions
        .where(subscription -> subscription.topicArn().equals(request.topicArn()))
        .forEach(subscription -> subscriptions.remove(subscription.arn()));
    return DeleteTopicResponse.builder().build();
  }

  /** TagResource. */
  public TagResourceResponse tagResource(TagResourceRequest request) {
    retag(request.resourceArn(), request.tags(), List.of());
    return TagResourceResponse.builder().build();
  }

  /** UntagResource. */
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    retag(request.resourceArn(), List.of(), request.tagKeys());
    return UntagResourceResponse.builder().build();
  }

  /** ListTagsForResource. */
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(Topic.find(world, request.resourceArn()).tags())
        .build();
  }

  private void retag(String arn, List<Tag> set, List<String> removed) {
    Topic topic = Topic.find(world, arn);
    Map<String, Tag> tags = new LinkedHashMap<>();
    topic.tags().forEach(tag -> tags.put(tag.key(), tag));
    set.forEach(tag -> tags.put(tag.key(), tag));
    removed.forEach(tags::remove);
    topics.put(arn, new Topic(arn, topic.attributes(), List.copyOf(tags.values())));
  }

  private long subscriptions(String topicArn) {
    return world
        .<Subscription>table(Subscription.TABLE)
        .where(subscription -> subscription.topicArn().equals(topicArn))
        .size();
  }

  private String defaultPolicy(String arn) {
    return "{\"Version\":\"2008-10-17\",\"Id\":\"__default_policy_ID\",\"Statement\":[{\"Sid\":"
        + "\"__default_statement_ID\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":"
        + "[\"SNS:GetTopicAttributes\",\"SNS:SetTopicAttributes\",\"SNS:AddPermission\","
        + "\"SNS:RemovePermission\",\"SNS:DeleteTopic\",\"SNS:Subscribe\","
        + "\"SNS:ListSubscriptionsByTopic\",\"SNS:Publish\"],\"Resource\":\""
        + arn
        + "\",\"Condition\":{\"StringEquals\":{\"AWS:SourceOwner\":\""
        + world.account()
        + "\"}}}]}";
  }

  private static void require(String attribute) {
    if (attribute == null || !ATTRIBUTES.contains(attribute)) {
      throw AwsError.of(
          "InvalidParameter", "Invalid parameter: the twin has no topic attribute " + attribute);
    }
  }
}
