package dev.slipway.twin.ecr.registry;

import dev.slipway.twin.ecr.Ecr;
import dev.slipway.twin.ecr.RegistryToken;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The registry protocol under {@code /v2/}: OCI distribution 1.1 with ECR's authentication and
 * errors. The token of a request says to which account and region it goes. Runs on an event loop;
 * whatever touches a file runs on a worker.
 *
 * <p>Sources: OCI distribution specification 1.1; ECR user guide, registry_auth and
 * common-errors-docker.
 */
public final class RegistryHandler implements Handler<HttpServerRequest> {

  private final Vertx vertx;
  private final String registryHost;
  private final BiFunction<String, String, Optional<Ecr>> registries;

  /**
   * A handler for all registries of the twin.
   *
   * @param registryHost the host and port where clients reach it
   * @param registries the ECR of an account and a region
   */
  public RegistryHandler(
      Vertx vertx, String registryHost, BiFunction<String, String, Optional<Ecr>> registries) {
    this.vertx = vertx;
    this.registryHost = registryHost;
    this.registries = registries;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Exchange exchange = new Exchange(vertx, request);
    Optional<Route> route = Route.of(request.path());
    Optional<RegistryToken> token = token(request).flatMap(RegistryToken::peek);
    Optional<Ecr> ecr = token.flatMap(t -> registries.apply(t.account(), t.region()));
    if (ecr.isEmpty()) {
      challenge(exchange);
      return;
    }
    String scope = route.map(r -> r.repository() + "@" + r.reference()).orElse("");
    switch (ecr.get().judge(token(request).orElseThrow(), scope)) {
      case DENIED -> challenge(exchange);
      case EXPIRED ->
          exchange.fail(
              403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.");
      case GRANTED ->
          route.ifPresentOrElse(
              r ->
                  exchange.guard(() -> {
                    RegistryActions.of(request.method().name(), r)
                        .ifPresent(action -> ecr.get().admit(token.orElseThrow(), action));
                    dispatch(exchange, ecr.get(), r);
                  }),
              () ->
                  exchange.fail(404, "NAME_UNKNOWN", "The requested path is not part of the API"));
    }
  }

  private static void dispatch(Exchange exchange, Ecr ecr, Route route) {
    switch (route.kind()) {
      case PING -> exchange.send(200);
      case CATALOG -> new ListingResource(exchange, ecr.registry()).catalog();
      case TAGS -> new ListingResource(exchange, ecr.registry()).tags(route);
      case REFERRERS -> new ListingResource(exchange, ecr.registry()).referrers(route);
      case MANIFEST -> new ManifestResource(exchange, ecr.registry()).handle(route);
      case BLOB -> new BlobResource(exchange, ecr.registry()).handle(route);
      case UPLOADS -> new UploadResource(exchange, ecr.registry()).begin(route);
      case UPLOAD -> new UploadResource(exchange, ecr.registry()).handle(route);
    }
  }

  private void challenge(Exchange exchange) {
    exchange.header(
        "Www-Authenticate",
        "Basic realm=\"http://" + registryHost + "/\",service=\"ecr.amazonaws.com\"");
    exchange.fail(401, "UNAUTHORIZED", "Not Authorized");
  }

  /** The password of the user AWS, or what a pre-signed URL carries. */
  private static Optional<String> token(HttpServerRequest request) {
    String presigned = request.getParam("X-Amz-Security-Token");
    if (presigned != null) {
      return Optional.of(presigned);
    }
    String header = request.getHeader("Authorization");
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      return Optional.empty();
    }
    try {
      byte[] login = Base64.getDecoder().decode(header.substring(6).strip());
      String text = new String(login, StandardCharsets.UTF_8);
      return text.startsWith("AWS:") ? Optional.of(text.substring(4)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
