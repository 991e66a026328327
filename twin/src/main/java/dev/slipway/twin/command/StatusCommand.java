package dev.slipway.twin.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether the twin runs. */
@Command(name = "status", description = "Say whether the twin runs, and where.")
final class StatusCommand implements Callable<Integer> {

  @Mixin private ServeOptions options;

  @Override
  public Integer call() {
    RunDirectory directory = options.directory();
    ProcessHandle twin = directory.process().orElseThrow(() -> EnvCommand.notRunning(directory));
    System.out.printf(
        "running  process %d  http://127.0.0.1:%d  log %s%n",
        twin.pid(), directory.port().orElse(0), directory.log());
    return 0;
  }
}
