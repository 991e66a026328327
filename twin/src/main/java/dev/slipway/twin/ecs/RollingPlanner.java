package dev.slipway.twin.ecs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what a service's scheduler does in one tick. A pure function.
 *
 * <p>Source: ECS developer guide, deployment-type-ecs: start while the upper limit leaves room,
 * stop while the lower limit of healthy tasks holds; unhealthy tasks are replaced start-first, and
 * one by one where there is no room.
 */
final class RollingPlanner {

  /**
   * A task as the planner sees it.
   *
   * @param id its id
   * @param current whether it belongs to the PRIMARY deployment
   * @param running whether it runs
   * @param healthy whether it counts as healthy
   * @param failing whether a health check that counts has failed
   * @param isProtected whether scale-in must leave it
   * @param zone its availability zone
   * @param order its age: lower is older
   */
  record Seen(
      String id,
      boolean current,
      boolean running,
      boolean healthy,
      boolean failing,
      boolean isProtected,
      String zone,
      long order) {}

  /**
   * A service as the planner sees it.
   *
   * @param desired its desired count
   * @param lower how many healthy tasks must stay
   * @param upper how many tasks may be there
   * @param leaving tasks that are being stopped but still take room
   * @param mayStart whether the PRIMARY deployment may start tasks now
   * @param tasks the tasks that are wanted
   */
  record Situation(
      int desired, int lower, int upper, int leaving, boolean mayStart, List<Seen> tasks) {}

  /**
   * What to do.
   *
   * @param starts how many tasks of the PRIMARY deployment to start
   * @param replaced how many of them replace failing tasks
   * @param stops which tasks to stop
   * @param stuck whether the limits leave nothing to do though something is needed
   * @param guarded how many tasks stay only because they are protected
   */
  record Plan(int starts, int replaced, List<String> stops, boolean stuck, int guarded) {

    /** The plan with fewer starts, which come one tick later. */
    Plan without(int later) {
      int now = Math.max(0, starts - later);
      return new Plan(now, Math.min(now, replaced), stops, stuck, guarded);
    }
  }

  private RollingPlanner() {}

  /** The plan for one tick. */
  static Plan plan(Situation now) {
    List<Seen> current = now.tasks().stream().filter(Seen::current).toList();
    List<Seen> old = now.tasks().stream().filter(t -> !t.current()).toList();
    List<Seen> good = current.stream().filter(t -> !t.failing()).toList();
    List<Seen> failing = current.stream().filter(Seen::failing).toList();
    int need = now.desired() - good.size();
    int room = Math.max(0, now.upper() - now.tasks().size() - now.leaving());
    int starts = now.mayStart() ? Math.clamp(room, 0, Math.max(0, need)) : 0;

    List<String> stops = new ArrayList<>();
    List<Seen> surplus = surplus(good, -need);
    surplus.forEach(t -> stops.add(t.id()));
    stops.addAll(failingToStop(now, failing, need, room));
    stops.addAll(oldToStop(now, good, surplus, old));
    boolean stuck = need > 0 && room == 0 && starts == 0 && stops.isEmpty() && now.mayStart();
    long kept = need <= 0 ? old.stream().filter(Seen::isProtected).count() : 0;
    int guarded = Math.max(0, -need - surplus.size()) + (int) kept;
    return new Plan(starts, Math.min(starts, failing.size()), List.copyOf(stops), stuck, guarded);
  }

  /** Tasks beyond the desired count: those not running first, then the fullest zone's newest. */
  private static List<Seen> surplus(List<Seen> good, int count) {
    List<Seen> left = new ArrayList<>(good.stream().filter(t -> !t.isProtected()).toList());
    List<Seen> chosen = new ArrayList<>();
    while (chosen.size() < count && !left.isEmpty()) {
      Map<String, Integer> zones = new HashMap<>();
      left.forEach(t -> zones.merge(t.zone(), 1, Integer::sum));
      Seen next =
          left.stream()
              .min(
                  Comparator.comparing(Seen::running)
                      .thenComparing(Seen::healthy)
                      .thenComparingInt(t -> -zones.get(t.zone()))
                      .thenComparingLong(t -> -t.order()))
              .orElseThrow();
      left.remove(next);
      chosen.add(next);
    }
    return chosen;
  }

  /**
   * Failing tasks go when their replacements are healthy; where there is no room for replacements,
   * one at a time.
   */
  private static List<String> failingToStop(Situation now, List<Seen> failing, int need, int room) {
    if (failing.isEmpty()) {
      return List.of();
    }
    long healthy = now.tasks().stream().filter(t -> t.current() && t.healthy()).count();
    if (need <= 0 && healthy >= now.desired()) {
      return failing.stream().map(Seen::id).toList();
    }
    return need > 0 && room == 0 && now.leaving() == 0
        ? List.of(failing.stream().min(Comparator.comparingLong(Seen::order)).orElseThrow().id())
        : List.of();
  }

  /** Tasks of earlier deployments: unhealthy ones first, healthy ones as the lower limit allows. */
  private static List<String> oldToStop(
      Situation now, List<Seen> good, List<Seen> surplus, List<Seen> old) {
    List<String> stops = new ArrayList<>();
    List<Seen> byWorth =
        old.stream()
            .filter(t -> !t.isProtected())
            .sorted(Comparator.comparing(Seen::healthy).thenComparingLong(Seen::order))
            .toList();
    long healthy = now.tasks().stream().filter(t -> t.healthy() && !surplus.contains(t)).count();
    long spare = Math.max(0, healthy - now.lower());
    boolean replacedAll = good.size() - surplus.size() >= now.desired();
    for (Seen task : byWorth) {
      if (!task.healthy()) {
        // What is not healthy holds nothing up, but leave it while its successor cannot start.
        if (now.mayStart() || replacedAll) {
          stops.add(task.id());
        }
      } else if (spare > 0 && (now.mayStart() || replacedAll)) {
        spare--;
        stops.add(task.id());
      }
    }
    return stops;
  }
}
