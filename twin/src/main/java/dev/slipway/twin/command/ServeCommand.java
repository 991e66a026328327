package dev.slipway.twin.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the twin in the foreground until it is told to end. */
@Command(name = "serve", description = "Run the twin in the foreground.")
final class ServeCommand implements Callable<Integer> {

  @Mixin private ServeOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TwinProcess.run(options.twin());
    return 0;
  }
}
