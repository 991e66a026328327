package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class VerifyCommandTest {

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

  private int run(String... more) {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"--cluster", "staging", "--service", "orders"}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return new CommandLine(new VerifyCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void saysWhichClustersExistAndEndsWithTwo() {
    aws.when(
            "DescribeServices",
            400,
            "{\"__type\":\"ClusterNotFoundException\",\"message\":\"Cluster not found.\"}")
        .when(
            "ListClusters", 200, "{\"clusterArns\":[\"arn:aws:ecs:eu-central-1:1:cluster/prod\"]}");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            """
            cluster staging does not exist in eu-central-1
              seen    expected a cluster of that name; there is prod
              cause   a typing error, another region or another account
              try     slipway verify --cluster prod --service orders
              try     aws ecs list-clusters --region eu-central-1\
            """);
  }

  @Test
  void saysWhichServicesExistAndEndsWithTwo() {
    aws.when(
            "DescribeServices",
            200,
            "{\"services\":[],\"failures\":[{\"arn\":\"x\",\"reason\":\"MISSING\"}]}")
        .when(
            "ListServices",
            200,
            "{\"serviceArns\":[\"arn:aws:ecs:eu-central-1:1:service/staging/order\"]}");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).startsWith("service orders does not exist in cluster staging");
  }

  @Test
  void endsWithThreeAndAnOpenVerdictWhenAwsMayNotBeAsked() throws Exception {
    aws.when(
        "DescribeServices",
        400,
        "{\"__type\":\"AccessDeniedException\",\"message\":\"User: x is not authorized\"}");
    Path json = directory.resolve("deep/report.json");
    assertThat(run("--json", json.toString())).isEqualTo(3);
    assertThat(err.toString()).contains("not allowed to ask ecs:DescribeServices");
    assertThat(new ObjectMapper().readTree(Files.readString(json)).path("verdict").asText())
        .isEqualTo("UNKNOWN");
  }

  @Test
  void endsWithThreeWhenTheCredentialsHaveExpired() {
    aws.when(
        "DescribeServices", 400, "{\"__type\":\"ExpiredTokenException\",\"message\":\"expired\"}");
    assertThat(run()).isEqualTo(3);
    assertThat(err.toString()).contains("does not accept the credentials");
  }

  @Test
  void endsWithThreeWhenAwsThrottlesToTheEnd() {
    aws.when(
        "DescribeServices",
        400,
        "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");
    assertThat(run("--timeout", "1s")).isEqualTo(3);
    assertThat(err.toString()).contains("throttled ecs:DescribeServices to the end");
  }

  @Test
  void endsWithThreeSoonWhenNothingListens() {
    aws.stop();
    assertThat(run("--timeout", "2s")).isEqualTo(3);
    assertThat(err.toString()).contains(aws.url() + " does not answer");
  }

  @ParameterizedTest
  @CsvSource({
    "--image-digest,latest,sha256: and 64 hexadecimal digits",
    "--commit,main,7 to 40 hexadecimal digits",
    "--url,orders.example,an http or https URL",
    "--probe,1000,1 to 100 requests a second",
  })
  void refusesValuesThatCannotBeMeant(String option, String value, String rule) {
    assertThat(run(option, value)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(option + " cannot be used")
        .contains("expected " + rule)
        .contains("got " + value);
    assertThat(aws.asked()).isEmpty();
  }

  @Test
  void refusesATimeoutThatIsNoDuration() {
    assertThat(run("--timeout", "soon")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("--timeout cannot be used")
        .contains("expected a number and s, m or h; got soon");
  }

  @Test
  void endsWithTwoAtALineOfAFileThatIsNoYaml() throws Exception {
    Path file = directory.resolve("slipway.yaml");
    Files.writeString(file, "timeout: 5m\nskip:\n  - a: [b\n");
    assertThat(run("--config", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(file + " line 3 cannot be read\n  seen    expected YAML or JSON; ")
        .contains("\n  cause   a typing error in the file's name or its indentation\n  try ");
    assertThat(aws.asked()).isEmpty();
  }

  @Test
  void endsWithTwoAtARegionThatNobodyCanMean() {
    assertThat(run("--region", "Frankfurt")).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            """
            --region cannot be used
              seen    expected the name of a region; got Frankfurt
              cause   a typing error or an empty variable in a script
              try     --region eu-central-1\
            """);
  }

  @Test
  void endsWithThreeAtARegionThatDoesNotExist() {
    aws.when(
        "DescribeServices",
        400,
        "{\"__type\":\"InvalidSignatureException\",\"message\":\"Credential should be scoped to a"
            + " valid region.\"}");
    assertThat(run("--region", "eu-centrl-1")).isEqualTo(3);
    assertThat(err.toString()).contains(aws.url() + " knows no such region");
  }
}
