package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PreflightCommandTest {

  private static final String IMAGES =
      "{\"imageDetails\":[{\"repositoryName\":\"slipway/app\",\"imageDigest\":\"sha256:1\"}]}";

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeAws aws;

  @BeforeEach
  void start() {
    aws = new FakeAws();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private int run(String... arguments) {
    return new CommandLine(new PreflightCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String plan(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/plans/" + name + ".json")) {
      return file(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name + ".json"), text).toString();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("report.json").toFile());
  }

  private String reportFile() {
    return directory.resolve("report.json").toString();
  }

  @Test
  void asksForARolloutToLookAt() {
    assertThat(run("--cluster", "staging")).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            """
            preflight needs a rollout to look at
              seen    expected --plan, or --cluster and --service, or --task-definition with --subnets
              cause   an option is missing, or an empty variable in a script
              try     slipway preflight --plan plan.json
              try     slipway preflight --cluster NAME --service NAME
              try     slipway preflight --cluster NAME --task-definition FAMILY --subnets ID,ID --security-groups ID\
            """);
  }

  @Test
  void saysThatAPlanIsNotThere() {
    assertThat(run("--plan", "nowhere.json")).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            """
            --plan nowhere.json cannot be read
              seen    expected what terraform show -json prints of a plan; the file cannot be opened
              cause   a typing error, or terraform show was not run
              try     terraform plan -out=tfplan
              try     terraform show -json tfplan >plan.json\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PK binary|it is no JSON",
        "{}|it is not what terraform show -json prints",
        "{\"format_version\":\"2.0\"}|its format version is 2.0",
        "{\"format_version\":\"1.0\",\"values\":{}}|it is a state and not a plan"
      })
  void saysWhatIsWrongWithAPlan(String textAndProblem) throws IOException {
    String[] parts = textAndProblem.split("\\|", -1);
    assertThat(run("--plan", file("bad", parts[0]))).isEqualTo(2);
    assertThat(err.toString())
        .contains("expected what terraform show -json prints of a plan; " + parts[1])
        .contains("the plan itself or a state was given, and not its JSON");
  }

  @Test
  void saysThatAPlanHasNoService() throws IOException {
    String plan =
        file("empty", "{\"format_version\":\"1.2\",\"planned_values\":{},\"configuration\":{}}");
    assertThat(run("--plan", plan)).isEqualTo(2);
    assertThat(err.toString())
        .contains("has no ECS service")
        .contains("expected at least one aws_ecs_service that is there after the apply; found none")
        .contains("it is the plan of another root module, or it destroys everything");
  }

  @Test
  void passesASoundPlanWithoutAskingAnybody() throws IOException {
    assertThat(run("--offline", "--plan", plan("slipway-new"), "--json", reportFile())).isZero();
    assertThat(aws.asked()).isEmpty();
    assertThat(json().path("verdict").asText()).isEqualTo("PASS");
    assertThat(json().path("service").path("name").asText()).isEqualTo("slipway");
    assertThat(out.toString()).contains("  OK    way-out").contains("verdict PASS");
  }

  @Test
  void stopsAPlanWithoutAWayOut() throws IOException {
    String page = directory.resolve("report.html").toString();
    int code =
        run(
            "--offline",
            "--plan",
            plan("slipway-without-egress"),
            "--json",
            reportFile(),
            "--html",
            page);
    assertThat(code).isEqualTo(1);
    JsonNode cause = json().path("causes").path(0);
    assertThat(cause.path("id").asText()).isEqualTo("net-no-egress-route");
    assertThat(cause.path("resource").asText())
        .isEqualTo("module.network.aws_route_table.private[\"eu-central-1a\"]");
    assertThat(Files.readString(Path.of(page))).contains("net-no-egress-route");
  }

  @Test
  void leavesOutWhatItIsToldToWithTheReason() throws IOException {
    int code =
        run(
            "--offline",
            "--plan",
            plan("slipway-without-egress"),
            "--skip",
            "net-no-egress-route=broken on purpose");
    assertThat(code).isZero();
    assertThat(out.toString()).contains("left out: broken on purpose");
  }

  @Test
  void asksTheRegistryForTheImageOfAPlan() throws IOException {
    aws.when("DescribeRepositories", 200, repository())
        .when("DescribeImages", 400, "{\"__type\":\"ImageNotFoundException\",\"message\":\"no\"}");
    assertThat(run("--plan", plan("slipway-new"), "--json", reportFile())).isEqualTo(1);
    assertThat(json().path("causes").path(0).path("id").asText())
        .isEqualTo("img-tag-not-in-registry");
  }

  @Test
  void believesAnImageThatAPullThroughCacheWillFetch() throws IOException {
    aws.when("DescribeRepositories", 200, repository())
        .when("DescribeImages", 400, "{\"__type\":\"ImageNotFoundException\",\"message\":\"no\"}")
        .when(
            "DescribePullThroughCacheRules",
            200,
            "{\"pullThroughCacheRules\":[{\"ecrRepositoryPrefix\":\"slipway\"}]}");
    assertThat(run("--plan", plan("slipway-new"))).isZero();
    assertThat(out.toString()).contains("is fetched by a pull-through cache at its first pull");
  }

  @ParameterizedTest
  @ValueSource(strings = {"amd64:0", "arm64:1"})
  void looksForWhichProcessorAnImageIsBuilt(String architectureAndCode) throws IOException {
    String[] parts = architectureAndCode.split(":", 2);
    aws.when("DescribeRepositories", 200, repository())
        .when("DescribeImages", 200, IMAGES)
        .when(
            "BatchGetImage",
            200,
            "{\"images\":[{\"imageManifest\":\"{\\\"config\\\":{\\\"digest\\\":\\\"sha256:2\\\"}}\"}]}")
        .when(
            "GetDownloadUrlForLayer", 200, "{\"downloadUrl\":\"" + aws.url() + "/configuration\"}")
        .when("null", 200, "{\"architecture\":\"" + parts[0] + "\"}");
    assertThat(run("--plan", plan("slipway-new"), "--json", reportFile()))
        .isEqualTo(Integer.parseInt(parts[1]));
    if (parts[1].equals("1")) {
      assertThat(json().path("causes").path(0).path("id").asText()).isEqualTo("img-wrong-arch");
    }
  }

  @Test
  void findsTheProcessorsOfAnIndexInIt() throws IOException {
    aws.when("DescribeRepositories", 200, repository())
        .when("DescribeImages", 200, IMAGES)
        .when(
            "BatchGetImage",
            200,
            "{\"images\":[{\"imageManifest\":\"{\\\"manifests\\\":["
                + "{\\\"platform\\\":{\\\"architecture\\\":\\\"arm64\\\"}},"
                + "{\\\"platform\\\":{\\\"architecture\\\":\\\"unknown\\\"}},"
                + "{\\\"platform\\\":{\\\"architecture\\\":\\\"amd64\\\"}}]}\"}]}");
    assertThat(run("--plan", plan("slipway-new"))).isZero();
    assertThat(out.toString()).contains("  OK    image");
  }

  @Test
  void looksAtAPlanWithoutAwsWhenNobodyAnswers() throws IOException {
    aws.stop();
    assertThat(run("--plan", plan("slipway-new"))).isZero();
    assertThat(out.toString()).contains("the registry was not asked");
  }

  @Test
  void writesEachServiceOfAPlan() throws IOException {
    assertThat(run("--offline", "--plan", plan("modules-and-loops"), "--json", reportFile()))
        .isZero();
    assertThat(json().path("verdict").asText()).isEqualTo("PASS");
    assertThat(json().path("services").findValuesAsText("name")).contains("invoices", "orders");
  }

  @Test
  void saysWhichServicesExistAndEndsWithTwo() {
    aws.when("DescribeServices", 200, "{\"services\":[]}")
        .when(
            "ListServices",
            200,
            "{\"serviceArns\":[\"arn:aws:ecs:eu-central-1:1:service/staging/order\"]}");
    assertThat(run("--cluster", "staging", "--service", "orders")).isEqualTo(2);
    assertThat(err.toString()).startsWith("service orders does not exist in cluster staging");
  }

  @Test
  void endsWithThreeWhenNobodyAnswersForALiveService() {
    aws.stop();
    assertThat(run("--cluster", "staging", "--service", "orders")).isEqualTo(3);
    assertThat(err.toString()).contains("does not answer");
  }

  private static String repository() {
    return "{\"repositories\":[{\"repositoryName\":\"slipway/app\",\"registryId\":\"123456789012\","
        + "\"repositoryUri\":\"123456789012.dkr.ecr.eu-central-1.amazonaws.com/slipway/app\"}]}";
  }
}
