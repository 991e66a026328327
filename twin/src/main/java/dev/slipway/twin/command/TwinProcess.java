package dev.slipway.twin.command;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A twin with a run directory, until it is told to end. Its {@code main} is what {@code slipway
 * twin start} runs in the background: it takes its arguments by place and not through a command
 * line parser, whose reflection would be a fifth of the start.
 */
public final class TwinProcess {

  private TwinProcess() {}

  /** Runs the twin of the arguments that {@link #arguments} made. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    run(
        new TwinOptions(
            Integer.parseInt(arguments[0]),
            Double.parseDouble(arguments[1]),
            arguments[2],
            Path.of(arguments[3]),
            RuntimeKind.valueOf(arguments[4]),
            Boolean.parseBoolean(arguments[5])));
  }

  /** The options as {@code main} takes them. */
  static List<String> arguments(TwinOptions options) {
    return List.of(
        Integer.toString(options.port()),
        Double.toString(options.scale()),
        options.region(),
        options.directory().toString(),
        options.runtime().name(),
        Boolean.toString(options.enforcesIam()));
  }

  static void run(TwinOptions options) throws IOException, InterruptedException {
    RunDirectory directory = new RunDirectory(options.directory());
    Twin twin = Twin.start(options);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(() -> {
                  twin.close();
                  ended.countDown();
                }));
    directory.write("env", EnvCommand.exports(twin.port(), options.region()));
    directory.write("reattach.json", twin.terraformReattachConfig(0));
    directory.write("terraform.port", Integer.toString(twin.terraformPort()));
    // Last, for whoever starts the twin waits for this file.
    directory.write("twin.port", Integer.toString(twin.port()));
    ended.await();
  }
}
