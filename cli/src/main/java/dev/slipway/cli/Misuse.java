package dev.slipway.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person sees who gave a command the wrong words: four parts and the usage; exit code 2. */
final class Misuse implements IParameterExceptionHandler {

  private static final int WRONG_USE = 2;

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    String command = line.getCommandSpec().qualifiedName();
    line.getErr()
        .println(
            String.join(
                System.lineSeparator(),
                command + " cannot use these words",
                "  seen    " + failure.getMessage(),
                "  cause   a typing error, a missing option, or an empty variable in a script",
                "  try     " + next(failure, command)));
    line.getErr().flush();
    return WRONG_USE;
  }

  private static String next(ParameterException failure, String command) {
    List<String> meant =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return meant.isEmpty() ? command + " --help" : command + " " + meant.getFirst();
  }
}
