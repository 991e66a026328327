package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.FargateCapacity;
import dev.slipway.twin.world.World;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;

/**
 * Evens out how many tasks of a steady service run in each availability zone: starts one where they
 * are fewest; when it is healthy, the planner stops one where they are most.
 *
 * <p>Source: ECS developer guide, service-rebalancing and service-rebalancing-event-messages-list.
 */
@Differs(
    value = "a steady service is balanced at once, one task at a time",
    because = "AWS publishes neither how long it waits nor how many tasks it moves together")
final class ZoneRebalancer {

  private final World world;
  private final TaskPlacement placement;
  private final EcsState state;
  private final ServiceEvents events;

  ZoneRebalancer(EcsState state, TaskPlacement placement, ServiceEvents events) {
    this.state = state;
    this.world = state.world();
    this.placement = placement;
    this.events = events;
  }

  /** How many tasks there are beyond the desired count until those started here are healthy. */
  static int extra(Judgements health) {
    return (int)
        health.tasks().stream()
            .filter(t -> t.has(TaskRow.Flag.REBALANCING))
            .filter(t -> !health.healthy(t) && health.failing(t).isEmpty())
            .count();
  }

  /** Whether tasks that are stopped now make way for those started here. */
  static boolean under(ServiceRow row) {
    return row.standing().keySet().stream().anyMatch(m -> m.endsWith(Messages.REBALANCING));
  }

  /** Looks at a service that is steady. */
  ServiceRow look(ServiceRow row) {
    if (row.service().availabilityZoneRebalancing() != AvailabilityZoneRebalancing.ENABLED
        || row.service().deploymentConfiguration().maximumPercent() <= 100) {
      return row;
    }
    Map<String, Integer> counts = counts(row);
    if (counts.size() < 2) {
      return row;
    }
    int most = Collections.max(counts.values());
    if (most - Collections.min(counts.values()) <= 1) {
      return under(row) ? balanced(row, counts) : row;
    }
    ServiceRow next = under(row) ? row : events.addOnce(row, Messages.unbalanced(counts));
    Optional<String> free =
        counts.entrySet().stream()
            .filter(e -> e.getValue() <= most - 2)
            .filter(e -> FargateCapacity.available(world, e.getKey()))
            .min(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey);
    if (free.isEmpty()) {
      String emptiest =
          counts.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
      next = events.addOnce(next, Messages.unplaceable(emptiest));
      return events.addOnce(next, Messages.REBALANCING_STOPPED);
    }
    return row.service().desiredCount() < row.maximum() ? start(next, free.get()) : next;
  }

  private ServiceRow balanced(ServiceRow row, Map<String, Integer> counts) {
    return events.add(
        row.cleared(Messages.REBALANCING)
            .cleared(Messages.REBALANCING_STOPPED)
            .cleared(Messages.UNPLACEABLE),
        Messages.balanced(counts));
  }

  private ServiceRow start(ServiceRow row, String zone) {
    TaskRow task = placement.place(row);
    state.tasks().update(task.arn(), t -> t.flagged(TaskRow.Flag.REBALANCING));
    return events.add(row.cleared(Messages.STEADY), Messages.startedIn(zone, List.of(task)));
  }

  /** The tasks in each zone of the service's subnets. */
  private Map<String, Integer> counts(ServiceRow row) {
    Map<String, Integer> counts = new TreeMap<>();
    placement.zones(row).forEach(zone -> counts.put(zone, 0));
    state.tasksOf(row.arn()).stream()
        .filter(TaskRow::wanted)
        .forEach(t -> counts.merge(t.task().availabilityZone(), 1, Integer::sum));
    return counts;
  }
}
