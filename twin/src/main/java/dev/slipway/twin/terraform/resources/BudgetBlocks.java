package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.value.Attributes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.budgets.model.Budget;
import software.amazon.awssdk.services.budgets.model.CostTypes;
import software.amazon.awssdk.services.budgets.model.Notification;
import software.amazon.awssdk.services.budgets.model.Spend;
import software.amazon.awssdk.services.budgets.model.Subscriber;
import software.amazon.awssdk.services.budgets.model.SubscriptionType;
import software.amazon.awssdk.services.budgets.model.TimePeriod;

/** A budget as blocks and as AWS has it. */
final class BudgetBlocks {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd_HH:mm").withZone(ZoneOffset.UTC);

  private BudgetBlocks() {}

  static Budget read(Attributes planned, String name) {
    if (planned.block("auto_adjust_data").isPresent()) {
      throw new UnsupportedOperationException("auto_adjust_data of aws_budgets_budget");
    }
    Map<String, List<String>> filters = new LinkedHashMap<>();
    planned
        .blocks("cost_filter")
        .forEach(filter -> filters.put(filter.text("name"), filter.texts("values")));
    Map<String, Spend> limits = new LinkedHashMap<>();
    planned
        .blocks("planned_limit")
        .forEach(limit ->
            limits.put(
                Long.toString(instant(limit.text("start_time")).getEpochSecond()),
                spend(limit.text("amount"), limit.text("unit"))));
    return Budget.builder()
        .budgetName(name)
        .budgetType(planned.text("budget_type"))
        .timeUnit(planned.text("time_unit"))
        .budgetLimit(
            limits.isEmpty()
                ? spend(planned.text("limit_amount"), planned.text("limit_unit"))
                : null)
        .plannedBudgetLimits(limits.isEmpty() ? null : limits)
        .costFilters(filters.isEmpty() ? null : filters)
        .costTypes(planned.block("cost_types").map(BudgetBlocks::costTypes).orElse(null))
        .timePeriod(
            TimePeriod.builder()
                .start(instant(planned.text("time_period_start")))
                .end(instant(planned.text("time_period_end")))
                .build())
        .build();
  }

  static void write(Budget budget, Attributes state) {
    Spend limit = budget.budgetLimit();
    state
        .set("budget_type", budget.budgetTypeAsString())
        .set("time_unit", budget.timeUnitAsString())
        .setText("limit_amount", limit == null ? null : limit.amount().toPlainString())
        .setText("limit_unit", limit == null ? null : limit.unit())
        .set("time_period_start", DAY.format(budget.timePeriod().start()))
        .set("time_period_end", DAY.format(budget.timePeriod().end()))
        .setNoBlocks("auto_adjust_data")
        .setBlocks(
            "cost_filter",
            budget.costFilters().entrySet().stream()
                .map(filter ->
                    new Attributes()
                        .set("name", filter.getKey())
                        .setTexts("values", filter.getValue()))
                .toList())
        .setBlocks(
            "planned_limit",
            budget.plannedBudgetLimits().entrySet().stream()
                .map(each ->
                    new Attributes()
                        .set(
                            "start_time",
                            DAY.format(Instant.ofEpochSecond(Long.parseLong(each.getKey()))))
                        .set("amount", each.getValue().amount().toPlainString())
                        .set("unit", each.getValue().unit()))
                .toList());
    if (budget.costTypes() == null) {
      state.setNoBlocks("cost_types");
    } else {
      Attributes block = new Attributes();
      for (SdkField<?> field : budget.costTypes().sdkFields()) {
        block.set(snake(field.memberName()), (Boolean) field.getValueOrDefault(budget.costTypes()));
      }
      state.setBlock("cost_types", block);
    }
  }

  static Attributes notification(Notification notification, List<Subscriber> subscribers) {
    return new Attributes()
        .set("comparison_operator", notification.comparisonOperatorAsString())
        .set("notification_type", notification.notificationTypeAsString())
        .set("threshold", notification.threshold())
        .set("threshold_type", notification.thresholdTypeAsString())
        .setTexts("subscriber_email_addresses", addresses(subscribers, SubscriptionType.EMAIL))
        .setTexts("subscriber_sns_topic_arns", addresses(subscribers, SubscriptionType.SNS));
  }

  private static List<String> addresses(List<Subscriber> subscribers, SubscriptionType type) {
    return subscribers.stream()
        .filter(each -> each.subscriptionType() == type)
        .map(Subscriber::address)
        .toList();
  }

  private static CostTypes costTypes(Attributes block) {
    CostTypes.Builder builder = CostTypes.builder();
    for (SdkField<?> field : ((SdkPojo) builder).sdkFields()) {
      field.set(builder, block.flag(snake(field.memberName())));
    }
    return builder.build();
  }

  private static String snake(String member) {
    return member.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT);
  }

  private static Spend spend(String amount, String unit) {
    return amount == null
        ? null
        : Spend.builder().amount(new BigDecimal(amount)).unit(unit).build();
  }

  private static Instant instant(String day) {
    return day == null ? null : LocalDateTime.parse(day, DAY).toInstant(ZoneOffset.UTC);
  }
}
