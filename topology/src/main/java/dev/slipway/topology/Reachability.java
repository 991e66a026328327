package dev.slipway.topology;

import dev.slipway.topology.End.Inside;
import dev.slipway.topology.End.Outside;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.Optional;

/**
 * Answers whether one place can open a TCP connection to another, by which path, and if not, what
 * stops it. A pure function: the same network and places have the same answer.
 *
 * <p>A connection needs its packets to arrive and the answers to come back. Security groups are
 * stateful and judge the first packet only; network ACLs judge both directions, the answers at
 * every source port that the client may choose. A place is taken to be reachable when that holds
 * for all of these ports, so an ACL that admits a part of them is an obstacle.
 */
public final class Reachability {

  private Reachability() {}

  /**
   * Can {@code from} open a TCP connection to {@code to} on the port?
   *
   * @param network the network as it is
   * @param from who connects
   * @param to who is connected to
   * @param port the destination port
   * @return the path, or what stops it
   */
  public static Verdict check(Network network, Place from, Place to, int port) {
    Directory directory = new Directory(network);
    Ends ends = new Ends(directory);
    Trail trail = new Trail();
    Optional<End> source = ends.resolve(from);
    Optional<End> target = ends.resolve(to);
    if (source.isEmpty() || target.isEmpty()) {
      return trail.end(Optional.of(unknown(source.isEmpty() ? from : to)));
    }
    End destination =
        source.get() instanceof Inside inside
            ? local(directory, ends, inside, target.get())
            : target.get();
    return trail.end(walk(directory, trail, source.get(), destination, port));
  }

  private static Optional<Obstacle> walk(
      Directory directory, Trail trail, End from, End to, int port) {
    return switch (from) {
      case Inside source ->
          switch (to) {
            case Inside target -> new LocalPath(directory).check(trail, source, target, port);
            case Outside target when target.service().isEmpty() ->
                internet(directory, trail, source, target, port);
            case Outside target -> new ServicePath(directory).check(trail, source, target, port);
          };
      case Outside source ->
          switch (to) {
            case Inside target -> new InboundPath(directory).check(trail, source, target, port);
            case Outside target -> Optional.empty();
          };
    };
  }

  /** Out of the VPC and, where the address is that of a known interface, in at its other end. */
  private static Optional<Obstacle> internet(
      Directory directory, Trail trail, Inside from, Outside to, int port) {
    OutboundPath out = new OutboundPath(directory);
    return out.check(trail, from, to, port)
        .or(() ->
            directory
                .interfaceWithPublic(to.address())
                .map(new Ends(directory)::inside)
                .flatMap(other ->
                    new InboundPath(directory)
                        .check(trail, new Outside(out.seenAs(from, to), ""), other, port)));
  }

  /** A bare address is an interface of the source's VPC when it belongs to one. */
  private static End local(Directory directory, Ends ends, Inside from, End to) {
    return to instanceof Outside
        ? directory.interfaceAt(from.vpcId(), to.address()).<End>map(ends::inside).orElse(to)
        : to;
  }

  private static Obstacle unknown(Place place) {
    String id =
        switch (place) {
          case Place.Interface known -> known.networkInterfaceId();
          case Place.Planned planned -> planned.subnetId();
          case Place.Internet host -> host.ip();
          case Place.AwsService service -> service.name();
        };
    return Obstacles.of(ObstacleKind.UNKNOWN_PLACE, id, id + " does not exist.", List.of());
  }
}
