package dev.slipway.twin.ecr.scan;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * {@code POST /_twin/advisories}: makes a JSON array of advisories the ones that are known from now
 * on.
 */
public final class AdvisoriesHandler implements Handler<HttpServerRequest> {

  private final Advisories advisories;
  private final InstantSource clock;

  /** A handler that loads into a list. */
  public AdvisoriesHandler(Advisories advisories, InstantSource clock) {
    this.advisories = advisories;
    this.clock = clock;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (!request.method().name().equals("POST")) {
      answer(request, 405, new JsonObject().put("error", "advisories are posted"));
      return;
    }
    request
        .body()
        .map(body ->
            advisories.load(clock.instant(), new String(body.getBytes(), StandardCharsets.UTF_8)))
        .onSuccess(count -> answer(request, 200, new JsonObject().put("advisories", count)))
        .onFailure(
            refused -> answer(request, 400, new JsonObject().put("error", refused.getMessage())));
  }

  private static void answer(HttpServerRequest request, int status, JsonObject body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.toBuffer());
  }
}
