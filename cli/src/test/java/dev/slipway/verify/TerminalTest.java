package dev.slipway.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.junit.Twin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code slipway verify} under a pseudo terminal, which {@code script} of util-linux makes: the
 * view is drawn over itself there, and nowhere else.
 */
@Twin(runtime = RuntimeKind.SIMULATED)
class TerminalTest {

  private static final String UP = "\u001b[1A";
  private static final String CLEAR = "\u001b[J";

  private static TwinAccount account;

  @TempDir private Path directory;

  @BeforeAll
  static void build() {
    Estate estate = new Estate(account).prepare();
    estate.service("web-0", 1);
    await().atMost(Duration.ofMinutes(2)).until(() -> estate.steady("web-0"));
  }

  private static String verify() {
    return "'%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.slipway.cli.Main verify --cluster %s --service web-0 --fail-on critical"
        .formatted(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            Estate.CLUSTER);
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path said = directory.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(said.toFile());
    builder.environment().putAll(account.environment());
    builder.environment().keySet().removeAll(List.of("CI", "NO_COLOR"));
    builder.environment().put("TERM", "xterm");
    assertThat(builder.start().waitFor()).as(Files.readString(said)).isZero();
    return Files.readString(said);
  }

  private static List<String> onATerminal(String command) {
    return List.of("script", "--quiet", "--return", "--command", command, "/dev/null");
  }

  @Test
  void drawsTheViewOverItselfOnATerminalWhereverErrorsAreSent() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script of util-linux");
    Path errors = directory.resolve("errors.txt");
    String seen = run(onATerminal(verify() + " 2>'" + errors + "'"));
    assertThat(seen).contains(UP, CLEAR, "verdict PASS");
    assertThat(seen.substring(seen.lastIndexOf(CLEAR)))
        .contains("service web-0 in cluster prod", "verdict PASS");
    assertThat(Files.readString(errors)).doesNotContain("\u001b");
  }

  @Test
  void writesPlainLinesWhereTheAnswerIsPiped() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no script of util-linux");
    String seen = run(onATerminal(verify() + " | cat"));
    assertThat(seen).contains("Z PASS rollout: ", "verdict PASS").doesNotContain(UP);
  }

  @Test
  void writesPlainLinesWithoutATerminal() throws Exception {
    assertThat(run(List.of("sh", "-c", verify())))
        .contains("Z PASS rollout: ", "verdict PASS")
        .doesNotContain("\u001b");
  }
}
