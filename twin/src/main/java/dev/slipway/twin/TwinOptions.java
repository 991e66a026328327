package dev.slipway.twin;

import java.nio.file.Path;

/**
 * What a twin is started with.
 *
 * @param port the port of the AWS API on 127.0.0.1; 0 for any free one
 * @param scale world seconds a real second
 * @param region the region of calls that name none
 * @param directory where images, layers and tasks' files are kept
 * @param runtime what runs the containers of tasks
 * @param enforcesIam whether every API call needs a policy that allows it, unless an account's root
 *     makes it
 */
public record TwinOptions(
    int port,
    double scale,
    String region,
    Path directory,
    RuntimeKind runtime,
    boolean enforcesIam) {

  /** Options without IAM's judgement on API calls. */
  public TwinOptions(int port, double scale, String region, Path directory, RuntimeKind runtime) {
    this(port, scale, region, directory, runtime, false);
  }

  /** Any free port, sixty times as fast as AWS, {@code us-east-1}, processes, without IAM. */
  public static TwinOptions in(Path directory) {
    return new TwinOptions(0, 60, "us-east-1", directory, RuntimeKind.PROCESS, false);
  }

  /** These options with another port. */
  public TwinOptions withPort(int other) {
    return new TwinOptions(other, scale, region, directory, runtime, enforcesIam);
  }

  /** These options with another scale of time. */
  public TwinOptions withScale(double other) {
    return new TwinOptions(port, other, region, directory, runtime, enforcesIam);
  }

  /** These options with another region. */
  public TwinOptions withRegion(String other) {
    return new TwinOptions(port, scale, other, directory, runtime, enforcesIam);
  }

  /** These options with another runtime. */
  public TwinOptions withRuntime(RuntimeKind other) {
    return new TwinOptions(port, scale, region, directory, other, enforcesIam);
  }

  /** These options with API calls authorised by IAM, or not. */
  public TwinOptions enforcingIam(boolean enforces) {
    return new TwinOptions(port, scale, region, directory, runtime, enforces);
  }
}
