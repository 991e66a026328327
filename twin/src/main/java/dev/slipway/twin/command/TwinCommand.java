package dev.slipway.twin.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group of commands around the twin. */
@Command(
    name = "twin",
    description = "The embedded AWS: start it, stop it, look at it, point tools at it.",
    subcommands = {
      StartCommand.class,
      StopCommand.class,
      StatusCommand.class,
      EnvCommand.class,
      ServeCommand.class
    })
public final class TwinCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public TwinCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "slipway twin needs one of start, stop, status, env");
  }
}
