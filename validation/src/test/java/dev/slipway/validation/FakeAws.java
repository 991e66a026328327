package dev.slipway.validation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

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

  private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

  private record Answer(int status, String body) {}

  /** What befalls the first calls of an operation; no answer at all is a reset. */
  private record Trouble(AtomicInteger resets, AtomicInteger delays, Duration delay) {}

  public FakeAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
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

  /** What an operation answers a few times before anything else. */
  public FakeAws first(String operation, int times, int status, String body) {
    Deque<Answer> all = answers.computeIfAbsent(operation, _ -> new ConcurrentLinkedDeque<>());
    if (times == Integer.MAX_VALUE) {
      all.clear();
      all.add(new Answer(status, body));
    } else {
      for (int i = 0; i < times; i++) {
        all.addFirst(new Answer(status, body));
      }
    }
    return this;
  }

  /** The first connections that ask for an operation break. */
  public FakeAws reset(String operation, int times) {
    trouble(operation).resets().set(times);
    return this;
  }

  /** The first answers of an operation, after those that break, come late. */
  public FakeAws delay(String operation, int times, Duration by) {
    troubles.put(operation, new Trouble(trouble(operation).resets(), new AtomicInteger(times), by));
    return this;
  }

  private Trouble trouble(String operation) {
    return troubles.computeIfAbsent(
        operation, _ -> new Trouble(new AtomicInteger(), new AtomicInteger(), Duration.ZERO));
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
      Trouble trouble = trouble(operation);
      if (trouble.resets().getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        return;
      }
      if (trouble.delays().getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        LockSupport.parkNanos(trouble.delay().toNanos());
      }
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
