package dev.slipway.twin.runtime.simulated;

import static org.awaitility.Awaitility.await;

import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.runtime.TaskRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tasks of one container at one address, and what is told of them. */
final class Runs implements AutoCloseable {

  static final String IP = "10.0.1.4";
  static final List<String> ENTRYPOINT =
      List.of("java", "-cp", "/app", "dev.slipway.twin.runtime.simulated.BehavingProgram");

  final List<String> events = new CopyOnWriteArrayList<>();
  private final TaskRuntime runtime;
  private final List<Images.Layer> layers;
  private final HttpClient client = HttpClient.newHttpClient();
  private int next;

  Runs(TaskRuntime runtime, Path... layers) {
    this.runtime = runtime;
    this.layers =
        List.of(layers).stream()
            .map(file -> new Images.Layer("sha256:" + file.getFileName(), file, ""))
            .toList();
  }

  TaskRuntime.Handle start(String behaviour) {
    return start(behaviour, Map.of("WHO", "me"));
  }

  TaskRuntime.Handle start(String behaviour, Map<String, String> environment) {
    return start(behaviour, environment, List.of());
  }

  TaskRuntime.Handle start(
      String behaviour, Map<String, String> environment, List<String> entryPoint) {
    Map<String, String> own =
        behaviour.isEmpty() ? Map.of() : Map.of(Behaviour.VARIABLE, behaviour);
    Images.Config config = new Images.Config(ENTRYPOINT, List.of(), own, "/", "", Map.of(), "");
    Images.Image image = new Images.Image("app", "sha256:1", config, layers, 1);
    TaskRuntime.Container container =
        new TaskRuntime.Container(
            "app",
            image,
            entryPoint,
            List.of(),
            environment,
            "",
            "",
            List.of(5000),
            128,
            Duration.ofSeconds(2));
    return runtime.start(
        new TaskRuntime.Spec(
            "arn:aws:ecs:eu-west-1:1:task/c/" + next++,
            "world",
            IP,
            List.of(container),
            (name, path) -> Optional.of(name + " " + path)),
        new Told());
  }

  InetAddress address() {
    return runtime.addressOf("world", IP).orElseThrow();
  }

  /** Status and body; {@code refused} or {@code broken off} when there is no answer. */
  String get(int port, String path) {
    return get(port, path, Duration.ofSeconds(30));
  }

  /** The same, or {@code no answer} when none comes in time. */
  String get(int port, String path, Duration patience) {
    URI uri = URI.create("http://" + address().getHostAddress() + ":" + port + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(patience).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      String location = answer.headers().firstValue("location").map(" to "::concat).orElse("");
      return answer.statusCode() + " " + answer.body().strip() + location;
    } catch (java.net.ConnectException e) {
      return "refused";
    } catch (java.net.http.HttpTimeoutException e) {
      return "no answer";
    } catch (IOException e) {
      return "broken off";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is answered as soon as somebody listens. */
  String firstAnswer(int port, String path) {
    return await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> get(port, path), answer -> !answer.equals("refused"));
  }

  void awaitEvent(String event) {
    await().atMost(Duration.ofMinutes(1)).until(() -> events.contains(event));
  }

  @Override
  public void close() {
    client.close();
    runtime.close();
  }

  private final class Told implements TaskRuntime.Listener {
    @Override
    public void started(String container) {
      events.add("started");
    }

    @Override
    public void startFailed(String container, String message) {
      events.add("start failed " + message);
    }

    @Override
    public void output(String container, Instant at, String line) {
      events.add("output " + line);
    }

    @Override
    public void exited(String container, int exitCode, boolean outOfMemory) {
      events.add("exited " + exitCode + (outOfMemory ? " out of memory" : ""));
    }
  }
}
