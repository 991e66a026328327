package dev.slipway.twin.runtime.simulated;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program of nothing but the JDK that behaves as its variable says, where images run as real
 * processes: an image that carries its {@link #classes} does the same on every runtime, and in a
 * real container with a JDK.
 */
public final class BehavingProgram {

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final Map<String, Object> behaviour;
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private long listening;

  private BehavingProgram(Map<String, Object> behaviour) {
    this.behaviour = behaviour;
  }

  /** The names of all classes that it consists of. */
  public static List<String> classes() {
    return List.of(BehavingProgram.class.getName(), MiniJson.class.getName());
  }

  /** Runs until the behaviour ends it. */
  public static void main(String[] arguments) throws Exception {
    String json = System.getenv().getOrDefault("SLIPWAY_BEHAVIOUR", "{}");
    BehavingProgram program = new BehavingProgram(MiniJson.object(json));
    program.run();
    NEVER.await();
  }

  private void run() {
    listOf(behaviour, "log").forEach(line -> System.out.println(filled((String) line)));
    List<String> missing =
        listOf(behaviour, "requires").stream()
            .map(String.class::cast)
            .filter(name -> System.getenv().getOrDefault(name, "").isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      System.out.println("missing environment variables: " + String.join(", ", missing));
      halt(1);
    }
    Map<String, Object> exit = MiniJson.in(behaviour, "exit");
    if (exit != null) {
      later(number(exit, "after"), () -> halt((int) number(exit, "code")));
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::terminate));
    if (number(behaviour, "leak") > 0) {
      int chunk = (int) (number(behaviour, "leak") * 1024 * 1024 / 10);
      timer.scheduleAtFixedRate(() -> leak(chunk), 0, 100, TimeUnit.MILLISECONDS);
    }
    later(number(behaviour, "listenAfter"), this::listen);
  }

  private static void leak(int bytes) {
    // Not on the heap, which the JVM limits by itself.
    Arena.global().allocate(bytes).fill((byte) 1);
  }

  private void listen() {
    int port = (int) number(behaviour, "port");
    String named = System.getenv(text(behaviour, "portFrom", ""));
    if (named != null && !named.isEmpty()) {
      port = Integer.parseInt(named);
    }
    String bind = text(behaviour, "bind", "any").equals("loopback") ? "127.0.0.1" : "0.0.0.0";
    try {
      server = HttpServer.create(new InetSocketAddress(bind, port == 0 ? 5000 : port), 0);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", this::answer);
      server.start();
      listening = System.nanoTime();
    } catch (IOException e) {
      System.out.println("cannot listen on port " + port + ": " + e.getMessage());
      halt(1);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try {
      Map<String, Object> answer = fitting(exchange);
      if (answer.get("hang") == Boolean.TRUE) {
        NEVER.await();
      }
      TimeUnit.MILLISECONDS.sleep((long) (number(answer, "delay") * 1000));
      if (answer.get("reset") == Boolean.TRUE) {
        throw new IOException("broken off");
      }
      Map<String, Object> headers = MiniJson.in(answer, "headers");
      if (headers != null) {
        headers.forEach((k, v) -> exchange.getResponseHeaders().set(k, filled((String) v)));
      }
      byte[] body = filled(text(answer, "body", "")).getBytes(StandardCharsets.UTF_8);
      int status = (int) number(answer, "status");
      exchange.sendResponseHeaders(status == 0 ? 200 : status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      requests.decrementAndGet();
    }
  }

  private Map<String, Object> fitting(HttpExchange exchange) {
    double seconds = (System.nanoTime() - listening) / 1e9;
    String path = exchange.getRequestURI().getPath();
    boolean address = exchange.getRequestHeaders().getFirst("Host").matches("[0-9.]+(:[0-9]+)?");
    for (Object each : listOf(behaviour, "answers")) {
      Map<String, Object> answer = MiniJson.asObject(each);
      String wanted = text(answer, "path", "*");
      boolean fits =
          wanted.endsWith("*")
              ? path.startsWith(wanted.substring(0, wanted.length() - 1))
              : path.equals(wanted);
      double until = number(answer, "until");
      boolean inTime = seconds >= number(answer, "from") && (until == 0 || seconds < until);
      if (fits && inTime && (address || answer.get("hostIsAddress") != Boolean.TRUE)) {
        return answer;
      }
    }
    return Map.of("body", "ok\n");
  }

  /** At SIGTERM; the process lives until this is done. */
  private void terminate() {
    Map<String, Object> stop = MiniJson.in(behaviour, "stop");
    if (stop == null) {
      halt(143);
    }
    if (stop.get("drain") == Boolean.TRUE) {
      server.stop(30);
    }
    if (stop.get("ignore") != Boolean.TRUE) {
      later(number(stop, "after"), () -> halt((int) number(stop, "code")));
    }
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      halt(1);
    }
  }

  private void later(double seconds, Runnable action) {
    if (seconds <= 0) {
      action.run();
    } else {
      timer.schedule(action, (long) (seconds * 1000), TimeUnit.MILLISECONDS);
    }
  }

  private static void halt(int code) {
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private static String filled(String text) {
    return Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}")
        .matcher(text)
        .replaceAll(
            name -> Matcher.quoteReplacement(System.getenv().getOrDefault(name.group(1), "")));
  }

  private static double number(Map<String, Object> in, String key) {
    return in.get(key) instanceof Double value ? value : 0;
  }

  private static String text(Map<String, Object> in, String key, String otherwise) {
    return in.get(key) instanceof String value ? value : otherwise;
  }

  private static List<?> listOf(Map<String, Object> in, String key) {
    return in.get(key) instanceof List<?> value ? value : List.of();
  }
}
