package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every form of the service keeps: in the test's own JVM, and as the packaged process. */
abstract class ServiceContract {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** The public interface. */
  abstract URI service();

  /** The interface that is not public. */
  abstract URI management();

  @Test
  void saysWhichBuildAnswers() throws Exception {
    var response = get(service(), "/");

    JsonNode body = new ObjectMapper().readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(body.path("service").asText()).isEqualTo("slipway");
    assertThat(body.path("message").asText()).isNotBlank();
    assertThat(body.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(body.path("revision").asText()).isEqualTo(BuildInfo.load().revision());
    assertThat(Instant.parse(body.path("buildTime").asText())).isBeforeOrEqualTo(Instant.now());
    assertThat(body.has("taskId")).isTrue();
    assertThat(body.has("availabilityZone")).isTrue();
  }

  @Test
  void putsTheRevisionOnEveryResponse() throws Exception {
    for (String path : new String[] {"/", "/q/health/ready", "/no-such-path"}) {
      assertThat(get(service(), path).headers().firstValue(RevisionHeader.NAME))
          .as(path)
          .hasValue(BuildInfo.load().revision());
    }
  }

  @Test
  void isLiveAndReady() throws Exception {
    assertThat(get(service(), "/q/health/live").statusCode()).isEqualTo(200);
    assertThat(get(service(), "/q/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void keepsMetricsOffThePublicInterface() throws Exception {
    assertThat(get(service(), "/q/metrics").statusCode()).isEqualTo(404);
    assertThat(get(management(), "/q/metrics").body()).contains("jvm_memory_used_bytes");
  }

  @Test
  void describesItselfAsOpenApi() throws Exception {
    assertThat(get(service(), "/q/openapi?format=json").body()).contains("\"ServiceInfo\"");
  }

  static HttpResponse<String> get(URI base, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(10)).build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
