package dev.slipway.validation.observe;

import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.http.client.HttpClient;

/** Asks as any client would, through REST Assured. Redirects are answers, not followed. */
public final class RestAssuredProber implements Prober {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int BODY_LIMIT = 64 * 1024;

  private final Duration timeout;
  private final RestAssuredConfig config;

  /** One that gives an answer five seconds. */
  public RestAssuredProber() {
    this(TIMEOUT);
  }

  /** One with a patience of its own. */
  public RestAssuredProber(Duration timeout) {
    this.timeout = timeout;
    int millis = Math.toIntExact(timeout.toMillis());
    this.config =
        RestAssuredConfig.config()
            .httpClient(
                HttpClientConfig.httpClientConfig()
                    .httpClientFactory(RestAssuredProber::client)
                    .setParam("http.connection.timeout", millis)
                    .setParam("http.socket.timeout", millis));
  }

  @Override
  public Probe.Answer get(URI url, String host) {
    try {
      RequestSpecification request =
          RestAssured.given()
              .config(config)
              .urlEncodingEnabled(false)
              .redirects()
              .follow(false)
              .header("Connection", "close")
              .header("User-Agent", "slipway-verify");
      if (!host.isEmpty()) {
        request.header("Host", host);
      }
      Response response = request.get(url);
      String body = response.getBody().asString();
      String server = response.getHeader("Server");
      return new Probe.Answer(
          response.getStatusCode(),
          server == null ? "" : server,
          body.length() > BODY_LIMIT ? body.substring(0, BODY_LIMIT) : body,
          "",
          own(response));
    } catch (Exception e) {
      // REST Assured is Groovy: it throws checked exceptions without declaring them.
      return new Probe.Answer(0, "", "", why(e));
    }
  }

  /** Apache's client asks again by itself when a connection breaks: here that is the finding. */
  @SuppressWarnings("deprecation")
  private static HttpClient client() {
    var client = new org.apache.http.impl.client.DefaultHttpClient();
    client.setHttpRequestRetryHandler((_, _, _) -> false);
    return client;
  }

  /** Cookies are secrets, and no mark of a build. */
  private static Map<String, String> own(Response response) {
    Map<String, String> own = new HashMap<>();
    response
        .getHeaders()
        .asList()
        .forEach(h -> {
          if (!"set-cookie".equalsIgnoreCase(h.getName()) && h.getValue() != null) {
            own.putIfAbsent(h.getName(), h.getValue());
          }
        });
    return Map.copyOf(own);
  }

  private String why(Exception e) {
    return switch (e) {
      case InterruptedIOException _ -> "timed out after " + timeout.toSeconds() + " s";
      case UnknownHostException _ -> "name does not resolve";
      case ConnectException _ -> "connection refused";
      case IOException _ when e.getMessage() != null -> e.getMessage();
      default -> e.getClass().getSimpleName();
    };
  }
}
