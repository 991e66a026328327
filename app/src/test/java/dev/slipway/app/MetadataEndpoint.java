package dev.slipway.app;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The part of the ECS task metadata endpoint, version 4, that the service reads. */
record MetadataEndpoint(HttpServer server) implements AutoCloseable {

  static MetadataEndpoint start(String taskId, String zone) throws IOException {
    byte[] task =
        """
        {"Cluster": "test", "TaskARN": "arn:aws:ecs:eu-central-1:123456789012:task/test/%s", "AvailabilityZone": "%s"}
        """
            .formatted(taskId, zone)
            .getBytes(StandardCharsets.UTF_8);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v4/container/task",
        exchange -> {
          exchange.sendResponseHeaders(200, task.length);
          exchange.getResponseBody().write(task);
          exchange.close();
        });
    server.start();
    return new MetadataEndpoint(server);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v4/container");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
