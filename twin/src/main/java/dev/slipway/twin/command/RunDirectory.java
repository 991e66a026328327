package dev.slipway.twin.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Where a twin that runs in the background keeps its files: its process id, ports, environment,
 * log, images, and the Terraform state of what was built in it. A new twin starts with an empty
 * one, so the world and Terraform's state live and die together.
 *
 * @param path the directory
 */
record RunDirectory(Path path) {

  private static final String HOME = "slipway.home";

  /** {@code .slipway/twin} below the project, or below the working directory. */
  static RunDirectory standard() {
    return new RunDirectory(
        Path.of(System.getProperty(HOME, "")).toAbsolutePath().resolve(".slipway").resolve("twin"));
  }

  Path log() {
    return path.resolve("twin.log");
  }

  Path environment() {
    return path.resolve("env");
  }

  Path reattach() {
    return path.resolve("reattach.json");
  }

  /** The twin's process, when it is alive. */
  Optional<ProcessHandle> process() {
    OptionalInt pid = number("twin.pid");
    return pid.isEmpty()
        ? Optional.empty()
        : ProcessHandle.of(pid.getAsInt()).filter(ProcessHandle::isAlive);
  }

  /** The port that the twin's API listens on. */
  OptionalInt port() {
    return number("twin.port");
  }

  /**
   * Whether the twin's port accepts connections. That its process is listed does not say so: one
   * that was killed stays listed until its parent has asked how it ended.
   */
  boolean answers() {
    OptionalInt port = port();
    if (port.isEmpty()) {
      return false;
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt())) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Removes everything, then makes the directory again. */
  void clear() throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(path);
  }

  void write(String file, String content) throws IOException {
    Path partial = path.resolve(file + ".partial");
    Files.writeString(partial, content);
    Files.move(
        partial,
        path.resolve(file),
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private OptionalInt number(String file) {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(path.resolve(file)).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
