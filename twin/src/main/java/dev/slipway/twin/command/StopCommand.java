package dev.slipway.twin.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends the twin and everything that it runs. */
@Command(name = "stop", description = "Stop the twin; its worlds and its tasks are gone then.")
final class StopCommand implements Callable<Integer> {

  private static final int PATIENCE_SECONDS = 10;

  @Mixin private ServeOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunDirectory directory = options.directory();
    Optional<ProcessHandle> twin = directory.process();
    if (twin.isEmpty()) {
      System.err.println("no twin is running");
    } else {
      end(twin.get());
      System.err.println("the twin is stopped");
    }
    directory.clear();
    return 0;
  }

  private static void end(ProcessHandle twin) throws InterruptedException {
    twin.destroy();
    try {
      twin.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      twin.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
