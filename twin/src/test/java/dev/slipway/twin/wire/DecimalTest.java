package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.budgets.BudgetsClient;
import software.amazon.awssdk.services.budgets.model.CreateBudgetRequest;
import software.amazon.awssdk.services.budgets.model.CreateBudgetResponse;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetRequest;
import software.amazon.awssdk.services.budgets.model.DescribeBudgetResponse;

/** Amounts of money are strings on the wire, as AWS Budgets defines them. */
class DecimalTest {

  /** Remembers the last budget. */
  public static final class Fake {
    private BigDecimal amount;

    /** CreateBudget. */
    public CreateBudgetResponse createBudget(CreateBudgetRequest request) {
      amount = request.budget().budgetLimit().amount();
      return CreateBudgetResponse.builder().build();
    }

    /** DescribeBudget. */
    public DescribeBudgetResponse describeBudget(DescribeBudgetRequest request) {
      return DescribeBudgetResponse.builder()
          .budget(b -> b.budgetName("b").budgetLimit(l -> l.amount(amount).unit("USD")))
          .build();
    }
  }

  private static Endpoints twin;
  private static HttpClient http;

  @BeforeAll
  static void listen() {
    twin = new Endpoints(new Fake());
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    http.close();
    twin.close();
  }

  @ParameterizedTest
  @CsvSource({"50,50", "50.0,50.0", "0.25,0.25", "1000000000000,1000000000000"})
  void comeAsStringsAndGoAsStrings(String amount, String shown) throws Exception {
    assertThat(create("\"" + amount + "\"").statusCode()).isEqualTo(200);

    assertThat(send("DescribeBudget", "{\"AccountId\":\"1\",\"BudgetName\":\"b\"}").body())
        .contains("\"Amount\":\"" + shown + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fifty", "", "1e9", "NaN", "50 "})
  void areRefusedWhereTheyAreNoNumbers(String amount) throws Exception {
    HttpResponse<String> answer = create("\"" + amount + "\"");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo(
            "{\"__type\":\"SerializationException\",\"message\":\"Amount: expected a number.\"}");
  }

  @Test
  void areWhatTheSdkSendsAndReads() {
    try (BudgetsClient budgets = twin.client(BudgetsClient.builder())) {
      budgets.createBudget(c ->
          c.accountId("1")
              .budget(b ->
                  b.budgetName("b")
                      .budgetType("COST")
                      .timeUnit("MONTHLY")
                      .budgetLimit(l -> l.amount(new BigDecimal("12.50")).unit("USD"))));

      assertThat(
              budgets
                  .describeBudget(d -> d.accountId("1").budgetName("b"))
                  .budget()
                  .budgetLimit()
                  .amount())
          .isEqualByComparingTo("12.5");
    }
  }

  private static HttpResponse<String> create(String amount) throws Exception {
    return send(
        "CreateBudget",
        "{\"AccountId\":\"1\",\"Budget\":{\"BudgetName\":\"b\",\"BudgetType\":\"COST\",\"TimeUnit\":"
            + "\"MONTHLY\",\"BudgetLimit\":{\"Amount\":"
            + amount
            + ",\"Unit\":\"USD\"}}}");
  }

  private static HttpResponse<String> send(String operation, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(twin.uri().resolve("/"))
            .header("X-Amz-Target", "AWSBudgetServiceGateway." + operation)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/budgets/aws4_request,"
                    + " SignedHeaders=host, Signature=0")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
