package dev.slipway.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Asks the ECS task metadata endpoint once, beside the start-up and never during a request.
 *
 * <p>{@link #identity()} may be called from any thread and never blocks.
 */
@ApplicationScoped
class TaskMetadata {

  private static final Logger LOG = Logger.getLogger(TaskMetadata.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Optional<URI> endpoint;
  private final ObjectMapper json;
  private volatile TaskIdentity identity = TaskIdentity.UNKNOWN;

  TaskMetadata(
      @ConfigProperty(name = "ECS_CONTAINER_METADATA_URI_V4") Optional<URI> endpoint,
      ObjectMapper json) {
    this.endpoint = endpoint;
    this.json = json;
  }

  TaskIdentity identity() {
    return identity;
  }

  void onStart(@Observes StartupEvent event) {
    endpoint.ifPresent(uri -> Thread.ofVirtual().name("task-metadata").start(() -> fetch(uri)));
  }

  private void fetch(URI uri) {
    var request = HttpRequest.newBuilder(URI.create(uri + "/task")).timeout(TIMEOUT).build();
    try (var client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      identity =
          TaskIdentity.of(json.readTree(client.send(request, BodyHandlers.ofString()).body()));
    } catch (IOException e) {
      LOG.warnf("task metadata not read from %s: %s", uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
