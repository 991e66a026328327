package dev.slipway.twin.budgets;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.budgets.model.Budget;
import software.amazon.awssdk.services.budgets.model.Notification;
import software.amazon.awssdk.services.budgets.model.NotificationWithSubscribers;
import software.amazon.awssdk.services.budgets.model.ResourceTag;

/** A budget with its notifications and tags. */
record Row(Budget budget, List<NotificationWithSubscribers> notifications, List<ResourceTag> tags) {

  static final String TABLE = "budgets.budgets";

  Row with(Budget other) {
    return new Row(other, notifications, tags);
  }

  Row withNotifications(List<NotificationWithSubscribers> other) {
    return new Row(budget, List.copyOf(other), tags);
  }

  Row withTags(List<ResourceTag> other) {
    return new Row(budget, notifications, List.copyOf(other));
  }

  /** A notification is known by what it compares, not by its state. */
  Optional<NotificationWithSubscribers> find(Notification wanted) {
    return notifications.stream().filter(each -> isSame(each.notification(), wanted)).findFirst();
  }

  static boolean isSame(Notification one, Notification other) {
    return one.notificationTypeAsString().equals(other.notificationTypeAsString())
        && one.comparisonOperatorAsString().equals(other.comparisonOperatorAsString())
        && one.threshold().equals(other.threshold())
        && kind(one).equals(kind(other));
  }

  private static String kind(Notification notification) {
    String kind = notification.thresholdTypeAsString();
    return kind == null ? "PERCENTAGE" : kind;
  }
}
