package dev.slipway.twin.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients in Python, each in an account of its own. */
@Tag("e2e")
class PythonClientsTest {

  private static final String SCRIPTS = "twin/src/test/resources/clients/";

  @TempDir private static Path directory;

  private static RunningTwin twin;

  @BeforeAll
  static void start() {
    RunningTwin.need(RunningTwin.python());
    twin = new RunningTwin(directory, 60);
  }

  @AfterAll
  static void stop() {
    if (twin != null) {
      twin.close();
    }
  }

  @Test
  void everyWaiterOfBoto3SucceedsAndFailsAsOnAws() {
    assertThat(python("1", "waiters.py")).contains("waiters").doesNotContain("Traceback");
  }

  @Test
  void ecsDeployDeploysScalesAndRollsBack() {
    Path deployer = RunningTwin.tool("ecs");
    RunningTwin.need(deployer);
    String repository = python("2", "deploy.py").strip();

    assertThat(ecs(deployer, 0, "deploy", "--timeout", "60", "-i", "app", repository + ":two"))
        .contains(
            "Successfully created revision: 2",
            "Deployment successful",
            "Successfully deregistered revision: 1");
    assertThat(ecs(deployer, 0, "scale", "--timeout", "60", "2")).contains("Scaling successful");
    String failed =
        ecs(
            deployer,
            1,
            "deploy",
            "--rollback",
            "--timeout",
            "8",
            "-i",
            "app",
            repository + ":bad");
    assertThat(failed)
        .contains(
            "tasks failed to start",
            "Deployment failed due to timeout",
            "Rollback successful",
            "rolled back to previous task definition: web:2");
  }

  @Test
  void theWaitsOfTheAwsCliPassAndEndWith255() {
    Path aws = RunningTwin.tool("aws");
    RunningTwin.need(aws);
    python("3", "deploy.py");

    wait(aws, 0, "ecs", "wait", "services-stable", "--cluster", "clients", "--services", "web");
    wait(aws, 0, "elbv2", "wait", "load-balancer-available", "--names", "clients");
    String missing =
        wait(aws, 255, "ecs", "wait", "services-stable", "--cluster", "clients", "--services", "x");
    assertThat(missing)
        .contains(
            "Waiter ServicesStable failed: Waiter encountered a terminal failure state: For"
                + " expression \"failures[].reason\" we matched expected path: \"MISSING\" at least"
                + " once");
  }

  private static String python(String account, String script) {
    return twin.run(
        account(account),
        List.of(RunningTwin.python().toString(), RunningTwin.file(SCRIPTS + script).toString()));
  }

  /** Runs ecs-deploy on the service {@code web} with a look each second; what it printed. */
  private static String ecs(Path deployer, int exitCode, String command, String... more) {
    List<String> words =
        Stream.concat(
                Stream.of(deployer.toString(), command, "clients", "web", "--sleep-time", "1"),
                Stream.of(more))
            .toList();
    return twin.run(account("2"), words, exitCode);
  }

  private static String wait(Path aws, int exitCode, String... words) {
    List<String> command = Stream.concat(Stream.of(aws.toString()), Stream.of(words)).toList();
    return twin.run(account("3"), command, exitCode);
  }

  private static Map<String, String> account(String last) {
    return Map.of("AWS_ACCESS_KEY_ID", "00000000000" + last, "PYTHONDONTWRITEBYTECODE", "1");
  }
}
