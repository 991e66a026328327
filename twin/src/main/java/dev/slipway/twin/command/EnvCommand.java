package dev.slipway.twin.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what points the AWS CLI and SDKs at the twin. */
@Command(
    name = "env",
    description = "Print exports for the AWS CLI and SDKs:  eval \"$(./slipway twin env)\"")
final class EnvCommand implements Callable<Integer> {

  @Mixin private ServeOptions options;

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = options.directory();
    if (directory.process().isEmpty() || !Files.exists(directory.environment())) {
      throw notRunning(directory);
    }
    System.out.print(Files.readString(directory.environment()));
    return 0;
  }

  static TwinProblem notRunning(RunDirectory directory) {
    return new TwinProblem(
        "no twin is running",
        "no live process belongs to " + directory.path(),
        "it was stopped, killed, or never started",
        List.of("make up", "slipway twin start"));
  }

  /**
   * The exports. The access key is the twin's account, and the secret is a word, for the twin
   * checks no signature; real credentials in the environment are overruled.
   */
  static String exports(int port, String region) {
    return """
    export AWS_ENDPOINT_URL=http://127.0.0.1:%d
    export AWS_ACCESS_KEY_ID=000000000000
    export AWS_SECRET_ACCESS_KEY=twin
    export AWS_REGION=%s
    export AWS_DEFAULT_REGION=%s
    export AWS_EC2_METADATA_DISABLED=true
    export AWS_PAGER=
    unset AWS_PROFILE AWS_SESSION_TOKEN
    """
        .formatted(port, region, region);
  }
}
