package dev.slipway.twin.balancer;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;

/**
 * The location of a redirect action, with its placeholders filled in. Source: ELBv2 API reference,
 * RedirectActionConfig.
 */
final class Redirect {

  private Redirect() {}

  /** The value of the Location header. */
  static String location(RedirectActionConfig config, HttpServerRequest request, int listenerPort) {
    String path = request.path() == null ? "/" : request.path();
    String query = request.query() == null ? "" : request.query();
    String protocol =
        config.protocol().equals("#{protocol}")
            ? request.isSSL() ? "HTTPS" : "HTTP"
            : config.protocol();
    String host = Hosts.withoutPort(Hosts.asked(request));
    String location =
        protocol.toLowerCase(Locale.ROOT)
            + "://"
            + fill(config.host(), protocol, host, listenerPort, path, query)
            + ":"
            + fill(config.port(), protocol, host, listenerPort, path, query)
            + fill(config.path(), protocol, host, listenerPort, path, query);
    String asked = fill(config.query(), protocol, host, listenerPort, path, query);
    return asked.isEmpty() ? location : location + "?" + asked;
  }

  private static String fill(
      String template, String protocol, String host, int port, String path, String query) {
    return template
        .replace("#{protocol}", protocol)
        .replace("#{host}", host)
        .replace("#{port}", String.valueOf(port))
        .replace("#{path}", path.substring(1))
        .replace("#{query}", query);
  }
}
