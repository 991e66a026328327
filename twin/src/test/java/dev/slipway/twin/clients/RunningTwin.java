package dev.slipway.twin.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A twin in this process, and clients in others that know nothing of it but its address. */
public final class RunningTwin implements AutoCloseable {

  private static final int LIMIT_MINUTES = 5;
  private static final Path ROOT = root();

  private final Twin twin;

  /** Starts a twin on a free port whose clock runs at the scale. */
  public RunningTwin(Path directory, double scale) {
    try {
      twin =
          Twin.start(TwinOptions.in(directory).withScale(scale).withRuntime(RuntimeKind.SIMULATED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The twin itself. */
  public Twin twin() {
    return twin;
  }

  /** Where it answers. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + twin.port());
  }

  /** Points a client of the AWS SDK for Java at an account of the twin. */
  public <C, B extends AwsClientBuilder<B, C>> C client(B builder, String account) {
    return builder
        .endpointOverride(endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "twin")))
        .build();
  }

  /**
   * Skips the test where a program is missing; in CI, where it was installed, that is a failure.
   */
  public static void need(Path program) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(program).as("installed by .ci/run").isExecutable();
    }
    assumeTrue(Files.isExecutable(program), program + " is not installed: .ci/run installs it");
  }

  /** A program that CI installs. */
  public static Path tool(String name) {
    return ROOT.resolve(".slipway/tools/bin").resolve(name);
  }

  /** Python with the AWS SDK, as CI installs it. */
  public static Path python() {
    return ROOT.resolve(".slipway/tools/python/bin/python");
  }

  /** A file of the project. */
  public static Path file(String relative) {
    return ROOT.resolve(relative);
  }

  /** Runs a command whose environment points at the twin, which must succeed; what it printed. */
  public String run(Map<String, String> environment, List<String> command) {
    return run(environment, command, 0);
  }

  /** Runs a command whose environment points at the twin and that must end with the exit code. */
  public String run(Map<String, String> environment, List<String> command, int exitCode) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("AWS_"));
    variables.put("AWS_ENDPOINT_URL", endpoint().toString());
    variables.put("AWS_ACCESS_KEY_ID", "000000000000");
    variables.put("AWS_SECRET_ACCESS_KEY", "twin");
    variables.put("AWS_DEFAULT_REGION", "us-east-1");
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    variables.put("PATH", tool("") + File.pathSeparator + System.getenv("PATH"));
    variables.putAll(environment);
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as(output).isTrue();
      assertThat(process.exitValue())
          .as("the exit code of " + command + ", which said:\n" + output)
          .isEqualTo(exitCode);
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".ci/run"))) {
        return at;
      }
    }
    throw new IllegalStateException("no .ci/run above " + start);
  }

  @Override
  public void close() {
    twin.close();
  }
}
