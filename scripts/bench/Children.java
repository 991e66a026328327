import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Every process that the benchmark starts, each ended by its own id, and a directory for them. */
final class Children implements AutoCloseable {

  private final Path home;
  private final Path directory;
  private final List<ProcessHandle> started = new ArrayList<>();

  Children(Path home) throws IOException {
    this.home = home;
    this.directory = Files.createTempDirectory("slipway-bench");
    // Also when the benchmark is ended from outside.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::endAll));
  }

  Path directory() {
    return directory;
  }

  /** The slipway command. */
  String slipway() {
    return home.resolve("slipway").toString();
  }

  /** Starts a process whose output goes to a file. */
  Process start(Path log, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    adopt(process.toHandle());
    return process;
  }

  /** Runs a process to its end and gives what it wrote. */
  String run(int seconds, String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(directory, "run", ".log");
    Process process = start(log, List.of(command));
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new IOException(String.join(" ", command) + " did not end in " + seconds + " s");
    }
    String output = Files.readString(log, StandardCharsets.UTF_8);
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output);
    }
    return output;
  }

  /** Ends a process at the benchmark's end, too. */
  synchronized ProcessHandle adopt(ProcessHandle process) {
    started.add(process);
    return process;
  }

  /** Ends a process and waits until it is gone. */
  static void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      process.destroyForcibly();
    }
  }

  private synchronized void endAll() {
    started.stream().filter(ProcessHandle::isAlive).forEach(Children::end);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    endAll();
    new ProcessBuilder("rm", "-r", "-f", directory.toString()).start().waitFor();
  }
}
