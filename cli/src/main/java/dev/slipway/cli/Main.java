package dev.slipway.cli;

import dev.slipway.cli.diagram.DiagramCommand;
import dev.slipway.rehearsal.RehearseCommand;
import dev.slipway.twin.command.TwinCommand;
import dev.slipway.validation.PreflightCommand;
import dev.slipway.validation.SweepCommand;
import dev.slipway.validation.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code slipway} command. */
@Command(
    name = "slipway",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = Version.class,
    description = "From a commit to a verified service on AWS ECS Fargate.",
    subcommands = {
      TwinCommand.class,
      VerifyCommand.class,
      PreflightCommand.class,
      SweepCommand.class,
      RehearseCommand.class,
      ImageCommand.class,
      DiagramCommand.class
    },
    exitCodeOnInvalidInput = 2)
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public Main() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) {
    // Groovy lies on the class path for REST Assured; picocli would start it to ask for closures.
    System.setProperty("picocli.disable.closures", "true");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new Failures());
    line.setParameterExceptionHandler(new Misuse());
    return line;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "slipway needs a command; see slipway --help");
  }
}
