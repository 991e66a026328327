package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.Worlds;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Optional;

/** Answers AWS API calls over HTTP. */
final class AwsHandler implements Handler<HttpServerRequest> {

  private final Vertx vertx;
  private final Worlds worlds;
  private final Credentials credentials;
  private final TwinClock clock;
  private final CallLog calls;
  private final Faults faults;
  private final String defaultRegion;
  private final AwsRouter router = new AwsRouter();
  private final AwsDispatcher dispatcher = new AwsDispatcher();

  AwsHandler(
      Vertx vertx,
      Worlds worlds,
      Credentials credentials,
      TwinClock clock,
      CallLog calls,
      Faults faults,
      String defaultRegion) {
    this.vertx = vertx;
    this.worlds = worlds;
    this.credentials = credentials;
    this.clock = clock;
    this.calls = calls;
    this.faults = faults;
    this.defaultRegion = defaultRegion;
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpBody.read(request, (body, error) -> answer(new Exchange(request, body), error));
  }

  /** A request that was read, and what its signature says. */
  private final class Exchange {
    private final HttpServerRequest request;
    private final HttpCall call;
    private final SignatureScope scope;
    private final Credentials.Identity identity;
    private final Route route;
    private final String region;

    Exchange(HttpServerRequest request, byte[] body) {
      this.request = request;
      String query = request.query() == null ? "" : request.query();
      String path = request.path() == null ? "/" : request.path();
      this.call =
          new HttpCall(
              request.method().name(),
              path,
              query,
              request::getHeader,
              () -> request.headers().names(),
              body);
      this.scope = SignatureScope.of(call);
      this.identity = credentials.resolve(scope.accessKeyId());
      this.region = scope.regionOr(defaultRegion);
      this.route = router.route(call, scope);
    }

    void finish(AwsAnswer answer) {
      log(answer);
      HttpServerResponse response = request.response();
      if (!response.closed()) {
        // AWS's clients learn from it how far their own clock is off.
        response.putHeader("Date", Times.http(clock.instant()));
        answer.headers().forEach(response::putHeader);
        response.setStatusCode(answer.status());
        // An answer to HEAD says how long it would be, and brings nothing.
        if (call.method().equals("HEAD")) {
          response.end();
        } else {
          response.end(Buffer.buffer(answer.body()));
        }
      }
    }

    void log(AwsAnswer answer) {
      String userAgent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
      calls.add(
          clock.instant(),
          identity.account(),
          region,
          route,
          answer,
          new CallLog.Client(scope.accessKeyId(), userAgent));
    }
  }

  private void answer(Exchange exchange, AwsError bodyError) {
    if (bodyError != null) {
      exchange.finish(dispatcher.refuse(exchange.route, bodyError));
      return;
    }
    switch (exchange.route) {
      case Route.Refused refused -> exchange.finish(dispatcher.refuse(refused, refused.error()));
      case Route.ToAction route when exchange.identity.expired() ->
          exchange.finish(dispatcher.refuse(route, expired(route.protocol())));
      case Route.ToAction route -> {
        if (SignatureScope.isRegion(exchange.region)) {
          strike(exchange, route);
        } else {
          exchange.finish(dispatcher.refuse(route, invalidRegion(route.protocol())));
        }
      }
    }
  }

  private void strike(Exchange exchange, Route.ToAction route) {
    Optional<FaultRule> fault = faults.strike(route, exchange.identity.account());
    if (fault.isEmpty()) {
      dispatch(exchange, route);
      return;
    }
    FaultRule rule = fault.get();
    if (rule.delay().isPositive()) {
      vertx.setTimer(Math.max(1, rule.delay().toMillis()), timer -> apply(exchange, route, rule));
    } else {
      apply(exchange, route, rule);
    }
  }

  private void apply(Exchange exchange, Route.ToAction route, FaultRule rule) {
    switch (rule.kind()) {
      case DELAY -> dispatch(exchange, route);
      case THROTTLE ->
          exchange.finish(dispatcher.refuse(route, Faults.throttled(route.protocol())));
      case ERROR ->
          exchange.finish(
              dispatcher.refuse(route, new AwsError(rule.code(), rule.status(), rule.message())));
      case RESET -> {
        exchange.log(new AwsAnswer(0, Map.of(), new byte[0], "reset"));
        exchange.request.connection().close();
      }
    }
  }

  private void dispatch(Exchange exchange, Route.ToAction route) {
    exchange.finish(
        dispatcher.dispatch(
            route,
            () -> worlds.of(exchange.identity.account(), exchange.region),
            exchange.identity.caller(),
            exchange.call));
  }

  /** Source: botocore's and the AWS CLI's issue threads on expired tokens, by service. */
  private static AwsError expired(AwsProtocol protocol) {
    String message = "The security token included in the request is expired";
    return switch (protocol) {
      case EC2 -> AwsError.of("RequestExpired", "Request has expired.");
      case JSON_1_0, JSON_1_1, CBOR -> AwsError.of("ExpiredTokenException", message);
      default -> new AwsError("ExpiredToken", 403, message);
    };
  }

  private static AwsError invalidRegion(AwsProtocol protocol) {
    String message = "Credential should be scoped to a valid region.";
    return switch (protocol) {
      case EC2 -> new AwsError("AuthFailure", 401, message);
      case QUERY, REST_XML -> new AwsError("SignatureDoesNotMatch", 403, message);
      case JSON_1_0, JSON_1_1, CBOR -> AwsError.of("InvalidSignatureException", message);
    };
  }
}
