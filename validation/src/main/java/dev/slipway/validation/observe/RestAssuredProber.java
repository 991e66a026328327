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
import org.apache.http.client.HttpClient;

/** Asks as any client would, through REST Assured. Redirects are answers, not followed. */
public final class RestAssuredProber implements Prober {

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int BODY_LIMIT = 64 * 1024;

  private final RestAssuredConfig config =
      RestAssuredConfig.config()
          .httpClient(
              HttpClientConfig.httpClientConfig()
                  .httpClientFactory(RestAssuredProber::client)
                  .setParam("http.connection.timeout", TIMEOUT_MILLIS)
                  .setParam("http.socket.timeout", TIMEOUT_MILLIS));

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
          "");
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

  private static String why(Exception e) {
    return switch (e) {
      case InterruptedIOException _ -> "timed out after " + TIMEOUT_MILLIS / 1000 + " s";
      case UnknownHostException _ -> "name does not resolve";
      case ConnectException _ -> "connection refused";
      case IOException _ when e.getMessage() != null -> e.getMessage();
      default -> e.getClass().getSimpleName();
    };
  }
}
