package dev.slipway.twin.budgets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Parameters;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.budgets.model.Budget;
import software.amazon.awssdk.services.budgets.model.BudgetType;
import software.amazon.awssdk.services.budgets.model.CalculatedSpend;
import software.amazon.awssdk.services.budgets.model.CostTypes;
import software.amazon.awssdk.services.budgets.model.CreateBudgetRequest;
import software.amazon.awssdk.services.budgets.model.CreateBudgetResponse;
import software.amazon.awssdk.services.budgets.model.DeleteBudgetRequest;
import software.amazon.awssdk.services.budgets.model.DeleteBudgetResponse;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetRequest;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetResponse;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetsRequest;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetsResponse;
import software.amazon.awssdk.services.budgets.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.budgets.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.budgets.model.ResourceTag;
import software.amazon.awssdk.services.budgets.model.Spend;
import software.amazon.awssdk.services.budgets.model.TagResourceRequest;
import software.amazon.awssdk.services.budgets.model.TagResourceResponse;
import software.amazon.awssdk.services.budgets.model.TimePeriod;
import software.amazon.awssdk.services.budgets.model.UntagResourceRequest;
import software.amazon.awssdk.services.budgets.model.UntagResourceResponse;
import software.amazon.awssdk.services.budgets.model.UpdateBudgetRequest;
import software.amazon.awssdk.services.budgets.model.UpdateBudgetResponse;

/** Budgets themselves. Source: Budgets API reference. */
@Differs(
    value = "Every budget shows a spend of nothing, so nobody is ever told of one.",
    because = "Nothing on the twin costs anything.")
final class BudgetApi {

  /** When a budget ends that says nothing of it. */
  private static final Instant FAR = Instant.parse("2087-06-15T00:00:00Z");

  private static final int USUAL_PAGE = 100;

  private final Budgets budgets;

  BudgetApi(Budgets budgets) {
    this.budgets = budgets;
  }

  public CreateBudgetResponse create(CreateBudgetRequest request) {
    budgets.check(request.accountId());
    Budget budget = complete(request.budget());
    if (budgets.rows().contains(budget.budgetName())) {
      throw AwsError.of(
          "DuplicateRecordException",
          "Error creating budget: %s - the budget already exists.".formatted(budget.budgetName()));
    }
    budgets
        .rows()
        .put(
            budget.budgetName(),
            new Row(
                budget,
                request.notificationsWithSubscribers().stream()
                    .map(NotificationApi::complete)
                    .toList(),
                request.resourceTags()));
    return CreateBudgetResponse.builder().build();
  }

  private Budget complete(Budget budget) {
    Parameters.required(budget, "ValidationException", "budget");
    Parameters.only(
        budget,
        member -> AwsError.of("InvalidParameterException", "the twin's budgets have no " + member),
        "BudgetName",
        "BudgetLimit",
        "PlannedBudgetLimits",
        "CostFilters",
        "CostTypes",
        "TimeUnit",
        "TimePeriod",
        "BudgetType");
    if (budget.budgetName() == null || !budget.budgetName().matches("[^:\\\\]{1,100}")) {
      throw AwsError.of("InvalidParameterException", "Budget name is not valid.");
    }
    if (budget.budgetLimit() == null && budget.plannedBudgetLimits().isEmpty()) {
      throw AwsError.of("InvalidParameterException", "Budget limit is missing.");
    }
    boolean cost = budget.budgetType() == BudgetType.COST;
    TimePeriod period = budget.timePeriod();
    return budget.toBuilder()
        .costTypes(budget.costTypes() == null && cost ? usualCosts() : budget.costTypes())
        .timePeriod(
            TimePeriod.builder()
                .start(period == null || period.start() == null ? start() : period.start())
                .end(period == null || period.end() == null ? FAR : period.end())
                .build())
        .calculatedSpend(
            CalculatedSpend.builder()
                .actualSpend(
                    Spend.builder()
                        .amount(BigDecimal.ZERO)
                        .unit(budget.budgetLimit() == null ? "USD" : budget.budgetLimit().unit())
                        .build())
                .build())
        .lastUpdatedTime(budgets.world().now())
        .build();
  }

  // Source: Budgets API reference, TimePeriod: the start of the current period.
  private Instant start() {
    return budgets
        .world()
        .now()
        .atOffset(ZoneOffset.UTC)
        .withDayOfMonth(1)
        .truncatedTo(ChronoUnit.DAYS)
        .toInstant();
  }

  private static CostTypes usualCosts() {
    return CostTypes.builder()
        .includeTax(true)
        .includeSubscription(true)
        .useBlended(false)
        .includeRefund(true)
        .includeCredit(true)
        .includeUpfront(true)
        .includeRecurring(true)
        .includeOtherSubscription(true)
        .includeSupport(true)
        .includeDiscount(true)
        .useAmortized(false)
        .build();
  }

  public DescribeBudgetResponse describe(DescribeBudgetRequest request) {
    return DescribeBudgetResponse.builder()
        .budget(budgets.require(request.accountId(), request.budgetName()).budget())
        .build();
  }

  public DescribeBudgetsResponse describeAll(DescribeBudgetsRequest request) {
    budgets.check(request.accountId());
    Page<Row> page =
        Page.of(budgets.rows().all(), request.nextToken(), request.maxResults(), USUAL_PAGE);
    return DescribeBudgetsResponse.builder()
        .budgets(page.items().stream().map(Row::budget).toList())
        .nextToken(page.nextToken())
        .build();
  }

  public UpdateBudgetResponse update(UpdateBudgetRequest request) {
    Budget wanted = Parameters.required(request.newBudget(), "ValidationException", "newBudget");
    Row row = budgets.require(request.accountId(), wanted.budgetName());
    budgets.rows().put(row.budget().budgetName(), row.with(complete(wanted)));
    return UpdateBudgetResponse.builder().build();
  }

  public DeleteBudgetResponse delete(DeleteBudgetRequest request) {
    Row row = budgets.require(request.accountId(), request.budgetName());
    budgets.rows().remove(row.budget().budgetName());
    return DeleteBudgetResponse.builder().build();
  }

  public ListTagsForResourceResponse listTags(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .resourceTags(byArn(request.resourceARN()).tags())
        .build();
  }

  public TagResourceResponse tag(TagResourceRequest request) {
    Row row = byArn(request.resourceARN());
    Map<String, ResourceTag> tags = byKey(row);
    request.resourceTags().forEach(tag -> tags.put(tag.key(), tag));
    put(row, tags);
    return TagResourceResponse.builder().build();
  }

  public UntagResourceResponse untag(UntagResourceRequest request) {
    Row row = byArn(request.resourceARN());
    Map<String, ResourceTag> tags = byKey(row);
    request.resourceTagKeys().forEach(tags::remove);
    put(row, tags);
    return UntagResourceResponse.builder().build();
  }

  private Row byArn(String arn) {
    String text = arn == null ? "" : arn;
    return budgets.require(budgets.world().account(), text.substring(text.lastIndexOf('/') + 1));
  }

  private static Map<String, ResourceTag> byKey(Row row) {
    Map<String, ResourceTag> tags = new LinkedHashMap<>();
    row.tags().forEach(tag -> tags.put(tag.key(), tag));
    return tags;
  }

  private void put(Row row, Map<String, ResourceTag> tags) {
    budgets.rows().put(row.budget().budgetName(), row.withTags(new ArrayList<>(tags.values())));
  }
}
