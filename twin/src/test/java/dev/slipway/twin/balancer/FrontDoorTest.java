package dev.slipway.twin.balancer;

import static org.awaitility.Awaitility.await;

import dev.slipway.twin.elbv2.ElbWorld;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** A real load balancer and its world; only world time is made. */
abstract class FrontDoorTest {

  final Vertx vertx = Vertx.vertx();
  final Lanes lanes = Lanes.open(vertx, 2);
  static final Duration STEP = Duration.ofMillis(500);

  final Backends backends = new Backends();
  final HttpClient http = HttpClient.newHttpClient();
  Balancer balancer;
  ElbWorld aws;
  LoadBalancer lb;
  TargetGroup group;
  Listener listener;

  @BeforeEach
  void openFrontDoor() {
    aws =
        new ElbWorld(clock -> {
          balancer = new Balancer(lanes, clock, backends::addressOf);
          return balancer;
        });
    lb = aws.loadBalancer("front");
    group = aws.targetGroup("service");
    aws.attribute(group, "deregistration_delay.timeout_seconds", "30");
    listener = aws.listener(lb, 80, ElbWorld.forward(group));
    await().until(this::listens);
  }

  @AfterEach
  void close() {
    balancer.close();
    backends.close();
    http.close();
    lanes.close();
    vertx.close();
  }

  boolean listens() {
    try (Socket socket = connect()) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  Socket connect() throws IOException {
    String[] name = lb.dnsName().split(":", -1);
    return new Socket(name[0], name.length > 1 ? Integer.parseInt(name[1]) : 80);
  }

  HttpResponse<String> get(String path) throws Exception {
    return http.send(request(path), HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + lb.dnsName() + path)).build();
  }

  /** Everything that a connection yields for a request after which it is closed. */
  String raw(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      StringBuilder text = new StringBuilder();
      while (!text.toString().endsWith("</html>\r\n")) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        text.append((char) next);
      }
      return text.toString();
    }
  }

  String echoTask(int subnet) throws IOException {
    String ip = aws.task(subnet);
    backends.echo(ip, ElbWorld.PORT);
    return ip;
  }

  void awaitHealth(String ip, String start) {
    await()
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> {
          aws.pass(STEP);
          return aws.health(group, ip).startsWith(start);
        });
  }

  String healthyTask(int subnet) throws IOException {
    String ip = echoTask(subnet);
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    return ip;
  }
}
