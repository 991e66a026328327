package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.budgets.model.Budget;
import software.amazon.awssdk.services.budgets.model.CreateBudgetRequest;
import software.amazon.awssdk.services.budgets.model.CreateBudgetResponse;
import software.amazon.awssdk.services.budgets.model.CreateNotificationRequest;
import software.amazon.awssdk.services.budgets.model.CreateNotificationResponse;
import software.amazon.awssdk.services.budgets.model.DeleteBudgetRequest;
import software.amazon.awssdk.services.budgets.model.DeleteBudgetResponse;
import software.amazon.awssdk.services.budgets.model.DeleteNotificationRequest;
import software.amazon.awssdk.services.budgets.model.DeleteNotificationResponse;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetRequest;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetResponse;
import software.amazon.awssdk.services.budgets.model.DescribeNotificationsForBudgetRequest;
import software.amazon.awssdk.services.budgets.model.DescribeNotificationsForBudgetResponse;
import software.amazon.awssdk.services.budgets.model.DescribeSubscribersForNotificationRequest;
import software.amazon.awssdk.services.budgets.model.DescribeSubscribersForNotificationResponse;
import software.amazon.awssdk.services.budgets.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.budgets.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.budgets.model.Notification;
import software.amazon.awssdk.services.budgets.model.ResourceTag;
import software.amazon.awssdk.services.budgets.model.Subscriber;
import software.amazon.awssdk.services.budgets.model.SubscriptionType;
import software.amazon.awssdk.services.budgets.model.TagResourceRequest;
import software.amazon.awssdk.services.budgets.model.TagResourceResponse;
import software.amazon.awssdk.services.budgets.model.UntagResourceRequest;
import software.amazon.awssdk.services.budgets.model.UntagResourceResponse;
import software.amazon.awssdk.services.budgets.model.UpdateBudgetRequest;
import software.amazon.awssdk.services.budgets.model.UpdateBudgetResponse;

/** {@code aws_budgets_budget}. Its notifications are calls of their own. */
final class BudgetResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_budgets_budget";
  }

  @Override
  public String label() {
    return "Budget";
  }

  @Override
  public Traits traits() {
    return new Traits()
        .keep("cost_types", "cost_filter")
        .same("limit_amount", BudgetResource::isSameAmount);
  }

  private static boolean isSameAmount(String prior, String wanted) {
    try {
      return new BigDecimal(prior).compareTo(new BigDecimal(wanted)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public void create(Context context, Attributes planned) {
    String name = context.name(planned);
    String account = planned.text("account_id", context.account());
    context.call(
        CreateBudgetRequest.builder()
            .accountId(account)
            .budget(BudgetBlocks.read(planned, name))
            .resourceTags(TagChanges.all(planned, BudgetResource::tag))
            .build(),
        CreateBudgetResponse.class);
    planned.set("id", account + ":" + name);
    notify(context, planned);
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeBudgetRequest request =
        DescribeBudgetRequest.builder().accountId(account(state)).budgetName(name(state)).build();
    Optional<Budget> found =
        context.find(() -> context.call(request, DescribeBudgetResponse.class).budget());
    found.ifPresent(budget -> {
      state
          .set("account_id", account(state))
          .set("arn", arn(state))
          .set("name", budget.budgetName())
          .set("name_prefix", Context.namePrefix(budget.budgetName()));
      BudgetBlocks.write(budget, state);
      state.setBlocks("notification", notifications(context, state));
      context.setTags(
          state,
          context
              .call(
                  ListTagsForResourceRequest.builder().resourceARN(arn(state)).build(),
                  ListTagsForResourceResponse.class)
              .resourceTags(),
          ResourceTag::key,
          ResourceTag::value);
    });
    return found.isPresent();
  }

  private static List<Attributes> notifications(Context context, Attributes state) {
    List<Attributes> blocks = new ArrayList<>();
    for (Notification notification : all(context, state)) {
      List<Subscriber> subscribers =
          context
              .call(
                  DescribeSubscribersForNotificationRequest.builder()
                      .accountId(account(state))
                      .budgetName(name(state))
                      .notification(notification)
                      .build(),
                  DescribeSubscribersForNotificationResponse.class)
              .subscribers();
      blocks.add(BudgetBlocks.notification(notification, subscribers));
    }
    return blocks;
  }

  private static List<Notification> all(Context context, Attributes state) {
    return context
        .call(
            DescribeNotificationsForBudgetRequest.builder()
                .accountId(account(state))
                .budgetName(name(state))
                .build(),
            DescribeNotificationsForBudgetResponse.class)
        .notifications();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    context.call(
        UpdateBudgetRequest.builder()
            .accountId(account(planned))
            .newBudget(BudgetBlocks.read(planned, name(planned)))
            .build(),
        UpdateBudgetResponse.class);
    retag(context, prior, planned);
    if (planned.differs(prior, "notification")) {
      for (Notification notification : all(context, planned)) {
        context.call(
            DeleteNotificationRequest.builder()
                .accountId(account(planned))
                .budgetName(name(planned))
                .notification(notification)
                .build(),
            DeleteNotificationResponse.class);
      }
      notify(context, planned);
    }
  }

  private static void notify(Context context, Attributes planned) {
    for (Attributes block : planned.blocks("notification")) {
      List<Subscriber> subscribers = new ArrayList<>();
      block
          .texts("subscriber_email_addresses")
          .forEach(address -> subscribers.add(subscriber(SubscriptionType.EMAIL, address)));
      block
          .texts("subscriber_sns_topic_arns")
          .forEach(arn -> subscribers.add(subscriber(SubscriptionType.SNS, arn)));
      context.call(
          CreateNotificationRequest.builder()
              .accountId(account(planned))
              .budgetName(name(planned))
              .notification(
                  Notification.builder()
                      .comparisonOperator(block.text("comparison_operator"))
                      .notificationType(block.text("notification_type"))
                      .threshold(block.decimal("threshold"))
                      .thresholdType(block.text("threshold_type"))
                      .build())
              .subscribers(subscribers)
              .build(),
          CreateNotificationResponse.class);
    }
  }

  private static Subscriber subscriber(SubscriptionType type, String address) {
    return Subscriber.builder().subscriptionType(type).address(address).build();
  }

  private static void retag(Context context, Attributes prior, Attributes planned) {
    TagChanges.between(prior, planned)
        .apply(
            BudgetResource::tag,
            keys ->
                context.call(
                    UntagResourceRequest.builder()
                        .resourceARN(arn(planned))
                        .resourceTagKeys(keys)
                        .build(),
                    UntagResourceResponse.class),
            tags ->
                context.call(
                    TagResourceRequest.builder()
                        .resourceARN(arn(planned))
                        .resourceTags(tags)
                        .build(),
                    TagResourceResponse.class));
  }

  private static ResourceTag tag(String key, String value) {
    return ResourceTag.builder().key(key).value(value).build();
  }

  private static String arn(Attributes state) {
    return "arn:aws:budgets::" + account(state) + ":budget/" + name(state);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteBudgetRequest.builder().accountId(account(state)).budgetName(name(state)).build(),
        DeleteBudgetResponse.class);
  }

  private static String account(Attributes state) {
    return state.id().substring(0, state.id().indexOf(':'));
  }

  private static String name(Attributes state) {
    return state.id().substring(state.id().indexOf(':') + 1);
  }
}
