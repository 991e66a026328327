package dev.slipway.twin.command;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts a twin in this process, asks it common things and ends: for the JVM to record what a start
 * needs. Part of the build.
 */
public final class Training {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String JSON = "application/x-amz-json-1.1";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** A call: its service's signing name, its target or nothing, and its body. */
  private record Call(String service, String target, String body) {}

  /**
   * Few on purpose: every class that is seen here is loaded at each start, and takes its memory.
   * What a run asks beyond them is loaded when it is asked.
   */
  private static final List<Call> CALLS =
      List.of(
          ecs("CreateCluster", "{\"clusterName\":\"training\"}"),
          ecs("ListClusters", "{}"),
          ecs("DescribeServices", "{\"cluster\":\"training\",\"services\":[\"none\"]}"),
          form("sts", "GetCallerIdentity", "2011-06-15"));

  private Training() {}

  /** Runs the training; takes no arguments. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    RunDirectory directory = new RunDirectory(Files.createTempDirectory("slipway-training"));
    TwinOptions options =
        new TwinOptions(0, 60, "eu-central-1", directory.path(), RuntimeKind.PROCESS);
    Thread.ofPlatform().daemon().start(() -> run(options));
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (directory.port().isEmpty()) {
      if (System.nanoTime() > patience) {
        throw new IllegalStateException("the twin does not answer");
      }
      // A loop that spins would count as work to be compiled early.
      LockSupport.parkNanos(POLL.toNanos());
    }
    for (Call call : CALLS) {
      ask(directory.port().getAsInt(), call);
    }
    directory.clear();
    Files.delete(directory.path());
    System.exit(0);
  }

  private static void run(TwinOptions options) {
    try {
      TwinProcess.run(options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Call ecs(String action, String body) {
    return new Call("ecs", "AmazonEC2ContainerServiceV20141113." + action, body);
  }

  private static Call form(String service, String action, String version) {
    return new Call(service, "", "Action=" + action + "&Version=" + version);
  }

  // Whether the answer is a success matters to nobody: refusals are part of a start, too.
  private static void ask(int port, Call call) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/");
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    headers(call).forEach(connection::setRequestProperty);
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(call.body().getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream in =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static Map<String, String> headers(Call call) {
    String scope = "Credential=000000000000/20260101/eu-central-1/" + call.service();
    String signature =
        "AWS4-HMAC-SHA256 " + scope + "/aws4_request, SignedHeaders=host, Signature=0";
    return call.target().isEmpty()
        ? Map.of("Content-Type", FORM, "Authorization", signature)
        : Map.of("Content-Type", JSON, "Authorization", signature, "X-Amz-Target", call.target());
  }
}
