package dev.slipway.twin.balancer;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Small HTTP servers behind the private addresses of tasks, each on a loopback address. */
final class Backends implements AutoCloseable {

  /** Answers a request. */
  interface Handler {
    /**
     * Answers.
     *
     * @param head the request line and headers
     * @return the whole response, or null to close the connection without one
     */
    String answer(List<String> head) throws InterruptedException;
  }

  private final Map<String, InetAddress> addresses = new ConcurrentHashMap<>();
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  final Map<String, List<List<String>>> requests = new ConcurrentHashMap<>();
  private int next = 1;

  Optional<InetAddress> addressOf(String privateIp) {
    return Optional.ofNullable(addresses.get(privateIp));
  }

  /** An address that exists without anything that listens on it. */
  InetAddress host(String privateIp) throws IOException {
    InetAddress address =
        InetAddress.getByName("127.250." + (privateIp.hashCode() & 127) + "." + next++);
    addresses.put(privateIp, address);
    return address;
  }

  /** A server that answers with its private address. */
  void echo(String privateIp, int port) throws IOException {
    serve(privateIp, port, head -> ok(privateIp));
  }

  static String ok(String body) {
    return "HTTP/1.1 200 OK\r\nServer: app\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** A server that answers with the number of bytes that it was sent. */
  void count(String privateIp, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(host(privateIp), port), 0);
    server.createContext(
        "/",
        exchange -> {
          long length = exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
          byte[] answer = (length + " bytes").getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
  }

  void serve(String privateIp, int port, Handler handler) throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(new InetSocketAddress(host(privateIp), port));
    open.add(server);
    requests.put(privateIp, new CopyOnWriteArrayList<>());
    Thread.startVirtualThread(() -> {
      try {
        while (true) {
          Socket connection = server.accept();
          open.add(connection);
          Thread.startVirtualThread(() -> converse(privateIp, connection, handler));
        }
      } catch (IOException e) {
        // The server is closed.
      }
    });
  }

  private void converse(String privateIp, Socket connection, Handler handler) {
    try (connection) {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      List<String> head;
      while (!(head = head(reader)).isEmpty()) {
        if (head.stream().noneMatch(line -> line.contains("ELB-HealthChecker"))) {
          requests.get(privateIp).add(head);
        } else {
          requests.computeIfAbsent("checks", k -> new CopyOnWriteArrayList<>()).add(head);
        }
        String answer = handler.answer(head);
        if (answer == null) {
          return;
        }
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException | InterruptedException e) {
      // The other side has gone.
    }
  }

  private static List<String> head(BufferedReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    String line;
    while ((line = reader.readLine()) != null && !line.isEmpty()) {
      lines.add(line);
    }
    return lines;
  }

  @Override
  public void close() {
    for (AutoCloseable closeable : open) {
      try {
        closeable.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
