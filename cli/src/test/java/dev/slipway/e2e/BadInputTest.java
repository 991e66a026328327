package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks for what cannot be learns why, and what to type next; nothing is begun. */
@Tag("e2e")
class BadInputTest {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path directory;

  @TempDir private static Path elsewhere;

  private static Checkout checkout;

  @BeforeAll
  static void cloneTheRepository() {
    checkout = Checkout.builtIn(directory);
  }

  @AfterAll
  static void nothingWasStarted() {
    try (Checkout ended = checkout) {
      assertThat(ended.processes()).isEmpty();
    }
  }

  @Test
  void namesTheJdkThatIsTooOldOrNone() throws IOException {
    Path old = Files.createDirectories(elsewhere.resolve("jdk-17/bin")).getParent();
    executable(old.resolve("bin/javac"), "exit 0");
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.11\"\n");

    Refusal.in(
        checkout.make("plan", Map.of("JAVA_HOME", old.toString())), old.toString(), "JDK 17");
    Refusal.in(
        checkout.make("up", Map.of("JAVA_HOME", elsewhere.toString())),
        elsewhere.toString(),
        "no JDK");
  }

  @Test
  void namesTheVariableThatIsNoTerraform() {
    Refusal.in(
        checkout.make("up", Map.of("TERRAFORM", "/nowhere/terraform")), "/nowhere/terraform");
  }

  @Test
  void saysHowToGetTerraformWhereThereIsNoneAndNoGo() throws IOException {
    Path programs = Files.createDirectories(elsewhere.resolve("programs"));
    for (String name :
        List.of(
            "bash",
            "sed",
            "awk",
            "sort",
            "tail",
            "head",
            "dirname",
            "readlink",
            "env",
            "grep",
            "date",
            "mkdir",
            "flock",
            "find",
            "git",
            "make",
            "tr",
            "cat",
            "mvn",
            "uname")) {
      for (String place : System.getenv("PATH").split(":")) {
        Path program = Path.of(place, name);
        if (Files.isExecutable(program)) {
          executable(programs.resolve(name), "exec " + program + " \"$@\"");
          break;
        }
      }
    }

    Checkout.Result up =
        checkout.make(
            "up",
            Map.of("PATH", programs.toString(), "HOME", elsewhere.toString(), "TERRAFORM", ""));

    Refusal.in(up, "neither terraform nor tofu", "make doctor");
  }

  @Test
  void namesThePortThatAnotherProgramHas() throws IOException {
    try (ServerSocket other =
        new ServerSocket(checkout.twinPort(), 1, InetAddress.getLoopbackAddress())) {
      Refusal.in(
          checkout.make("up"),
          "127.0.0.1:" + other.getLocalPort(),
          "SLIPWAY_TWIN_PORT=4600 make up");
    }
  }

  @Test
  void namesTheVariableThatTheStackDoesNotHave() {
    Refusal.in(checkout.make("up", Map.of("TF_VAR_egres", "none")), "TF_VAR_egres", "egress");
  }

  @Test
  void namesTheEnvironmentThatDoesNotExist() {
    Refusal.in(checkout.make("up", Map.of("ENV", "staging")), "ENV=staging", "twin and aws");
  }

  @Test
  void needsATwinForWhatLooksAtOne() {
    for (String target : List.of("validate", "plan", "diagram")) {
      Refusal.in(checkout.make(target), "no twin is running", "make up");
    }
    for (String command : List.of("status", "env")) {
      Refusal.in(checkout.run(Map.of(), "./slipway", "twin", command), "no twin is running");
    }
  }

  @Test
  void destroyAndDownAreHarmlessWithoutATwin() {
    assertThat(checkout.make("destroy").exitCode()).isZero();
    assertThat(checkout.make("down").exitCode()).isZero();
  }

  @Test
  void namesTheOptionThatIsMissingOrWrong() {
    Refusal.in(checkout.run(Map.of(), "./slipway", "verify"), "--cluster", "slipway verify --help");
    Refusal.in(
        checkout.run(
            Map.of(),
            "./slipway",
            "verify",
            "--cluster",
            "a",
            "--service",
            "b",
            "--image-digest",
            "sha256:12"),
        "--image-digest",
        "sha256:12");
    Refusal.in(checkout.run(Map.of(), "./slipway", "twin", "start", "--port", "many"), "many");
    Refusal.in(checkout.run(Map.of(), "./slipway", "verfy"), "verfy");
    Refusal.in(checkout.run(Map.of(), "./slipway"), "slipway --help");

    Checkout.Result help = checkout.run(Map.of(), "./slipway", "verify", "--help");
    assertThat(help.exitCode()).as(help.output()).isZero();
    assertThat(help.output()).contains("--expect-revision");
  }

  private static void executable(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
