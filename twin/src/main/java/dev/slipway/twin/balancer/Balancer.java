package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.LogEntry;
import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.elbv2.Traffic;
import dev.slipway.twin.world.TwinClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The data plane of a world's load balancers: real listeners on loopback addresses, real
 * connections to targets. Thread safe.
 */
public final class Balancer implements DataPlane {

  private static final FrontAddresses ADDRESSES = new FrontAddresses();

  private final TwinClock clock;
  private final Function<String, Optional<InetAddress>> addressOf;
  private final Function<InetSocketAddress, Optional<Instant>> waitsSince;
  private final List<Lane> lanes;
  private final Map<String, FrontDoor> doors = new ConcurrentHashMap<>();
  private final AtomicInteger nextLane = new AtomicInteger();

  /**
   * A data plane without load balancers.
   *
   * @param lanes the event loops, shared by the data planes of all worlds
   * @param clock the clock that is held while something real is waited for
   * @param addressOf the local address behind a target's private address; empty when no process has
   *     it; called on event loops, so it must not block
   */
  public Balancer(Lanes lanes, TwinClock clock, Function<String, Optional<InetAddress>> addressOf) {
    this(lanes, clock, addressOf, client -> Optional.empty());
  }

  /**
   * A data plane without load balancers.
   *
   * @param waitsSince since when a target lets a client, known by its end of the connection, wait
   *     on purpose: then world time need not be held for it
   */
  public Balancer(
      Lanes lanes,
      TwinClock clock,
      Function<String, Optional<InetAddress>> addressOf,
      Function<InetSocketAddress, Optional<Instant>> waitsSince) {
    this.lanes = lanes.all();
    this.clock = clock;
    this.addressOf = addressOf;
    this.waitsSince = waitsSince;
  }

  @Override
  public String claim(String loadBalancerArn, String preferred) {
    FrontDoor door =
        doors.computeIfAbsent(
            loadBalancerArn,
            arn -> new FrontDoor(ADDRESSES.claim(preferred), lanes, clock, addressOf));
    return door.claim().dnsName();
  }

  /** The port on which a load balancer's listener of the given port really listens. */
  int portOf(String loadBalancerArn, int listenerPort) {
    return doors.get(loadBalancerArn).claim().portOf(listenerPort);
  }

  /** How many connections a load balancer has with clients and targets. */
  long connectionsOf(String loadBalancerArn) {
    return doors.get(loadBalancerArn).counts().connections();
  }

  @Override
  public void route(Routing routing) {
    FrontDoor door = doors.get(routing.loadBalancerArn());
    if (door != null) {
      door.route(routing);
    }
  }

  @Override
  public void release(String loadBalancerArn) {
    FrontDoor door = doors.remove(loadBalancerArn);
    if (door != null) {
      door.close();
    }
  }

  @Override
  public void probe(Probe probe, Consumer<ProbeResult> done) {
    Optional<InetAddress> address = addressOf.apply(probe.ip());
    Lane lane = lanes.get(Math.floorMod(nextLane.getAndIncrement(), lanes.size()));
    lane.run(() -> {
      if (address.isPresent()) {
        Consumer<ProbeResult> ended =
            result -> {
              lane.checks().end();
              done.accept(result);
            };
        lane.checks()
            .begin(
                clock,
                () -> new Prober(lane, clock, probe, waitsSince, ended).begin(address.get()));
      } else {
        done.accept(new ProbeResult.NoSuchHost());
      }
    });
  }

  @Override
  public List<Traffic> takeTraffic() {
    return doors.entrySet().stream()
        .map(door -> door.getValue().counts().take(door.getKey()))
        .toList();
  }

  @Override
  public List<LogEntry> takeLog(String loadBalancerArn) {
    FrontDoor door = doors.get(loadBalancerArn);
    return door == null ? List.of() : door.journal().take();
  }

  @Override
  public void close() {
    doors.keySet().forEach(this::release);
  }
}
