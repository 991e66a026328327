package dev.slipway.twin.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Runs the real Terraform in a directory of its own, attached to a provider of the twin. */
final class TerraformRun implements AutoCloseable {

  /** The exit code and everything that Terraform wrote. */
  record Result(int exitCode, String output) {}

  private static final String HEAD =
      """
      terraform {
        required_providers {
          aws = { source = "hashicorp/aws" }
        }
      }
      provider "aws" {
        region     = "eu-west-1"
        access_key = "123456789012"
        default_tags { tags = { project = "probe", env = "twin" } }
      }
      """;

  private final Path directory;
  private final String reattach;
  private final Process guard;

  TerraformRun(Path directory, TerraformProviderServer provider) throws IOException {
    this(directory, provider::reattachConfig);
  }

  /** Runs in a directory; the function tells how to attach with a guard's process id. */
  TerraformRun(Path directory, LongFunction<String> reattachConfig) throws IOException {
    this.directory = directory;
    this.guard = new ProcessBuilder("sleep", "3600").start();
    this.reattach = reattachConfig.apply(guard.pid());
  }

  /** The terraform on the PATH. */
  static Optional<Path> binary() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(entry -> Path.of(entry, "terraform"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Writes the configuration, behind a provider block with default tags. */
  TerraformRun config(String hcl) {
    return configWithoutHead(HEAD + hcl);
  }

  /** Writes the configuration as it is. */
  TerraformRun configWithoutHead(String hcl) {
    try {
      Files.writeString(directory.resolve("main.tf"), hcl);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the files of a root of the project, with a text in them replaced by another. */
  TerraformRun root(Path source, String text, String other) {
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".tf")).toList()) {
        String hcl = Files.readString(file).replace(text, other);
        Files.writeString(directory.resolve(file.getFileName().toString()), hcl);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes values of variables. */
  TerraformRun variables(String values) {
    try {
      Files.writeString(directory.resolve("terraform.tfvars"), values);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies, and fails when Terraform does. */
  Result apply() {
    return succeed("apply", "-auto-approve", "-no-color");
  }

  /** Destroys everything, and fails when Terraform does. */
  Result destroy() {
    return succeed("destroy", "-auto-approve", "-no-color");
  }

  /** Plans; exit code 0 says that nothing would change, 2 that something would. */
  Result plan() {
    return run("plan", "-detailed-exitcode", "-no-color");
  }

  /** The attributes of a resource or data source in the state. */
  JsonNode values(String address) {
    Result shown = succeed("show", "-json");
    try {
      JsonNode root = new ObjectMapper().readTree(shown.output());
      for (JsonNode resource : root.path("values").path("root_module").path("resources")) {
        if (resource.path("address").asText().equals(address)) {
          return resource.path("values");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("not in the state: " + address);
  }

  Result succeed(String... arguments) {
    Result result = run(arguments);
    if (result.exitCode() != 0) {
      throw new AssertionError(String.join(" ", arguments) + " failed:\n" + result.output());
    }
    return result;
  }

  Result run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary().orElseThrow().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("TF_REATTACH_PROVIDERS", reattach);
    builder.environment().put("TF_IN_AUTOMATION", "1");
    builder.environment().put("TF_INPUT", "0");
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    builder.environment().put("TF_CLI_CONFIG_FILE", "/dev/null");
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      return new Result(process.waitFor(), new String(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    guard.destroy();
  }
}
