package dev.slipway.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What a person sees when a command fails: the message in four parts, and no stack trace unless
 * {@code SLIPWAY_STACKTRACE} is set. Exit code 3 when AWS could not be asked, else 2.
 */
final class Failures implements IExecutionExceptionHandler {

  private static final int WRONG_USE = 2;
  private static final int AWS_UNANSWERED = 3;

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    if (System.getenv("SLIPWAY_STACKTRACE") != null) {
      failure.printStackTrace(line.getErr());
    }
    if (failure instanceof SdkException) {
      line.getErr().println(unanswered(line.getCommandName(), failure));
      return AWS_UNANSWERED;
    }
    line.getErr().println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    return WRONG_USE;
  }

  private static String unanswered(String command, Exception failure) {
    String endpoint = System.getenv().getOrDefault("AWS_ENDPOINT_URL", "AWS's own endpoints");
    return String.join(
        System.lineSeparator(),
        "slipway " + command + " could not ask AWS at " + endpoint,
        "  seen    " + String.valueOf(failure.getMessage()).lines().findFirst().orElse(""),
        "  cause   no credentials, no network, or no twin behind AWS_ENDPOINT_URL",
        "  try     slipway twin status        or        aws sts get-caller-identity");
  }
}
