package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetsRequest;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetsResponse;
import software.amazon.awssdk.services.budgets.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.budgets.model.ListTagsForResourceResponse;

/** A budget that tells people, with the real Terraform over the twin's Budgets. */
class BudgetStackTest extends StackTest {

  private static final String BUDGET =
      """
      resource "aws_budgets_budget" "b" {
        name              = "probe"
        budget_type       = "COST"
        limit_amount      = "50"
        limit_unit        = "USD"
        time_unit         = "MONTHLY"
        time_period_start = "2026-01-01_00:00"
        tags              = { owner = "shop" }
        cost_filter {
          name   = "TagKeyValue"
          values = ["user:Project$shop"]
        }
        notification {
          comparison_operator        = "GREATER_THAN"
          notification_type          = "FORECASTED"
          threshold                  = 80
          threshold_type             = "PERCENTAGE"
          subscriber_email_addresses = ["ops@example.com"]
        }
        notification {
          comparison_operator        = "GREATER_THAN"
          notification_type          = "ACTUAL"
          threshold                  = 100
          threshold_type             = "PERCENTAGE"
          subscriber_email_addresses = ["ops@example.com", "boss@example.com"]
        }
      }
      """;

  @Test
  void settlesImportsAndLeavesNothing() {
    applied(BUDGET);

    imported("aws_budgets_budget.b", "123456789012:probe");
    terraform.destroy();
    assertThat(
            world()
                .operations()
                .call(
                    DescribeBudgetsRequest.builder().accountId("123456789012").build(),
                    DescribeBudgetsResponse.class)
                .budgets())
        .isEmpty();
  }

  @Test
  void changesInPlaceAndIsReplacedUnderAnotherName() {
    applied(BUDGET);

    String changed =
        BUDGET.replace("\"50\"", "\"60\"").replace("boss@", "chief@").replace("owner", "team");
    assertThat(applied(changed).output()).contains("0 added, 1 changed, 0 destroyed");
    assertThat(tags()).contains("team=shop").doesNotContain("owner=shop");
    assertThat(applied(changed.replace("\"probe\"", "\"other\"")).output())
        .contains("1 added, 0 changed, 1 destroyed");
  }

  private List<String> tags() {
    return world()
        .operations()
        .call(
            ListTagsForResourceRequest.builder()
                .resourceARN("arn:aws:budgets::123456789012:budget/probe")
                .build(),
            ListTagsForResourceResponse.class)
        .resourceTags()
        .stream()
        .map(tag -> tag.key() + "=" + tag.value())
        .toList();
  }
}
