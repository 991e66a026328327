package dev.slipway.app;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/**
 * Puts the git revision on every response, so that any URL of the service tells which build served
 * it.
 */
@ApplicationScoped
class RevisionHeader {

  /** Name of the response header. */
  static final String NAME = "X-Slipway-Revision";

  private static final int BEFORE_ROUTES = 100;

  @Inject BuildInfo build;

  void register(@Observes Filters filters) {
    String revision = build.revision();
    filters.register(
        context -> {
          context.response().putHeader(NAME, revision);
          context.next();
        },
        BEFORE_ROUTES);
  }
}
