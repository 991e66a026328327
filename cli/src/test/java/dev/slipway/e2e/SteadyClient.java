package dev.slipway.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends a request every 50 ms and notes each that fails. */
final class SteadyClient implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();

  SteadyClient(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    var _ = timer.scheduleAtFixedRate(() -> send(request), 0, 50, TimeUnit.MILLISECONDS);
  }

  private void send(HttpRequest request) {
    var _ =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .whenComplete((response, failure) -> {
              if (failure != null) {
                failures.add(failure.toString());
              } else if (response.statusCode() != 200) {
                failures.add(response.statusCode() + " " + response.body());
              } else {
                answered.incrementAndGet();
              }
            });
  }

  int answered() {
    return answered.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    client.shutdown();
  }
}
