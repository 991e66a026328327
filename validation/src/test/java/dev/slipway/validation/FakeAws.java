package dev.slipway.validation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A few JSON answers on a loopback port, and the SDK's settings that lead there. Just enough to try
 * commands whose end comes early; whole deployments are tried elsewhere.
 */
public final class FakeAws implements AutoCloseable {

  private static final List<String> SETTINGS =
      List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey");

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private record Answer(int status, String body) {}

  public FakeAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
    System.setProperty("aws.endpointUrl", url());
    System.setProperty("aws.region", "eu-central-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What an operation of a JSON protocol answers next; its last answer stays. */
  public FakeAws when(String operation, int status, String body) {
    answers
        .computeIfAbsent(operation, _ -> new ConcurrentLinkedDeque<>())
        .add(new Answer(status, body));
    return this;
  }

  public List<String> asked() {
    return asked;
  }

  /** From now on nothing listens. */
  public void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    server.stop(0);
    SETTINGS.forEach(System::clearProperty);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      String operation = target.substring(target.lastIndexOf('.') + 1);
      asked.add(operation);
      Answer answer = next(operation);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer next(String operation) {
    Deque<Answer> left = answers.get(operation);
    if (left == null) {
      return new Answer(501, "{\"__type\":\"UnknownOperationException\",\"message\":\"not here\"}");
    }
    return left.size() > 1 ? left.poll() : left.peek();
  }
}
