package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The AWS CLI and crane, which know nothing of this project, pointed at a clone's twin. */
final class RealClients {

  private final Checkout checkout;
  private final Path settings;

  /** Clients that keep their logins in a directory, not in the user's. */
  RealClients(Checkout checkout, Path settings) {
    this.checkout = checkout;
    this.settings = settings;
  }

  /** Logs crane in with the password that ECR gives the AWS CLI, as docker login is done. */
  void logIn() {
    String password = pointed(List.of("aws", "ecr", "get-login-password"));
    crane("auth", "login", registry(), "--username", "AWS", "--password", password);
  }

  /**
   * Skips the test where a program is missing; in CI, where it was installed, that is a failure.
   */
  static void need(String program) {
    boolean found =
        List.of(Checkout.searchPath().split(File.pathSeparator)).stream()
            .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as(program + " is on the PATH or in .slipway/tools/bin").isTrue();
    }
    assumeTrue(found, program + " is not installed: see make doctor");
  }

  /** Runs an AWS CLI command that must succeed; its answer. */
  JsonNode aws(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("aws", "--output", "json"));
    command.addAll(List.of(words));
    String output = pointed(command);
    return output.isBlank()
        ? JsonMapper.builder().build().missingNode()
        : new JsonMapper().readTree(output);
  }

  /** Runs a crane command that must succeed; what it printed. */
  String crane(String... words) {
    List<String> command = new ArrayList<>(List.of("crane"));
    command.addAll(List.of(words));
    return pointed(command);
  }

  /** The registry's address, as it stands in the name of an image. */
  String registry() {
    return "127.0.0.1:" + checkout.twinPort();
  }

  private String pointed(List<String> command) {
    Checkout.Result result =
        checkout.pointed(
            Map.of("DOCKER_CONFIG", settings.toString()), command.toArray(String[]::new));
    assertThat(result.exitCode()).as(command + ": " + result.output()).isZero();
    return result.output().strip();
  }
}
