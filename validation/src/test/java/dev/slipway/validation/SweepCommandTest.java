package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.validation.sweep.Sweep;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SweepCommandTest {

  private static final String CLUSTER = "arn:aws:ecs:eu-central-1:123456789012:cluster/staging";

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

  /** A sweep for clusters and log groups only. */
  private int run(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    for (String type : Sweep.types()) {
      if (!type.equals("ecs-cluster") && !type.equals("log-group")) {
        arguments.addAll(List.of("--ignore", type));
      }
    }
    return execute(arguments);
  }

  private int execute(List<String> arguments) {
    return new CommandLine(new SweepCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void endsWithZeroWhenNothingIsLeftAndSaysWhatItLookedFor() {
    aws.when("ListClusters", 200, "{\"clusterArns\":[]}")
        .when("DescribeLogGroups", 200, "{\"logGroups\":[]}");
    assertThat(run()).isZero();
    assertThat(out.toString().strip())
        .isEqualTo(
            """
            sweep of region eu-central-1
              ecs-cluster        none
              log-group          none
            nothing is left\
            """);
  }

  @Test
  void endsWithOneAndListsWhatIsLeft() throws Exception {
    aws.when("ListClusters", 200, "{\"clusterArns\":[\"" + CLUSTER + "\"]}")
        .when("DescribeLogGroups", 200, "{\"logGroups\":[{\"logGroupName\":\"/ecs/orders\"}]}");
    Path json = directory.resolve("sweep.json");
    assertThat(run("--json", json.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("  ecs-cluster        1 left\n    " + CLUSTER)
        .contains("  log-group          1 left\n    /ecs/orders")
        .endsWith("2 things are left\n");
    JsonNode written = new ObjectMapper().readTree(Files.readString(json));
    assertThat(written.path("clean").asBoolean()).isFalse();
    assertThat(written.path("lookedFor")).hasToString("[\"ecs-cluster\",\"log-group\"]");
    assertThat(written.path("found").get(1))
        .hasToString(
            "{\"type\":\"log-group\",\"id\":\"/ecs/orders\",\"detail\":\"\",\"goesByItself\":false,\"usdPerMonth\":0.0}");
  }

  @Test
  void saysWhatTasksAndLogsCost() {
    aws.when("ListClusters", 200, "{\"clusterArns\":[\"" + CLUSTER + "\"]}")
        .when("ListTasks", 200, "{\"taskArns\":[\"arn:t/1\"]}")
        .when("ListTasks", 200, "{\"taskArns\":[]}")
        .when(
            "DescribeTasks",
            200,
            "{\"tasks\":[{\"taskArn\":\"arn:t/1\",\"cpu\":\"256\",\"memory\":\"512\"}]}")
        .when(
            "DescribeLogGroups",
            200,
            "{\"logGroups\":[{\"logGroupName\":\"/x\",\"storedBytes\":107374182400}]}");
    assertThat(only("ecs-task", "log-group")).isEqualTo(1);
    assertThat(out.toString())
        .contains("    arn:t/1  about 9.01 USD a month\n")
        .contains("    /x  about 3.00 USD a month\n")
        .endsWith("2 things are left, about 12.01 USD a month or more\n");
  }

  @Test
  void findsAServiceThatIsNotListedAnyMoreByTheTasksThatItDoesNotLetGo() {
    aws.when("ListClusters", 200, "{\"clusterArns\":[\"" + CLUSTER + "\"]}")
        .when("ListServices", 200, "{\"serviceArns\":[]}")
        .when("ListTasks", 200, "{\"taskArns\":[\"arn:t/1\"]}")
        .when(
            "DescribeTasks",
            200,
            "{\"tasks\":[{\"taskArn\":\"arn:t/1\",\"lastStatus\":\"RUNNING\","
                + "\"group\":\"service:orders\"}]}")
        .when(
            "DescribeServices",
            200,
            "{\"services\":[{\"serviceArn\":\"arn:s/orders\",\"status\":\"DRAINING\"}]}");
    assertThat(only("ecs-service", "--wait", "0s")).isEqualTo(1);
    assertThat(out.toString()).contains("    arn:s/orders  DRAINING  (goes by itself)\n");
  }

  @Test
  void findsKeysAndSecretsThatArePaidForAndNotThoseOfAwsNorThoseThatGo() {
    aws.when(
            "ListKeys",
            200,
            "{\"Keys\":[{\"KeyId\":\"own\"},{\"KeyId\":\"aws\"},{\"KeyId\":\"going\"}]}")
        .when("DescribeKey", 200, key("own", "CUSTOMER", "Enabled"))
        .when("DescribeKey", 200, key("aws", "AWS", "Enabled"))
        .when("DescribeKey", 200, key("going", "CUSTOMER", "PendingDeletion"))
        .when("ListSecrets", 200, "{\"SecretList\":[{\"ARN\":\"arn:secret/db\"}]}");
    assertThat(only("kms-key", "secret")).isEqualTo(1);
    assertThat(out.toString())
        .contains("  kms-key            1 left\n    arn:key/own  for it  about 1.00 USD a month\n")
        .contains("  secret             1 left\n    arn:secret/db  about 0.40 USD a month\n")
        .endsWith("2 things are left, about 1.40 USD a month or more\n");
  }

  private static String key(String id, String manager, String state) {
    return """
    {"KeyMetadata": {"KeyId": "%s", "Arn": "arn:key/%s", "KeyManager": "%s", "KeyState": "%s",
      "Description": "for it"}}\
    """
        .formatted(id, id, manager, state);
  }

  private int only(String... kept) {
    List<String> arguments = new ArrayList<>();
    List.of(kept).stream().filter(k -> k.matches("--.*|\\d.*")).forEach(arguments::add);
    Sweep.types().stream()
        .filter(t -> !List.of(kept).contains(t))
        .forEach(t -> arguments.addAll(List.of("--ignore", t)));
    return execute(arguments);
  }

  @Test
  void countsOnlyWhatCarriesTheTag() {
    aws.when("ListClusters", 200, "{\"clusterArns\":[\"" + CLUSTER + "\"]}")
        .when("DescribeLogGroups", 200, "{\"logGroups\":[{\"logGroupName\":\"/ecs/orders\"}]}")
        .when(
            "GetResources",
            200,
            "{\"ResourceTagMappingList\":[{\"ResourceARN\":\"arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/orders\"}]}");
    assertThat(run("--tag", "project=orders")).isEqualTo(1);
    assertThat(out.toString()).contains("ecs-cluster        none").endsWith("1 thing is left\n");
  }

  @Test
  void doesNotCallAnAccountCleanThatItMayNotLookAt() {
    aws.when("ListClusters", 200, "{\"clusterArns\":[]}")
        .when(
            "DescribeLogGroups",
            400,
            "{\"__type\":\"AccessDeniedException\",\"message\":\"denied\"}");
    assertThat(run()).isEqualTo(3);
    assertThat(out.toString())
        .contains("could not look: missing permission logs:DescribeLogGroups")
        .endsWith("nothing was found, but not everything could be looked for\n");
  }

  @Test
  void endsWithThreeWhenNothingListens() {
    aws.stop();
    assertThat(run()).isEqualTo(3);
    assertThat(err.toString()).startsWith(aws.url() + " does not answer");
  }

  @Test
  void refusesAKindThatItDoesNotKnow() {
    assertThat(execute(List.of("--ignore", "vcp"))).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("--ignore cannot be used\n  seen    expected one of ecs-service, ")
        .contains(
            "; got vcp\n  cause   a typing error\n  try     slipway sweep --ignore log-group");
  }

  @Test
  void refusesATagWithoutAValue() {
    assertThat(execute(List.of("--tag", "project"))).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo(
            """
            --tag cannot be used
              seen    expected key=value; got project
              cause   the value is missing
              try     slipway sweep --tag project=slipway\
            """);
  }
}
