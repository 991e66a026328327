package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job in a fresh clone, step by step as a person does it. Each step needs the one before.
 */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobTest {

  private static final String PROPERTIES = "app/src/main/resources/application.properties";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path directory;

  private static Checkout checkout;
  private static String url;

  @BeforeAll
  static void cloneTheRepository() {
    checkout = Checkout.in(directory);
  }

  @AfterAll
  static void stopTheTwin() {
    checkout.close();
  }

  @Test
  @Order(1)
  void makeUpDeploysTheCommitAndVerifiesIt() throws IOException, InterruptedException {
    Checkout.Result up = checkout.make("up");

    assertThat(up.exitCode()).as(up.output()).isZero();
    url = up.line("url:");
    assertThat(get(url).path("revision").asText()).isEqualTo(checkout.head());
    JsonNode report = report(up);
    assertThat(report.path("verdict").asText()).isEqualTo("PASS");
    assertThat(
            report.path("chain").path("taskIds").path("value").size()
                + report.path("chain").path("tasks").size())
        .as("two tasks run: " + report.path("chain"))
        .isPositive();
  }

  @Test
  @Order(2)
  void aSecondPlanHasNothingToChange() {
    Checkout.Result plan = checkout.make("plan");

    assertThat(plan.exitCode()).as(plan.output()).isZero();
    assertThat(plan.output().split("No changes\\.", -1)).as(plan.output()).hasSize(3);
  }

  @Test
  @Order(3)
  void aNewCommitIsRolledOutWithoutAFailedRequest() throws IOException, InterruptedException {
    String commit = checkout.change(PROPERTIES, "Hello from Slipway", "Hello again");
    try (SteadyClient client = new SteadyClient(url)) {
      Checkout.Result up = checkout.make("up");

      assertThat(up.exitCode()).as(up.output()).isZero();
      assertThat(get(url).path("revision").asText()).isEqualTo(commit);
      assertThat(client.failures()).isEmpty();
      assertThat(client.answered()).isGreaterThan(50);
    }
  }

  @Test
  @Order(4)
  void withoutAWayOutTheVerifierNamesTheRouteTable() throws IOException {
    checkout.change(PROPERTIES, "Hello again", "Hello a third time");
    Checkout.Result apply = checkout.make("apply", Map.of("TF_VAR_egress", "none"));
    assertThat(apply.exitCode()).as(apply.output()).isZero();

    Checkout.Result validate = checkout.make("validate");

    assertThat(validate.exitCode()).as(validate.output()).isNotZero();
    assertThat(validate.output()).contains("Error 1");
    assertThat(validate.took()).isLessThan(Duration.ofSeconds(15));
    JsonNode cause = report(apply).path("causes").path(0);
    assertThat(cause.path("id").asText()).as(validate.output()).isEqualTo("net-no-egress-route");
    assertThat(cause.toString()).contains("rtb-").contains("subnet-").contains("0.0.0.0/0");
  }

  @Test
  @Order(5)
  void withTheRouteBackTheSameCommitPasses() {
    Checkout.Result apply = checkout.make("apply");
    assertThat(apply.exitCode()).as(apply.output()).isZero();

    Checkout.Result validate = checkout.make("validate");

    assertThat(validate.exitCode()).as(validate.output()).isZero();
  }

  @Test
  @Order(6)
  void destroyLeavesNothingAndMayBeRepeated() {
    Checkout.Result destroy = checkout.make("destroy");
    assertThat(destroy.exitCode()).as(destroy.output()).isZero();

    Checkout.Result again = checkout.make("destroy");

    assertThat(again.exitCode()).as(again.output()).isZero();
  }

  private static JsonNode get(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
      return new JsonMapper()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private static JsonNode report(Checkout.Result result) throws IOException {
    return new JsonMapper().readTree(Path.of(result.line("report:")).toFile());
  }
}
