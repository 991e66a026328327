package dev.slipway.twin.ecr.registry;

import dev.slipway.twin.ecr.BlobStore;
import dev.slipway.twin.ecr.ImageRow;
import dev.slipway.twin.ecr.Manifest;
import dev.slipway.twin.ecr.Registry;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.regex.Pattern;

/** Manifests of a repository, by tag and by digest. */
final class ManifestResource {

  /** What follows {@code sha256:} is checked apart. Source: the ECR API model, type ImageTag. */
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,299}");

  private final Exchange exchange;
  private final Registry registry;

  ManifestResource(Exchange exchange, Registry registry) {
    this.exchange = exchange;
    this.registry = registry;
  }

  void handle(Route route) {
    registry.requireRepository(route.repository());
    if (!BlobStore.isDigest(route.reference()) && !TAG.matcher(route.reference()).matches()) {
      exchange.fail(
          400,
          route.reference().contains(":") ? "DIGEST_INVALID" : "TAG_INVALID",
          "'" + route.reference() + "' is neither a tag nor a SHA-256 digest");
      return;
    }
    switch (exchange.method()) {
      case "GET", "HEAD" -> get(route);
      case "PUT" -> put(route);
      case "DELETE" -> delete(route);
      default -> exchange.refuseMethod();
    }
  }

  private void get(Route route) {
    Optional<ImageRow> image = registry.image(route.repository(), route.reference());
    if (image.isEmpty()) {
      unknown();
      return;
    }
    Buffer body = Buffer.buffer(image.get().bytes());
    exchange
        .header("Docker-Content-Digest", image.get().digest())
        .header("ETag", '"' + image.get().digest() + '"')
        .header("Content-Length", Integer.toString(body.length()));
    String type = image.get().manifest().mediaType();
    if (exchange.method().equals("HEAD")) {
      exchange.header("Content-Type", type).request().response().end();
    } else {
      registry.recordPull(image.get());
      exchange.send(200, type, body);
    }
  }

  private void put(Route route) {
    String declared = declaredLength();
    if (declared != null && Long.parseLong(declared) > Manifest.MAX_BYTES) {
      exchange.fail(413, "SIZE_INVALID", "A manifest has at most 4 MiB");
      return;
    }
    Buffer body = Buffer.buffer();
    exchange
        .request()
        .handler(part -> {
          if (body.length() <= Manifest.MAX_BYTES) {
            body.appendBuffer(part);
          }
        })
        .endHandler(end ->
            exchange
                .onWorker(() -> push(route, body.getBytes()))
                .onSuccess(image -> pushed(route, image))
                .onFailure(exchange::fail));
  }

  private String declaredLength() {
    String length = exchange.request().getHeader("Content-Length");
    return length != null && length.matches("\\d{1,18}") ? length : null;
  }

  /** The image, or empty when its digest is not the one in the path. */
  private Optional<ImageRow> push(Route route, byte[] document) {
    boolean byDigest = BlobStore.isDigest(route.reference());
    if (byDigest && !Registry.digest(document).equals(route.reference())) {
      return Optional.empty();
    }
    String type = exchange.request().getHeader("Content-Type");
    Registry.Pushed pushed =
        registry.push(
            route.repository(),
            document,
            byDigest ? "" : route.reference(),
            type == null ? "" : type.split(";", 2)[0].strip());
    return Optional.of(pushed.image());
  }

  private void pushed(Route route, Optional<ImageRow> image) {
    if (image.isEmpty()) {
      exchange.fail(400, "DIGEST_INVALID", "provided digest did not match uploaded content");
      return;
    }
    String subject = image.get().manifest().subject();
    if (!subject.isEmpty()) {
      exchange.header("OCI-Subject", subject);
    }
    exchange
        .header("Location", "/v2/" + route.repository() + "/manifests/" + image.get().digest())
        .header("Docker-Content-Digest", image.get().digest())
        .send(201);
  }

  private void delete(Route route) {
    Optional<ImageRow> image = registry.image(route.repository(), route.reference());
    if (image.isEmpty()) {
      unknown();
    } else if (!BlobStore.isDigest(route.reference())) {
      registry.untag(route.repository(), route.reference());
      exchange.send(202);
    } else if (registry.indexesOf(image.get()).isEmpty()) {
      registry.remove(image.get());
      exchange.send(202);
    } else {
      exchange.fail(
          405, "UNSUPPORTED", "Requested image referenced by manifest list and cannot be deleted");
    }
  }

  private void unknown() {
    exchange.fail(404, "MANIFEST_UNKNOWN", "Requested image not found");
  }
}
