package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.DataPlane.Probe;
import dev.slipway.twin.elbv2.DataPlane.ProbeResult;
import dev.slipway.twin.world.TwinClock;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One health check over a connection of its own. Source: ELB user guide,
 * target-group-health-checks. On the thread of its lane.
 *
 * <p>The timeout is real time. A check that has not ended after a moment holds the clock, so that a
 * healthy program never fails only because world time runs fast. As soon as a target lets it wait
 * on purpose, in world time, the timeout is world time from then on and nothing is held.
 */
final class Prober {

  private static final long PATIENCE_MILLIS = 50;

  private final Lane lane;
  private final TwinClock clock;
  private final Probe probe;
  private final Consumer<ProbeResult> done;
  private final Function<InetSocketAddress, Optional<Instant>> waitsSince;
  private TwinClock.Cancellable worldTimeout;
  private HttpClientConnection connection;
  private TwinClock.Hold hold;
  private long patience;
  private long timeout;
  private boolean waits;
  private boolean over;

  Prober(
      Lane lane,
      TwinClock clock,
      Probe probe,
      Function<InetSocketAddress, Optional<Instant>> waitsSince,
      Consumer<ProbeResult> done) {
    this.lane = lane;
    this.clock = clock;
    this.probe = probe;
    this.done = done;
    this.waitsSince = waitsSince;
    this.worldTimeout = clock.schedule(probe.timeout(), () -> lane.run(this::look));
  }

  /** Begins. */
  void begin(InetAddress address) {
    patience = lane.vertx().setPeriodic(PATIENCE_MILLIS, timer -> look());
    timeout =
        lane.vertx()
            .setTimer(probe.timeout().toMillis(), timer -> finish(new ProbeResult.TimedOut()));
    lane.client()
        .connect(
            new HttpConnectOptions()
                .setHost(address.getHostAddress())
                .setPort(probe.port())
                .setSsl(probe.tls())
                .setConnectTimeout(probe.timeout().toMillis() + 1000))
        .onFailure(failure -> finish(new ProbeResult.Failed()))
        .onSuccess(this::ask);
  }

  private void ask(HttpClientConnection connected) {
    if (over) {
      connected.close();
      return;
    }
    connection = connected;
    connected
        .request(new RequestOptions().setMethod(HttpMethod.GET).setURI(probe.path()))
        .compose(request -> {
          request.putHeader("Host", probe.ip() + ":" + probe.port());
          request.putHeader("Connection", "close");
          request.putHeader("User-Agent", "ELB-HealthChecker/2.0");
          request.putHeader("Accept-Encoding", "gzip, compressed");
          return request.send();
        })
        .onFailure(failure -> finish(new ProbeResult.Failed()))
        .onSuccess(response -> finish(new ProbeResult.Answered(response.statusCode())));
  }

  /** A target that is slow to get to the request may let it wait on purpose later than expected. */
  private void look() {
    if (over || waits) {
      return;
    }
    Optional<Instant> since = waitsSince();
    waits = since.isPresent();
    if (waits) {
      release();
      worldTimeout.cancel();
      Duration left = Duration.between(clock.instant(), since.get().plus(probe.timeout()));
      worldTimeout = clock.schedule(left, () -> lane.run(() -> finish(new ProbeResult.TimedOut())));
    } else if (hold == null) {
      hold = clock.hold();
    }
  }

  private Optional<Instant> waitsSince() {
    if (connection == null || connection.localAddress() == null) {
      return Optional.empty();
    }
    return waitsSince.apply(
        new InetSocketAddress(
            connection.localAddress().hostAddress(), connection.localAddress().port()));
  }

  private void release() {
    if (hold != null) {
      hold.close();
      hold = null;
    }
  }

  private void finish(ProbeResult result) {
    if (over) {
      return;
    }
    over = true;
    lane.vertx().cancelTimer(patience);
    lane.vertx().cancelTimer(timeout);
    worldTimeout.cancel();
    done.accept(result);
    release();
    if (connection != null) {
      connection.close();
    }
  }
}
