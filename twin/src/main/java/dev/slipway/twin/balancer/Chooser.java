package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * Chooses the target of a request: first the group by weight, then the target by the group's
 * algorithm; a client that is bound goes where it is bound to. Source: ELB user guide,
 * load-balancer-target-groups. On a lane's thread.
 */
final class Chooser {

  /**
   * A choice.
   *
   * @param group the target group
   * @param position its place among the groups of the action
   * @param route the target
   * @param bound whether a cookie led to the target
   */
  record Choice(String group, int position, Routing.Route route, boolean bound) {}

  /** A target that warms up gets at least this share of what a warm one gets. */
  private static final double LEAST_SHARE = 0.01;

  private final FrontDoor door;
  private final Sessions sessions;
  private final InstantSource clock;
  private final ToIntFunction<Routing.Target> outstanding;

  /**
   * Chooses for a load balancer on one lane.
   *
   * @param outstanding how many requests a target has in flight
   */
  Chooser(
      FrontDoor door,
      Sessions sessions,
      InstantSource clock,
      ToIntFunction<Routing.Target> outstanding) {
    this.door = door;
    this.sessions = sessions;
    this.clock = clock;
    this.outstanding = outstanding;
  }

  /** The target of a request; nothing when the chosen group has none. */
  Optional<Choice> choose(
      HttpServerRequest request, RouteTable table, Routing.Node node, ForwardActionConfig forward) {
    String group = group(request, forward);
    List<Routing.Route> candidates = node.targets().getOrDefault(group, List.of());
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    Routing.Group spread = table.group(group);
    int position = position(forward, group);
    if (!(spread.stickiness() instanceof Routing.Stickiness.None)) {
      Optional<Routing.Route> bound =
          sessions.target(request, spread.stickiness(), position, candidates);
      if (bound.isPresent()) {
        return Optional.of(new Choice(group, position, bound.get(), true));
      }
    }
    return Optional.of(new Choice(group, position, next(spread, group, candidates), false));
  }

  private String group(HttpServerRequest request, ForwardActionConfig forward) {
    List<TargetGroupTuple> groups = forward.targetGroups();
    if (groups.size() == 1) {
      return groups.getFirst().weight() > 0 ? groups.getFirst().targetGroupArn() : "";
    }
    if (sticky(forward)) {
      Optional<String> bound = sessions.group(request, groups);
      if (bound.isPresent()) {
        return bound.get();
      }
    }
    int total = groups.stream().mapToInt(TargetGroupTuple::weight).sum();
    if (total == 0) {
      return "";
    }
    int point = ThreadLocalRandom.current().nextInt(total);
    for (TargetGroupTuple group : groups) {
      point -= group.weight();
      if (point < 0) {
        return group.targetGroupArn();
      }
    }
    throw new IllegalStateException("weights do not add up");
  }

  /** Whether clients are bound to one of the groups of an action. */
  static boolean sticky(ForwardActionConfig forward) {
    return forward.targetGroups().size() > 1
        && forward.targetGroupStickinessConfig() != null
        && Boolean.TRUE.equals(forward.targetGroupStickinessConfig().enabled());
  }

  private static int position(ForwardActionConfig forward, String group) {
    List<TargetGroupTuple> groups = forward.targetGroups();
    for (int i = 1; i < groups.size(); i++) {
      if (groups.get(i).targetGroupArn().equals(group)) {
        return i;
      }
    }
    return 0;
  }

  private Routing.Route next(Routing.Group spread, String group, List<Routing.Route> candidates) {
    return switch (spread.algorithm()) {
      case ROUND_ROBIN ->
          spread.slowStart().isPositive()
              ? warmed(spread.slowStart(), group, candidates)
              : door.inTurn(group, candidates);
      case LEAST_OUTSTANDING_REQUESTS -> leastBusy(group, candidates);
      case WEIGHTED_RANDOM ->
          candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()));
    };
  }

  /** The share of a target that warms up grows in a line from nothing to a full one. */
  private Routing.Route warmed(Duration slowStart, String group, List<Routing.Route> candidates) {
    Instant now = clock.instant();
    double[] shares = new double[candidates.size()];
    double total = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = share(candidates.get(i).warmFrom(), slowStart, now);
      total += shares[i];
    }
    if (total == shares.length) {
      return door.inTurn(group, candidates);
    }
    double point = ThreadLocalRandom.current().nextDouble(total);
    for (int i = 0; i < shares.length; i++) {
      point -= shares[i];
      if (point < 0) {
        return candidates.get(i);
      }
    }
    return candidates.getLast();
  }

  private static double share(Instant warmFrom, Duration slowStart, Instant now) {
    if (warmFrom.equals(Instant.MIN) || !warmFrom.plus(slowStart).isAfter(now)) {
      return 1;
    }
    double passed = Duration.between(warmFrom, now).toMillis();
    return Math.max(LEAST_SHARE, passed / slowStart.toMillis());
  }

  /** Among equals the next in turn. */
  private Routing.Route leastBusy(String group, List<Routing.Route> candidates) {
    int least = Integer.MAX_VALUE;
    for (Routing.Route route : candidates) {
      least = Math.min(least, outstanding.applyAsInt(route.target()));
    }
    int fewest = least;
    return door.inTurn(
        group,
        candidates.stream()
            .filter(route -> outstanding.applyAsInt(route.target()) == fewest)
            .toList());
  }
}
