import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A twin as {@code slipway twin start} starts it, with the time that it took. */
final class BackgroundTwin implements AutoCloseable {

  private static final String QUESTION =
      """
      POST / HTTP/1.1\r
      Host: 127.0.0.1\r
      Connection: close\r
      X-Amz-Target: AmazonEC2ContainerServiceV20141113.ListClusters\r
      Content-Type: application/x-amz-json-1.1\r
      Authorization: AWS4-HMAC-SHA256 Credential=000000000000/20260101/eu-central-1/ecs/aws4_request, SignedHeaders=host, Signature=0\r
      Content-Length: 2\r
      \r
      {}\
      """;

  private final ProcessHandle process;
  private final int port;
  private final double secondsToFirstAnswer;

  private BackgroundTwin(ProcessHandle process, int port, double seconds) {
    this.process = process;
    this.port = port;
    this.secondsToFirstAnswer = seconds;
  }

  /** Starts a twin with arguments beyond its port and directory. */
  static BackgroundTwin start(Children children, String... arguments)
      throws IOException, InterruptedException {
    int port = freePort();
    Path directory = Files.createTempDirectory(children.directory(), "twin");
    List<String> command = new ArrayList<>(List.of(children.slipway(), "twin", "start"));
    command.addAll(List.of("--port", "" + port, "--dir", directory.toString()));
    command.addAll(List.of(arguments));
    long began = System.nanoTime();
    Process launcher = children.start(directory.resolveSibling("launcher.log"), command);
    while (!answers(port)) {
      if (System.nanoTime() - began > 60e9) {
        throw new IOException("the twin did not answer in 60 s");
      }
      Thread.sleep(2);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    launcher.waitFor();
    long pid = Long.parseLong(Files.readString(directory.resolve("twin.pid")).strip());
    ProcessHandle process = children.adopt(ProcessHandle.of(pid).orElseThrow());
    return new BackgroundTwin(process, port, seconds);
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write(QUESTION.getBytes(StandardCharsets.US_ASCII));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** From the command's start to the first 200 of an AWS operation. */
  double secondsToFirstAnswer() {
    return secondsToFirstAnswer;
  }

  /** A value of the process's status in megabytes: VmRSS, VmHWM, RssAnon. */
  double megabytes(String field) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      String line = lines.filter(l -> l.startsWith(field + ":")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    }
  }

  /** Processor time used so far, user and system. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  boolean alive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    Children.end(process);
  }
}
