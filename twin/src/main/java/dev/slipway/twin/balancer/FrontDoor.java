package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.world.TwinClock;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.crypto.SecretKey;

/** One load balancer: its claim, what it routes by, and a {@link LaneDoor} on each lane. */
final class FrontDoor {

  private final FrontAddresses.Claim claim;
  private final TwinClock clock;
  private final Function<String, Optional<InetAddress>> addressOf;
  private final List<LaneDoor> doors;
  private final TrafficCounts counts = new TrafficCounts();
  private final Journal journal = new Journal();
  private final AtomicInteger nextNode = new AtomicInteger();
  private final Map<String, AtomicInteger> nextTarget = new ConcurrentHashMap<>();
  private final SecretKey cookieKey = Seal.newKey();
  private volatile RouteTable routes;

  FrontDoor(
      FrontAddresses.Claim claim,
      List<Lane> lanes,
      TwinClock clock,
      Function<String, Optional<InetAddress>> addressOf) {
    this.claim = claim;
    this.clock = clock;
    this.addressOf = addressOf;
    this.doors = lanes.stream().map(lane -> new LaneDoor(this, lane)).toList();
  }

  FrontAddresses.Claim claim() {
    return claim;
  }

  TwinClock clock() {
    return clock;
  }

  SecretKey cookieKey() {
    return cookieKey;
  }

  TrafficCounts counts() {
    return counts;
  }

  Journal journal() {
    return journal;
  }

  RouteTable routes() {
    return routes;
  }

  /** The local address behind a private one. */
  Optional<InetAddress> addressOf(String ip) {
    return addressOf.apply(ip);
  }

  /** Routes by a new table from now on. */
  void route(Routing routing) {
    RouteTable table = new RouteTable(routing);
    routes = table;
    doors.forEach(door -> door.apply(table));
  }

  void close() {
    doors.forEach(LaneDoor::close);
    claim.release();
  }

  /** The number of the node at which the next connection arrives. */
  int nextNode() {
    return nextNode.getAndIncrement();
  }

  /** The target that is next in turn. */
  Routing.Route inTurn(String group, List<Routing.Route> candidates) {
    int turn = nextTarget.computeIfAbsent(group, g -> new AtomicInteger()).getAndIncrement();
    return candidates.get(Math.floorMod(turn, candidates.size()));
  }
}
