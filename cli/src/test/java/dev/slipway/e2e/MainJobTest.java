package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private static final String CLUSTER = "slipway";
  private static final String SERVICE = "slipway";
  private static final String REPOSITORY = "slipway/app";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path directory;

  @TempDir private static Path elsewhere;

  private static Checkout checkout;
  private static String url;
  private static JsonNode report;

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
    report = report(up);
    assertThat(report.path("verdict").asText()).isEqualTo("PASS");
    assertThat(linked("taskIds")).as("two tasks run: " + report.path("chain")).hasSize(2);
  }

  @Test
  @Order(2)
  void theCommandTellsItsVersionThroughALinkToo() throws IOException {
    Path link =
        Files.createSymbolicLink(
            elsewhere.resolve("sw"), directory.resolve("slipway").toAbsolutePath());

    for (String command : List.of("./slipway", link.toString())) {
      Checkout.Result version = checkout.run(Map.of(), command, "--version");
      assertThat(version.output()).as(command).matches("slipway \\d+\\.\\d+\\.\\d+\\S*\\s*");
    }
  }

  @Test
  @Order(2)
  void aSecondPlanHasNothingToChange() {
    Checkout.Result plan = checkout.make("plan");

    assertThat(plan.exitCode()).as(plan.output()).isZero();
    assertThat(plan.output().split("No changes\\.", -1)).as(plan.output()).hasSize(3);
  }

  @Test
  @Order(2)
  void theAwsCliSeesTheSameServiceAsTheReport() throws IOException {
    RealClients.need("aws");
    RealClients clients = new RealClients(checkout, elsewhere);
    clients.aws("ecs", "wait", "services-stable", "--cluster", CLUSTER, "--services", SERVICE);
    JsonNode service =
        clients
            .aws("ecs", "describe-services", "--cluster", CLUSTER, "--services", SERVICE)
            .path("services")
            .path(0);
    assertThat(service.path("runningCount").asInt()).isEqualTo(2);
    assertThat(service.path("taskDefinition").asText())
        .endsWith("/" + linked("taskDefinition").getFirst());
    List<String> words =
        new ArrayList<>(List.of("ecs", "describe-tasks", "--cluster", CLUSTER, "--tasks"));
    words.addAll(linked("taskIds"));
    JsonNode tasks = clients.aws(words.toArray(String[]::new)).path("tasks");
    assertThat(tasks.findValuesAsText("imageDigest"))
        .containsExactly(linked("imageDigest").getFirst(), linked("imageDigest").getFirst());
    assertThat(tasks.findValuesAsText("lastStatus")).containsOnly("RUNNING");

    JsonNode health =
        clients
            .aws(
                "elbv2",
                "describe-target-health",
                "--target-group-arn",
                service.path("loadBalancers").path(0).path("targetGroupArn").asText())
            .path("TargetHealthDescriptions");
    assertThat(health.findValuesAsText("State")).containsExactly("healthy", "healthy");
    assertThat(health.findValuesAsText("Id"))
        .containsExactlyInAnyOrderElementsOf(tasks.findValuesAsText("privateIpv4Address"));
  }

  @Test
  @Order(2)
  void theAwsCliReadsTheLogsOfBothTasks() throws IOException {
    RealClients.need("aws");
    RealClients clients = new RealClients(checkout, elsewhere);
    String group =
        clients
            .aws("logs", "describe-log-groups")
            .path("logGroups")
            .path(0)
            .path("logGroupName")
            .asText();

    JsonNode events =
        clients.aws("logs", "filter-log-events", "--log-group-name", group).path("events");

    assertThat(linked("taskIds"))
        .allSatisfy(id ->
            assertThat(events.findValuesAsText("logStreamName"))
                .anyMatch(name -> name.endsWith(id)));
    assertThat(events.findValuesAsText("message"))
        .anyMatch(message -> message.contains("Listening on"));
  }

  @Test
  @Order(2)
  void theRegistryHoldsTheDigestThatRunsForCraneAndTheAwsCli() throws IOException {
    RealClients.need("aws");
    RealClients.need("crane");
    RealClients clients = new RealClients(checkout, elsewhere);
    String digest = linked("imageDigest").getFirst();
    JsonNode images =
        clients.aws("ecr", "describe-images", "--repository-name", REPOSITORY).path("imageDetails");
    assertThat(images.findValuesAsText("imageDigest")).containsExactly(digest);
    assertThat(images.path(0).path("imageTags").path(0).asText()).isEqualTo(checkout.head());

    clients.logIn();
    String repository = clients.registry() + "/" + REPOSITORY;
    assertThat(clients.crane("ls", repository)).isEqualTo(checkout.head());
    assertThat(clients.crane("digest", repository + ":" + checkout.head())).isEqualTo(digest);
    String archive = elsewhere.resolve("image").toString();
    clients.crane("pull", "--format", "oci", repository + "@" + digest, archive);
    clients.aws("ecr", "create-repository", "--repository-name", "copy");
    clients.crane("push", archive, clients.registry() + "/copy:v1");
    assertThat(clients.crane("digest", clients.registry() + "/copy:v1")).isEqualTo(digest);
    clients.aws("ecr", "delete-repository", "--repository-name", "copy", "--force");
  }

  @Test
  @Order(2)
  void wrongValuesAndWrongNamesAreRefused() {
    Refusal.in(
        checkout.make("validate", Map.of("CLUSTER", "no-such-cluster", "SERVICE", SERVICE)),
        "no-such-cluster");
    Refusal.in(
        checkout.make("validate", Map.of("CLUSTER", CLUSTER, "SERVICE", "no-such-service")),
        "no-such-service");
    Checkout.Result port = checkout.make("apply", Map.of("TF_VAR_container_port", "80"));
    assertThat(port.output()).contains("container_port is 80; it must be 1024-65535", "Error 2");
    Checkout.Result egress = checkout.make("plan", Map.of("TF_VAR_egress", "somewhere"));
    assertThat(egress.output()).contains("somewhere", "nat-per-az", "Error 2");
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
  void aPlanWithoutAWayOutIsStoppedBeforeItIsApplied() throws IOException {
    checkout.change(PROPERTIES, "Hello again", "Hello a third time");
    Checkout.Result apply = checkout.make("apply", Map.of("TF_VAR_egress", "none"));

    assertThat(apply.output())
        .contains("net-no-egress-route  on module.network.aws_route_table.private")
        .contains("this would fail, so nothing was applied", "Error 1");
    Checkout.Result validate = checkout.make("validate");
    assertThat(validate.exitCode()).as(validate.output()).isZero();
  }

  @Test
  @Order(5)
  void withoutAWayOutTheVerifierNamesTheRouteTable() throws IOException {
    Checkout.Result apply =
        checkout.make("apply", Map.of("TF_VAR_egress", "none", "PREFLIGHT", "warn"));
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
  @Order(6)
  void withTheRouteBackTheSameCommitPasses() {
    Checkout.Result apply = checkout.make("apply");
    assertThat(apply.exitCode()).as(apply.output()).isZero();

    Checkout.Result validate = checkout.make("validate");

    assertThat(validate.exitCode()).as(validate.output()).isZero();
  }

  @Test
  @Order(7)
  void destroyLeavesNothingAndMayBeRepeated() {
    Checkout.Result destroy = checkout.make("destroy");
    assertThat(destroy.exitCode()).as(destroy.output()).isZero();

    Checkout.Result again = checkout.make("destroy");

    assertThat(again.exitCode()).as(again.output()).isZero();
  }

  /** The values of a link of the report's identity chain. */
  private static List<String> linked(String name) {
    JsonNode value = report.path("chain").path(name).path("value");
    return value.isArray()
        ? value.valueStream().map(JsonNode::asText).toList()
        : List.of(value.asText());
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
