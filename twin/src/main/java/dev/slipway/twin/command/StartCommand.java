package dev.slipway.twin.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the twin in the background and waits until it answers. */
@Command(name = "start", description = "Start the twin in the background; a running one is kept.")
final class StartCommand implements Callable<Integer> {

  /** The heap of a twin that nobody gives another. */
  static final String MAX_HEAP = "512m";

  @Mixin private ServeOptions options;

  @Option(
      names = "--max-heap",
      defaultValue = MAX_HEAP,
      description = "The twin's largest heap (default ${DEFAULT-VALUE}).")
  private String maxHeap;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return new BackgroundStart(options, maxHeap).run();
  }
}
