package dev.slipway.twin.ecr.registry;

import dev.slipway.twin.ecr.BlobUpload;
import dev.slipway.twin.world.AwsError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;

/** A request and its answer. */
final class Exchange {

  private final Vertx vertx;
  private final HttpServerRequest request;

  Exchange(Vertx vertx, HttpServerRequest request) {
    this.vertx = vertx;
    this.request = request;
    header("Docker-Distribution-Api-Version", "registry/2.0");
  }

  HttpServerRequest request() {
    return request;
  }

  String method() {
    return request.method().name();
  }

  /** A parameter of the query, or an empty text. */
  String parameter(String name) {
    String value = request.getParam(name);
    return value == null ? "" : value;
  }

  Exchange header(String name, String value) {
    request.response().putHeader(name, value);
    return this;
  }

  /** Runs blocking work on a worker while the request waits. */
  <T> Future<T> onWorker(Callable<T> work) {
    return vertx.executeBlocking(work);
  }

  WriteToUpload sink(BlobUpload upload) {
    return new WriteToUpload(vertx, upload);
  }

  /** Answers with a refusal when the work throws one. */
  void guard(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      fail((Throwable) e);
    }
  }

  void send(int status) {
    request.response().setStatusCode(status).putHeader("Content-Length", "0").end();
  }

  void send(int status, String contentType, Buffer body) {
    request.response().setStatusCode(status).putHeader("Content-Type", contentType).end(body);
  }

  void fail(int status, String code, String message) {
    JsonObject error = new JsonObject().put("code", code).put("message", message);
    JsonObject body = new JsonObject().put("errors", new JsonArray().add(error));
    send(status, "application/json; charset=utf-8", body.toBuffer());
  }

  /** Answers with the refusal in the registry's words. */
  void fail(AwsError error) {
    switch (error.code()) {
      case "RepositoryNotFoundException" -> fail(404, "NAME_UNKNOWN", error.getMessage());
      case "ImageTagAlreadyExistsException" -> fail(400, "TAG_INVALID", error.getMessage());
      case "LayersNotFoundException" -> fail(404, "BLOB_UPLOAD_UNKNOWN", error.getMessage());
      case "ReferencedImagesNotFoundException" ->
          fail(400, "MANIFEST_BLOB_UNKNOWN", error.getMessage());
      case "AccessDeniedException", "UnrecognizedClientException" ->
          fail(403, "DENIED", error.getMessage());
      default -> fail(error.status(), "MANIFEST_INVALID", error.getMessage());
    }
  }

  /** Answers with what went wrong in asynchronous work. */
  void fail(Throwable cause) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    if (cause instanceof AwsError error) {
      fail(error);
    } else {
      System.getLogger(Exchange.class.getName())
          .log(System.Logger.Level.ERROR, "the registry failed at " + request.path(), cause);
      fail(500, "UNKNOWN", "The registry failed: " + cause.getMessage());
    }
  }

  /** Answers that the resource has no such method. */
  void refuseMethod() {
    fail(405, "UNSUPPORTED", "The operation is unsupported.");
  }
}
