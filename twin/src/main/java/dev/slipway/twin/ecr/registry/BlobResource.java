package dev.slipway.twin.ecr.registry;

import dev.slipway.twin.ecr.Registry;
import io.vertx.core.http.HttpServerResponse;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blobs of a repository. */
final class BlobResource {

  private static final Pattern RANGE =
      Pattern.compile("bytes=(?:(\\d{1,18})-(\\d{0,18})|-(\\d{1,18}))");

  private final Exchange exchange;
  private final Registry registry;

  BlobResource(Exchange exchange, Registry registry) {
    this.exchange = exchange;
    this.registry = registry;
  }

  void handle(Route route) {
    registry.requireRepository(route.repository());
    String digest = route.reference();
    OptionalLong size = registry.layerSize(route.repository(), digest);
    if (size.isEmpty()) {
      exchange.fail(404, "BLOB_UNKNOWN", "blob unknown to registry: " + digest);
      return;
    }
    switch (exchange.method()) {
      case "HEAD" -> describe(digest, size.getAsLong()).end();
      case "GET" -> get(digest, size.getAsLong());
      case "DELETE" -> {
        registry.removeLayer(route.repository(), digest);
        exchange.send(202);
      }
      default -> exchange.refuseMethod();
    }
  }

  private HttpServerResponse describe(String digest, long length) {
    return exchange
        .request()
        .response()
        .putHeader("Content-Type", "application/octet-stream")
        .putHeader("Accept-Ranges", "bytes")
        .putHeader("Docker-Content-Digest", digest)
        .putHeader("ETag", '"' + digest + '"')
        .putHeader("Content-Length", Long.toString(length));
  }

  private void get(String digest, long size) {
    String path = registry.blobs().path(digest).toString();
    String asked = exchange.request().getHeader("Range");
    Matcher range = asked == null ? null : RANGE.matcher(asked);
    if (range == null || !range.matches()) {
      describe(digest, size).sendFile(path).onFailure(exchange::fail);
      return;
    }
    boolean fromTheEnd = range.group(3) != null;
    long from =
        fromTheEnd
            ? Math.max(0, size - Long.parseLong(range.group(3)))
            : Long.parseLong(range.group(1));
    boolean open = fromTheEnd || range.group(2).isEmpty();
    long end = open ? size - 1 : Math.min(Long.parseLong(range.group(2)), size - 1);
    if (from > end) {
      exchange.header("Content-Range", "bytes */" + size);
      exchange.fail(416, "RANGE_INVALID", "The requested range is not satisfiable");
      return;
    }
    describe(digest, end - from + 1)
        .setStatusCode(206)
        .putHeader("Content-Range", "bytes %d-%d/%d".formatted(from, end, size))
        .sendFile(path, from, end - from + 1)
        .onFailure(exchange::fail);
  }
}
