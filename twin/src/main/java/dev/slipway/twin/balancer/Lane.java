package dev.slipway.twin.balancer;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * One event loop of the balancer. Targets are spoken to over TLS without a look at their
 * certificates, as AWS does. Source: ELB user guide, load-balancer-target-groups. Whatever hangs on
 * it is touched on its thread alone, so the path of a request takes no locks.
 */
final class Lane {

  private static final long TICK_MILLIS = 500;
  private static final int CHECKS_AT_ONCE = 500;
  private static final int LARGEST_RESPONSE_HEADERS = 32 * 1024;

  private final Vertx vertx;
  private final Context context;
  private final HttpClientAgent client;
  private final Turns checks = new Turns(CHECKS_AT_ONCE);
  private final Set<LongConsumer> sweeps = new LinkedHashSet<>();
  private final Set<Exchange> active = new LinkedHashSet<>();

  /** To be called on the context. */
  Lane(Vertx vertx, Context context) {
    this.vertx = vertx;
    this.context = context;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setMaxHeaderSize(LARGEST_RESPONSE_HEADERS)
                .setMaxInitialLineLength(LARGEST_RESPONSE_HEADERS)
                .setDecompressionSupported(false)
                .setTrustAll(true)
                .setVerifyHost(false));
    vertx.setPeriodic(TICK_MILLIS, timer -> sweep());
  }

  Vertx vertx() {
    return vertx;
  }

  HttpClientAgent client() {
    return client;
  }

  /** The turns of its health checks. */
  Turns checks() {
    return checks;
  }

  /** Runs on the lane's thread. */
  void run(Runnable work) {
    context.runOnContext(nothing -> work.run());
  }

  void began(Exchange exchange) {
    active.add(exchange);
  }

  void ended(Exchange exchange) {
    active.remove(exchange);
  }

  /** Adds what is told the time, in nanoseconds, every now and then. */
  void addSweep(LongConsumer sweep) {
    sweeps.add(sweep);
  }

  void removeSweep(LongConsumer sweep) {
    sweeps.remove(sweep);
  }

  /** One coarse timer for all exchanges costs less than a timer for each. */
  private void sweep() {
    long now = System.nanoTime();
    Set.copyOf(active).forEach(exchange -> exchange.expireAt(now));
    Set.copyOf(sweeps).forEach(sweep -> sweep.accept(now));
  }
}
