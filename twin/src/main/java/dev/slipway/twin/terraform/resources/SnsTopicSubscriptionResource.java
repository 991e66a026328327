package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesRequest;
import software.amazon.awssdk.services.sns.model.GetSubscriptionAttributesResponse;
import software.amazon.awssdk.services.sns.model.SubscribeRequest;
import software.amazon.awssdk.services.sns.model.SubscribeResponse;
import software.amazon.awssdk.services.sns.model.UnsubscribeRequest;
import software.amazon.awssdk.services.sns.model.UnsubscribeResponse;

/** {@code aws_sns_topic_subscription}. */
final class SnsTopicSubscriptionResource implements ResourceHandler {

  /** What would change what is delivered, of which the twin delivers nothing. */
  private static final List<String> DELIVERY =
      List.of(
          "delivery_policy",
          "filter_policy",
          "filter_policy_scope",
          "raw_message_delivery",
          "redrive_policy",
          "replay_policy",
          "subscription_role_arn");

  @Override
  public String type() {
    return "aws_sns_topic_subscription";
  }

  @Override
  public String label() {
    return "SNS Topic Subscription";
  }

  @Override
  public void create(Context context, Attributes planned) {
    refuseDelivery(planned);
    SubscribeRequest request =
        SubscribeRequest.builder()
            .topicArn(planned.text("topic_arn"))
            .protocol(planned.text("protocol"))
            .endpoint(planned.text("endpoint"))
            .returnSubscriptionArn(true)
            .build();
    planned.set("id", context.call(request, SubscribeResponse.class).subscriptionArn());
  }

  private static void refuseDelivery(Attributes planned) {
    for (String name : DELIVERY) {
      if (planned.has(name)) {
        throw new UnsupportedOperationException(name + " of aws_sns_topic_subscription");
      }
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetSubscriptionAttributesRequest request =
        GetSubscriptionAttributesRequest.builder().subscriptionArn(state.id()).build();
    Optional<Map<String, String>> found =
        context.find(
            () -> context.call(request, GetSubscriptionAttributesResponse.class).attributes());
    found.ifPresent(onAws ->
        state
            .set("arn", onAws.get("SubscriptionArn"))
            .set("topic_arn", onAws.get("TopicArn"))
            .set("protocol", onAws.get("Protocol"))
            .set("endpoint", onAws.get("Endpoint"))
            .set("owner_id", onAws.get("Owner"))
            .set("pending_confirmation", Boolean.valueOf(onAws.get("PendingConfirmation")))
            .set("raw_message_delivery", Boolean.valueOf(onAws.get("RawMessageDelivery")))
            .set(
                "confirmation_was_authenticated",
                Boolean.valueOf(onAws.get("ConfirmationWasAuthenticated")))
            .setText("delivery_policy", onAws.get("DeliveryPolicy"))
            .setText("filter_policy", onAws.get("FilterPolicy"))
            .setText("filter_policy_scope", onAws.get("FilterPolicyScope"))
            .setText("redrive_policy", onAws.get("RedrivePolicy"))
            .setText("replay_policy", onAws.get("ReplayPolicy"))
            .setText("subscription_role_arn", onAws.get("SubscriptionRoleArn")));
    return found.isPresent();
  }

  /** What is left to change is how the provider itself waits. */
  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    refuseDelivery(planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        UnsubscribeRequest.builder().subscriptionArn(state.id()).build(),
        UnsubscribeResponse.class);
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    state
        .set("id", id)
        .set("confirmation_timeout_in_minutes", 1)
        .set("endpoint_auto_confirms", false);
  }
}
