package dev.slipway.twin.ecr.registry;

import dev.slipway.twin.ecr.BlobStore;
import dev.slipway.twin.ecr.BlobUpload;
import dev.slipway.twin.ecr.Registry;
import dev.slipway.twin.world.Differs;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blobs on their way in: whole, in chunks, or mounted from another repository. */
@Differs(
    value = "a blob may be mounted from any repository of the registry",
    because = "on AWS that is a setting of the account, whose effect on layers is the same")
final class UploadResource {

  private static final Pattern RANGE =
      Pattern.compile("(?:bytes[= ])?(\\d{1,18})-(\\d{1,18})(?:/.*)?");

  private final Exchange exchange;
  private final Registry registry;

  UploadResource(Exchange exchange, Registry registry) {
    this.exchange = exchange;
    this.registry = registry;
  }

  void begin(Route route) {
    if (!exchange.method().equals("POST")) {
      exchange.refuseMethod();
      return;
    }
    String repository = route.repository();
    registry.requireRepository(repository);
    String mount = exchange.parameter("mount");
    if (!mount.isEmpty() && registry.mount(repository, exchange.parameter("from"), mount)) {
      created(repository, mount);
      return;
    }
    String id = registry.beginUpload(repository);
    BlobUpload upload = registry.upload(repository, id).orElseThrow();
    if (exchange.parameter("digest").isEmpty()) {
      progress(202, repository, id, upload);
    } else {
      complete(repository, id, upload);
    }
  }

  void handle(Route route) {
    String repository = route.repository();
    registry.requireRepository(repository);
    String id = route.reference();
    Optional<BlobUpload> upload = registry.upload(repository, id);
    if (upload.isEmpty()) {
      exchange.fail(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
      return;
    }
    switch (exchange.method()) {
      case "GET" -> progress(204, repository, id, upload.get());
      case "PATCH" -> patch(repository, id, upload.get());
      case "PUT" -> complete(repository, id, upload.get());
      case "DELETE" ->
          exchange
              .onWorker(() -> {
                registry.cancelUpload(id, upload.get());
                return true;
              })
              .onSuccess(done -> exchange.send(204))
              .onFailure(exchange::fail);
      default -> exchange.refuseMethod();
    }
  }

  private void patch(String repository, String id, BlobUpload upload) {
    if (startsElsewhere(upload)) {
      outOfOrder(repository, id, upload);
      return;
    }
    receive(upload)
        .onSuccess(fits -> {
          if (fits) {
            progress(202, repository, id, upload);
          } else {
            exchange.fail(400, "SIZE_INVALID", "The body is not as long as its Content-Range says");
          }
        })
        .onFailure(exchange::fail);
  }

  private void complete(String repository, String id, BlobUpload upload) {
    String digest = exchange.parameter("digest");
    if (!BlobStore.isDigest(digest)) {
      exchange.fail(400, "DIGEST_INVALID", "'" + digest + "' is not a SHA-256 digest");
      return;
    }
    if (startsElsewhere(upload)) {
      outOfOrder(repository, id, upload);
      return;
    }
    receive(upload)
        .compose(fits -> exchange.onWorker(() -> fits && close(repository, id, upload, digest)))
        .onSuccess(done -> {
          if (done) {
            created(repository, digest);
          } else {
            exchange.fail(
                400,
                "DIGEST_INVALID",
                "provided digest did not match uploaded content: expected " + digest);
          }
        })
        .onFailure(exchange::fail);
  }

  private boolean close(String repository, String id, BlobUpload upload, String digest) {
    if (!upload.digest().equals(digest)) {
      registry.cancelUpload(id, upload);
      return false;
    }
    registry.completeUpload(repository, id, upload);
    return true;
  }

  /** Streams the body into the upload; says whether it was as long as its range. */
  private Future<Boolean> receive(BlobUpload upload) {
    BlobUpload.Mark before = upload.mark();
    long start = upload.size();
    Optional<Matcher> range = range();
    return exchange
        .request()
        .pipeTo(exchange.sink(upload))
        .map(nothing -> {
          boolean fits =
              range.isEmpty()
                  || upload.size() - start == Long.parseLong(range.get().group(2)) - start + 1;
          if (!fits) {
            upload.rewind(before);
          }
          return fits;
        });
  }

  private boolean startsElsewhere(BlobUpload upload) {
    boolean said = exchange.request().getHeader("Content-Range") != null;
    return said && range().filter(r -> Long.parseLong(r.group(1)) == upload.size()).isEmpty();
  }

  private Optional<Matcher> range() {
    return Optional.ofNullable(exchange.request().getHeader("Content-Range"))
        .map(RANGE::matcher)
        .filter(Matcher::matches);
  }

  private void outOfOrder(String repository, String id, BlobUpload upload) {
    state(repository, id, upload)
        .fail(416, "BLOB_UPLOAD_INVALID", "The chunk does not begin where the upload ends");
  }

  private void progress(int status, String repository, String id, BlobUpload upload) {
    state(repository, id, upload).send(status);
  }

  private Exchange state(String repository, String id, BlobUpload upload) {
    return exchange
        .header("Location", "/v2/" + repository + "/blobs/uploads/" + id)
        .header("Docker-Upload-UUID", id)
        .header("Range", "0-" + Math.max(0, upload.size() - 1));
  }

  private void created(String repository, String digest) {
    exchange
        .header("Location", "/v2/" + repository + "/blobs/" + digest)
        .header("Docker-Content-Digest", digest)
        .send(201);
  }
}
