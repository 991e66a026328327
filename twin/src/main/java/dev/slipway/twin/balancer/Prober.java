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
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One health check over a connection of its own. Source: ELB user guide,
 * target-group-health-checks. On the thread of its lane.
 *
 * <p>The timeout is real time. A check that has not ended after a moment holds the clock, so that a
 * healthy program never fails only because world time runs fast. Where a target lets it wait on
 * purpose, in world time, the timeout is world time and nothing is held.
 */
final class Prober {

  private static final long PATIENCE_MILLIS = 50;

  private final Lane lane;
  private final TwinClock clock;
  private final Probe probe;
  private final Consumer<ProbeResult> done;
  private final Predicate<InetSocketAddress> onPurpose;
  private final TwinClock.Cancellable worldTimeout;
  private HttpClientConnection connection;
  private TwinClock.Hold hold;
  private long patience;
  private long timeout;
  private boolean over;

  Prober(
      Lane lane,
      TwinClock clock,
      Probe probe,
      Predicate<InetSocketAddress> onPurpose,
      Consumer<ProbeResult> done) {
    this.lane = lane;
    this.clock = clock;
    this.probe = probe;
    this.done = done;
    this.onPurpose = onPurpose;
    this.worldTimeout = clock.schedule(probe.timeout(), () -> lane.run(this::timeoutInWorldTime));
  }

  /** Begins. */
  void begin(InetAddress address) {
    patience = lane.vertx().setTimer(PATIENCE_MILLIS, timer -> losePatience());
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

  private void losePatience() {
    if (!waitsOnPurpose()) {
      hold = clock.hold();
    }
  }

  private void timeoutInWorldTime() {
    if (waitsOnPurpose()) {
      finish(new ProbeResult.TimedOut());
    }
  }

  private boolean waitsOnPurpose() {
    return connection != null
        && connection.localAddress() != null
        && onPurpose.test(
            new InetSocketAddress(
                connection.localAddress().hostAddress(), connection.localAddress().port()));
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
    if (hold != null) {
      hold.close();
    }
    if (connection != null) {
      connection.close();
    }
  }
}
