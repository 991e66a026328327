package dev.slipway.twin.snapshot;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * {@code POST /_twin/snapshot}, {@code /_twin/restore} and {@code /_twin/fork}. Their work takes
 * longer than an event loop may be held, so it is done elsewhere.
 */
public final class SnapshotHandler implements Handler<HttpServerRequest> {

  private final Vertx vertx;
  private final Snapshots snapshots;
  private final Function<HttpServerRequest, String> accountOf;

  /**
   * The handler.
   *
   * @param accountOf the account of a request that names none
   */
  public SnapshotHandler(
      Vertx vertx, Snapshots snapshots, Function<HttpServerRequest, String> accountOf) {
    this.vertx = vertx;
    this.snapshots = snapshots;
    this.accountOf = accountOf;
  }

  @Override
  public void handle(HttpServerRequest request) {
    request
        .body()
        .compose(body -> vertx.executeBlocking(() -> perform(request, body.getBytes()), false))
        .onSuccess(answer -> answer(request, 200, answer))
        .onFailure(failure -> refuse(request, failure));
  }

  private byte[] perform(HttpServerRequest request, byte[] body) {
    return switch (request.method().name() + " " + request.path()) {
      case "POST /_twin/snapshot" ->
          snapshots.take(account(request), flag(request, "blobs", true)).toJson();
      case "POST /_twin/restore" -> {
        Snapshot snapshot = Snapshot.parse(body);
        String account = account(request, "account", snapshot.account());
        snapshots.restore(snapshot, account);
        yield json("account", account);
      }
      case "POST /_twin/fork" -> {
        String to = account(request, "to", "");
        snapshots.fork(account(request), to);
        yield json("account", to);
      }
      default -> throw new UnsupportedOperationException("no such path or method");
    };
  }

  private String account(HttpServerRequest request) {
    return account(request, "account", accountOf.apply(request));
  }

  private static String account(HttpServerRequest request, String name, String otherwise) {
    String value = request.getParam(name);
    String account = value == null ? otherwise : value;
    if (!account.matches("\\d{12}")) {
      throw new IllegalArgumentException(name + " must be the twelve digits of an account");
    }
    return account;
  }

  private static boolean flag(HttpServerRequest request, String name, boolean otherwise) {
    String value = request.getParam(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(name + " must be true or false");
    }
    return value.equals("true");
  }

  private static byte[] json(String name, String value) {
    return new JsonObject().put(name, value).toBuffer().getBytes();
  }

  private static void refuse(HttpServerRequest request, Throwable failure) {
    int status =
        switch (failure) {
          case IllegalArgumentException e -> 400;
          case UnsupportedOperationException e -> 404;
          default -> 500;
        };
    if (status == 500) {
      System.getLogger(SnapshotHandler.class.getName())
          .log(System.Logger.Level.ERROR, "failed: " + request.path(), failure);
    }
    answer(request, status, json("error", String.valueOf(failure.getMessage())));
  }

  private static Future<Void> answer(HttpServerRequest request, int status, byte[] body) {
    return request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(body));
  }
}
