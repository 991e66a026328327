package dev.slipway.twin.runtime;

import dev.slipway.twin.ecr.Images;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Runs the containers of tasks. Calls return at once and may be made under a world's lock; what
 * happens is told to the listener, on other threads and never under the lock.
 */
public interface TaskRuntime extends AutoCloseable {

  /**
   * A task to run.
   *
   * @param taskArn its ARN
   * @param world account and region, so that addresses of two worlds do not meet
   * @param privateIp the address of its network interface
   * @param containers its containers
   * @param metadata answers the task metadata endpoint: path below the container's own URI (empty,
   *     {@code /task}) to a JSON text; asked at any time on any thread
   */
  record Spec(
      String taskArn,
      String world,
      String privateIp,
      List<Container> containers,
      Metadata metadata) {}

  /** The documents of the task metadata endpoint version 4. */
  @FunctionalInterface
  interface Metadata {
    /** The JSON document at a path for a container, when there is one. */
    Optional<String> document(String containerName, String path);
  }

  /**
   * A container to run.
   *
   * @param name its name
   * @param image its image
   * @param entryPoint overrides the image's when not empty
   * @param command overrides the image's when not empty
   * @param environment on top of the image's
   * @param workingDirectory overrides the image's when not empty
   * @param user overrides the image's when not empty
   * @param ports the container ports, TCP
   * @param memoryMiB the hard limit
   * @param stopTimeout from SIGTERM to SIGKILL
   */
  record Container(
      String name,
      Images.Image image,
      List<String> entryPoint,
      List<String> command,
      Map<String, String> environment,
      String workingDirectory,
      String user,
      List<Integer> ports,
      int memoryMiB,
      Duration stopTimeout) {}

  /** Told what becomes of the containers. */
  interface Listener {
    /** The container's process runs. */
    void started(String container);

    /** The container could not be started, with the runtime's message. */
    void startFailed(String container, String message);

    /** The container wrote a line to its output or error stream. */
    void output(String container, Instant at, String line);

    /**
     * The container ended.
     *
     * @param exitCode 0 to 255; 137 after SIGKILL, 143 after an unhandled SIGTERM
     * @param outOfMemory whether it was killed for its memory
     */
    void exited(String container, int exitCode, boolean outOfMemory);
  }

  /**
   * What a container uses.
   *
   * @param processors how many processors, on average since it was asked last
   * @param memoryMiB resident memory; empty where the system does not tell
   */
  record Usage(double processors, OptionalDouble memoryMiB) {}

  /** A task that was started. */
  interface Handle {
    /** Starts a container, or starts it again once it has ended; without effect while it runs. */
    void start(String container);

    /** SIGTERM, then SIGKILL after the stop timeout. */
    void stop(String container);

    /** SIGKILL. */
    void kill(String container);

    /**
     * Runs a container health check command.
     *
     * @param onExit told the exit code; a timeout counts as 137
     */
    void exec(
        String container,
        List<String> command,
        Duration timeout,
        java.util.function.IntConsumer onExit);

    /** What each container that runs uses. One asks, about once a minute of world time. */
    Map<String, Usage> usage();

    /** Frees what the task holds; kills what still runs. */
    void release();
  }

  /** Makes a task ready, with its address; its containers wait until each is told to start. */
  Handle open(Spec spec, Listener listener);

  /** Opens a task and starts all of its containers at once. */
  default Handle start(Spec spec, Listener listener) {
    Handle handle = open(spec, listener);
    spec.containers().forEach(c -> handle.start(c.name()));
    return handle;
  }

  /**
   * The local address behind a private address, for the balancer.
   *
   * @return empty when no running task has it
   */
  Optional<InetAddress> addressOf(String world, String privateIp);

  /**
   * Since when, in world time, a task lets a client wait on purpose. Whoever waits so need not hold
   * the clock: no real program is behind.
   *
   * @param client the client's end of the connection
   * @return empty when it does not
   */
  default Optional<Instant> waitsSince(InetSocketAddress client) {
    return Optional.empty();
  }

  /**
   * Answers a request to the task metadata endpoint.
   *
   * @param path what follows the base: {@code /<task>/<container>} and below
   */
  default Optional<String> metadataDocument(String path) {
    return Optional.empty();
  }

  /** Ends every process. */
  @Override
  void close();
}
