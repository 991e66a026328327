package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.world.TwinClock;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections of one lane to one target. Idle ones are kept for the next request, as AWS does,
 * until the target closes them or is deregistered. On the lane's thread.
 */
final class TargetPool {

  /** A connection without a request, and since when. */
  private record Kept(HttpClientConnection connection, long since) {}

  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  private final Lane lane;
  private final Routing.Target target;
  private final TwinClock clock;
  private final TrafficCounts counts;
  private final Deque<Kept> idle = new ArrayDeque<>();
  private final Set<Exchange> inFlight = new HashSet<>();
  private boolean inService = true;
  private TwinClock.Hold hold;

  TargetPool(Lane lane, Routing.Target target, TwinClock clock, TrafficCounts counts) {
    this.counts = counts;
    this.lane = lane;
    this.target = target;
    this.clock = clock;
  }

  int outstanding() {
    return inFlight.size();
  }

  /** A connection for an exchange, kept or new; to be given back when the exchange ends. */
  Future<HttpClientConnection> take(Exchange exchange, InetAddress address) {
    inFlight.add(exchange);
    Kept kept = idle.pollLast();
    if (kept != null) {
      return Future.succeededFuture(kept.connection());
    }
    return lane.client()
        .connect(
            new HttpConnectOptions()
                .setHost(address.getHostAddress())
                .setPort(target.port())
                .setSsl(target.tls())
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS))
        .onSuccess(connection -> {
          counts.connected();
          connection.closeHandler(nothing -> forget(connection));
        });
  }

  /**
   * Ends an exchange's use of the pool.
   *
   * @param reusable a connection that may serve again, or null
   */
  void giveBack(Exchange exchange, HttpClientConnection reusable) {
    inFlight.remove(exchange);
    if (reusable != null) {
      if (inService) {
        idle.addLast(new Kept(reusable, System.nanoTime()));
      } else {
        reusable.close();
      }
    }
    if (inFlight.isEmpty()) {
      release();
    }
  }

  /** The target gets new requests. */
  void serve() {
    inService = true;
    release();
  }

  /**
   * The target gets no new requests and finishes those in flight. World time is held meanwhile: the
   * deregistration delay is world time, but these requests take real time.
   */
  void drain() {
    inService = false;
    closeIdle();
    if (hold == null && !inFlight.isEmpty()) {
      hold = clock.hold();
    }
  }

  /** The target is gone, and what is in flight with it. */
  void cut() {
    inService = false;
    closeIdle();
    Set.copyOf(inFlight).forEach(Exchange::cut);
    release();
  }

  private void closeIdle() {
    List<Kept> closing = List.copyOf(idle);
    idle.clear();
    closing.forEach(kept -> kept.connection().close());
  }

  /** Closes connections that are idle for longer than the idle timeout. */
  void closeIdle(long now, Duration timeout) {
    while (!idle.isEmpty() && now - idle.peekFirst().since() > timeout.toNanos()) {
      idle.pollFirst().connection().close();
    }
  }

  private void forget(HttpClientConnection connection) {
    counts.disconnected();
    idle.removeIf(kept -> kept.connection().equals(connection));
  }

  private void release() {
    if (hold != null) {
      hold.close();
      hold = null;
    }
  }
}
