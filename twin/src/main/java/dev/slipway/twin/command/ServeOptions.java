package dev.slipway.twin.command;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a twin is started with. */
final class ServeOptions {

  private static final String PORT = "${env:SLIPWAY_TWIN_PORT:-4566}";
  private static final String SCALE = "${env:SLIPWAY_TWIN_SCALE:-60}";
  private static final String REGION = "${env:AWS_REGION:-eu-central-1}";
  private static final String RUNTIME = "${env:SLIPWAY_TWIN_RUNTIME:-process}";
  private static final String ENFORCE_IAM = "${env:SLIPWAY_TWIN_ENFORCE_IAM:-false}";

  @Option(
      names = "--port",
      defaultValue = PORT,
      description = "The port of the AWS API on 127.0.0.1 (default 4566).")
  private int port;

  @Option(
      names = "--scale",
      defaultValue = SCALE,
      description = "World seconds a real second (default 60; 1 is real time).")
  private double scale;

  @Option(
      names = "--region",
      defaultValue = REGION,
      description = "The region for calls that name none (default eu-central-1).")
  private String region;

  @Option(
      names = "--runtime",
      defaultValue = RUNTIME,
      description =
          "What runs tasks: process (the image's program), or simulated (servers in the twin that"
              + " follow the image's SLIPWAY_BEHAVIOUR). Default process.")
  private String runtime;

  @Option(
      names = "--enforce-iam",
      defaultValue = ENFORCE_IAM,
      description =
          "Authorise every API call by the policies of its access key; keys that IAM did not hand"
              + " out are the account's root.")
  private boolean enforceIam;

  @Option(names = "--dir", description = "The run directory (default .slipway/twin).")
  private Path directory;

  /**
   * Options of their names and values, without a parser.
   *
   * @param given values by the options' names; the others have their defaults
   * @return nothing when a value is none of its option's type
   */
  static Optional<ServeOptions> plain(Map<String, String> given) {
    ServeOptions options = new ServeOptions();
    String enforced = byDefault(ENFORCE_IAM);
    try {
      options.port = Integer.parseInt(given.getOrDefault("--port", byDefault(PORT)));
      options.scale = Double.parseDouble(given.getOrDefault("--scale", byDefault(SCALE)));
      options.directory = given.containsKey("--dir") ? Path.of(given.get("--dir")) : null;
    } catch (NumberFormatException | InvalidPathException e) {
      return Optional.empty();
    }
    options.region = given.getOrDefault("--region", byDefault(REGION));
    options.runtime = given.getOrDefault("--runtime", byDefault(RUNTIME));
    options.enforceIam = enforced.equals("true");
    return enforced.equals("true") || enforced.equals("false")
        ? Optional.of(options)
        : Optional.empty();
  }

  /** What the parser makes of {@code ${env:NAME:-value}}. */
  private static String byDefault(String text) {
    int separator = text.indexOf(":-");
    String value = System.getenv(text.substring("${env:".length(), separator));
    return value == null ? text.substring(separator + 2, text.length() - 1) : value;
  }

  RunDirectory directory() {
    return directory == null
        ? RunDirectory.standard()
        : new RunDirectory(directory.toAbsolutePath());
  }

  int port() {
    return port;
  }

  String region() {
    return region;
  }

  String scaleText() {
    return scale == Math.rint(scale)
        ? String.format(Locale.ROOT, "%.0f", scale)
        : Double.toString(scale);
  }

  /**
   * The options as the twin takes them.
   *
   * @throws TwinProblem when one has no meaning
   */
  TwinOptions twin() {
    if (port < 0 || port > 65_535) {
      throw new TwinProblem(
          "the twin cannot listen on port " + port,
          "--port is " + port + "; it must be 0 to 65535",
          "a typing error",
          List.of("slipway twin start --port 4566"));
    }
    if (!(scale > 0) || scale > 100_000) {
      throw new TwinProblem(
          "the twin's clock cannot run at scale " + scale,
          "--scale is " + scale + "; it must be above 0 and at most 100000",
          "a typing error",
          List.of("slipway twin start --scale 60"));
    }
    return new TwinOptions(port, scale, region, directory().path(), runtime(), enforceIam);
  }

  private RuntimeKind runtime() {
    return switch (runtime) {
      case "process" -> RuntimeKind.PROCESS;
      case "simulated" -> RuntimeKind.SIMULATED;
      default ->
          throw new TwinProblem(
              "the twin has no runtime " + runtime,
              "--runtime is " + runtime + "; it must be process or simulated",
              "a typing error",
              List.of("slipway twin start --runtime simulated"));
    };
  }
}
