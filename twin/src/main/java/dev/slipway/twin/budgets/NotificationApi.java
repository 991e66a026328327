package dev.slipway.twin.budgets;

import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.budgets.model.CreateNotificationRequest;
import software.amazon.awssdk.services.budgets.model.CreateNotificationResponse;
import software.amazon.awssdk.services.budgets.model.CreateSubscriberRequest;
import software.amazon.awssdk.services.budgets.model.CreateSubscriberResponse;
import software.amazon.awssdk.services.budgets.model.DeleteNotificationRequest;
import software.amazon.awssdk.services.budgets.model.DeleteNotificationResponse;
import software.amazon.awssdk.services.budgets.model.DeleteSubscriberRequest;
import software.amazon.awssdk.services.budgets.model.DeleteSubscriberResponse;
import software.amazon.awssdk.services.budgets.model.DescribeNotificationsForBudgetRequest;
import software.amazon.awssdk.services.budgets.model.DescribeNotificationsForBudgetResponse;
import software.amazon.awssdk.services.budgets.model.DescribeSubscribersForNotificationRequest;
import software.amazon.awssdk.services.budgets.model.DescribeSubscribersForNotificationResponse;
import software.amazon.awssdk.services.budgets.model.Notification;
import software.amazon.awssdk.services.budgets.model.NotificationState;
import software.amazon.awssdk.services.budgets.model.NotificationWithSubscribers;
import software.amazon.awssdk.services.budgets.model.Subscriber;
import software.amazon.awssdk.services.budgets.model.ThresholdType;

/** Who is told of a budget, and when. Source: Budgets API reference. */
final class NotificationApi {

  private final Budgets budgets;

  NotificationApi(Budgets budgets) {
    this.budgets = budgets;
  }

  static NotificationWithSubscribers complete(NotificationWithSubscribers wanted) {
    Notification notification = wanted.notification();
    if (notification == null
        || notification.threshold() == null
        || notification.notificationType() == null
        || notification.comparisonOperator() == null) {
      throw AwsError.of("InvalidParameterException", "The notification is not complete.");
    }
    ThresholdType kind =
        notification.thresholdType() == null
            ? ThresholdType.PERCENTAGE
            : notification.thresholdType();
    return wanted.toBuilder()
        .notification(
            notification.toBuilder()
                .thresholdType(kind)
                .notificationState(NotificationState.OK)
                .build())
        .build();
  }

  public DescribeNotificationsForBudgetResponse describe(
      DescribeNotificationsForBudgetRequest request) {
    Row row = budgets.require(request.accountId(), request.budgetName());
    return DescribeNotificationsForBudgetResponse.builder()
        .notifications(
            row.notifications().stream().map(NotificationWithSubscribers::notification).toList())
        .build();
  }

  public CreateNotificationResponse create(CreateNotificationRequest request) {
    Row row = budgets.require(request.accountId(), request.budgetName());
    NotificationWithSubscribers added =
        complete(
            NotificationWithSubscribers.builder()
                .notification(request.notification())
                .subscribers(request.subscribers())
                .build());
    if (row.find(added.notification()).isPresent()) {
      throw AwsError.of("DuplicateRecordException", "The notification already exists.");
    }
    List<NotificationWithSubscribers> all = new ArrayList<>(row.notifications());
    all.add(added);
    put(row, all);
    return CreateNotificationResponse.builder().build();
  }

  public DeleteNotificationResponse delete(DeleteNotificationRequest request) {
    Row row = budgets.require(request.accountId(), request.budgetName());
    NotificationWithSubscribers found = require(row, request.notification());
    put(row, row.notifications().stream().filter(each -> each != found).toList());
    return DeleteNotificationResponse.builder().build();
  }

  public DescribeSubscribersForNotificationResponse subscribers(
      DescribeSubscribersForNotificationRequest request) {
    Row row = budgets.require(request.accountId(), request.budgetName());
    return DescribeSubscribersForNotificationResponse.builder()
        .subscribers(require(row, request.notification()).subscribers())
        .build();
  }

  public CreateSubscriberResponse subscribe(CreateSubscriberRequest request) {
    Row row = budgets.require(request.accountId(), request.budgetName());
    NotificationWithSubscribers found = require(row, request.notification());
    List<Subscriber> subscribers = new ArrayList<>(found.subscribers());
    if (subscribers.contains(request.subscriber())) {
      throw AwsError.of("DuplicateRecordException", "The subscriber already exists.");
    }
    subscribers.add(request.subscriber());
    replace(row, found, subscribers);
    return CreateSubscriberResponse.builder().build();
  }

  /** The last subscriber takes the notification with it. */
  public DeleteSubscriberResponse unsubscribe(DeleteSubscriberRequest request) {
    Row row = budgets.require(request.accountId(), request.budgetName());
    NotificationWithSubscribers found = require(row, request.notification());
    List<Subscriber> rest = new ArrayList<>(found.subscribers());
    if (!rest.remove(request.subscriber())) {
      throw AwsError.of("NotFoundException", "The subscriber doesn't exist.");
    }
    if (rest.isEmpty()) {
      put(row, row.notifications().stream().filter(each -> each != found).toList());
    } else {
      replace(row, found, rest);
    }
    return DeleteSubscriberResponse.builder().build();
  }

  private static NotificationWithSubscribers require(Row row, Notification wanted) {
    return row.find(wanted)
        .orElseThrow(() -> AwsError.of("NotFoundException", "The notification doesn't exist."));
  }

  private void replace(Row row, NotificationWithSubscribers old, List<Subscriber> subscribers) {
    put(
        row,
        row.notifications().stream()
            .map(each -> each == old ? old.toBuilder().subscribers(subscribers).build() : each)
            .toList());
  }

  private void put(Row row, List<NotificationWithSubscribers> notifications) {
    budgets.rows().put(row.budget().budgetName(), row.withNotifications(notifications));
  }
}
