package dev.slipway.twin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

class QuickStartTest {

  /** The same options as the parser reads them. */
  @CommandLine.Command
  static final class Parsed implements Runnable {
    @Mixin private ServeOptions options;

    @Override
    public void run() {}
  }

  @ParameterizedTest
  @CsvSource({
    "'--port 4599'",
    "'--port 0 --scale 1'",
    "'--scale 7.5 --region us-east-1 --runtime simulated'",
    "'--dir some/where --port 4600'",
    "'--port 4600 --max-heap 2g'",
    "'--port 70000'",
    "'--runtime docker'",
    "''"
  })
  void readsWhatTheParserReads(String options) {
    String[] plain = options.isEmpty() ? new String[0] : options.split(" ", -1);
    String heap = options.contains("--max-heap") ? "2g" : "512m";

    BackgroundStart start = QuickStart.read(withCommand(plain)).orElseThrow();

    assertThat(start.maxHeap()).isEqualTo(heap);
    assertThat(outcome(start.options())).isEqualTo(outcome(parsed(plain)));
  }

  @Test
  void takesTheValuesThatItIsGiven() {
    BackgroundStart start =
        QuickStart.read(
                withCommand(
                    "--port",
                    "4599",
                    "--scale",
                    "2",
                    "--region",
                    "eu-west-1",
                    "--dir",
                    "/tmp/x",
                    "--runtime",
                    "simulated"))
            .orElseThrow();

    assertThat(start.options().twin())
        .isEqualTo(
            new TwinOptions(4599, 2, "eu-west-1", Path.of("/tmp/x"), RuntimeKind.SIMULATED, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port=4599",
        "--port",
        "--port x",
        "--port --scale 1",
        "--scale fast",
        "--port -1",
        "--port 4599 --port 4600",
        "--enforce-iam",
        "--help",
        "--colour red",
        "more"
      })
  void leavesWhatIsNotPlainToTheParser(String options) {
    assertThat(QuickStart.read(withCommand(options.split(" ", -1)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"twin stop", "twin", "verify --cluster a", "--version", "start twin"})
  void leavesOtherCommandsToTheParser(String arguments) {
    assertThat(QuickStart.read(arguments.split(" ", -1))).isEmpty();
    assertThat(QuickStart.read(new String[0])).isEmpty();
  }

  private static ServeOptions parsed(String... options) {
    Parsed command = new Parsed();
    CommandLine line = new CommandLine(command);
    line.setUnmatchedArgumentsAllowed(true);
    line.parseArgs(options);
    return command.options;
  }

  /** The options, or what is wrong with them. */
  private static String outcome(ServeOptions options) {
    try {
      return options.twin().toString();
    } catch (TwinProblem e) {
      return e.getMessage();
    }
  }

  private static String[] withCommand(String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "twin";
    all[1] = "start";
    System.arraycopy(options, 0, all, 2, options.length);
    return all;
  }
}
