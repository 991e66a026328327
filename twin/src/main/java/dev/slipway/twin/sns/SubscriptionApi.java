package dev.slipway.twin.sns;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsResponse;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sns.model.UnsubscribeRequest;
import software.amazon.awssdk.services.sns.model.UnsubscribeResponse;

/** Who is told. */
@Differs(
    value = "Subscriptions are kept and listed, confirmed at once, and never delivered to.",
    because =
        "The twin has no way to send mail or to call an endpoint outside this machine; what was"
            + " published is read at /_twin/messages.")
public final class SubscriptionApi {

  private final World world;
  private final Table<Subscription> subscriptions;

  SubscriptionApi(World world) {
    this.world = world;
    this.subscriptions = world.table(Subscription.TABLE);
  }

  /** Subscribe. */
  public SubscribeResponse subscribe(SubscribeRequest request) {
    Topic topic = Topic.find(world, request.topicArn());
    if (!request.attributes().isEmpty()) {
      throw AwsError.of(
          "InvalidParameter",
          "Invalid parameter: the twin has no subscription attributes "
              + request.attributes().keySet());
    }
    Subscription subscription =
        new Subscription(
            topic.arn() + ":" + world.ids().uuid(),
            topic.arn(),
            given(request.protocol(), "Protocol"),
            given(request.endpoint(), "Endpoint"));
    subscriptions.put(subscription.arn(), subscription);
    return SubscribeResponse.builder().subscriptionArn(subscription.arn()).build();
  }

  private static String given(String value, String parameter) {
    if (value == null) {
      throw AwsError.of("InvalidParameter", "Invalid parameter: " + parameter);
    }
    return value;
  }

  /** Unsubscribe. */
  public UnsubscribeResponse unsubscribe(UnsubscribeRequest request) {
    subscriptions.remove(request.subscriptionArn());
    return UnsubscribeResponse.builder().build();
  }

  /** ListSubscriptionsByTopic. */
  public ListSubscriptionsByTopicResponse listSubscriptionsByTopic(
      ListSubscriptionsByTopicRequest request) {
    Topic topic = Topic.find(world, request.topicArn());
    return ListSubscriptionsByTopicResponse.builder()
        .subscriptions(shown(subscription -> subscription.topicArn().equals(topic.arn())))
        .build();
  }

  /** ListSubscriptions. */
  public ListSubscriptionsResponse listSubscriptions(ListSubscriptionsRequest request) {
    return ListSubscriptionsResponse.builder().subscriptions(shown(any -> true)).build();
  }

  /** GetSubscriptionAttributes. */
  public GetSubscriptionAttributesResponse getSubscriptionAttributes(
      GetSubscriptionAttributesRequest request) {
    Subscription found =
        subscriptions
            .find(request.subscriptionArn())
            .orElseThrow(() -> new AwsError("NotFound", 404, "Subscription does not exist"));
    return GetSubscriptionAttributesResponse.builder()
        .attributes(
            Map.of(
                "SubscriptionArn", found.arn(),
                "TopicArn", found.topicArn(),
                "Protocol", found.protocol(),
                "Endpoint", found.endpoint(),
                "Owner", world.account(),
                "PendingConfirmation", "false",
                "RawMessageDelivery", "false"))
        .build();
  }

  private List<software.amazon.awssdk.services.sns.model.Subscription> shown(
      Predicate<Subscription> condition) {
    return subscriptions.where(condition).stream()
        .map(each ->
            software.amazon.awssdk.services.sns.model.Subscription.builder()
                .subscriptionArn(each.arn())
                .topicArn(each.topicArn())
                .protocol(each.protocol())
                .endpoint(each.endpoint())
                .owner(world.account())
                .build())
        .toList();
  }
}
