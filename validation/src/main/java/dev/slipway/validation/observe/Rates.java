package dev.slipway.validation.observe;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Keeps one client below the rates at which AWS throttles an account: of each bucket it uses half,
 * for others ask, too. Source: ECS API reference, request-throttling. Where AWS publishes no rate,
 * as for load balancers, 20 a second are taken.
 *
 * <p>Safe for use by many threads; {@link #take} blocks the calling one.
 */
final class Rates {

  /** The rate of operations, as AWS publishes it. */
  private record Group(String name, int burst, int perSecond, List<String> operations) {}

  private static final List<Group> ECS =
      List.of(
          new Group("services", 100, 20, List.of("DescribeServices", "ListServices")),
          new Group("tasks", 100, 20, List.of("DescribeTasks", "ListTasks")),
          new Group(
              "deployments",
              50,
              20,
              List.of("DescribeServiceDeployments", "ListServiceDeployments")),
          new Group("revisions", 50, 20, List.of("DescribeServiceRevisions")),
          new Group("clusters", 50, 20, List.of("DescribeClusters", "ListClusters")),
          new Group(
              "definitions", 50, 20, List.of("DescribeTaskDefinition", "ListTaskDefinitions")));

  private static final Group UNPUBLISHED = new Group("", 50, 20, List.of());

  private final LongSupplier nanos;
  private final Waiter waiter;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * Buckets that are full.
   *
   * @param nanos a clock that never goes back
   */
  Rates(LongSupplier nanos, Waiter waiter) {
    this.nanos = nanos;
    this.waiter = waiter;
  }

  /**
   * Waits until the operation may be asked for.
   *
   * @param service the service's id, for instance {@code ECS}
   * @throws InterruptedException when interrupted
   */
  void take(String service, String operation) throws InterruptedException {
    Group group =
        service.equals("ECS")
            ? ECS.stream()
                .filter(g -> g.operations().contains(operation))
                .findFirst()
                .orElse(UNPUBLISHED)
            : UNPUBLISHED;
    String name = service + (group == UNPUBLISHED ? "/" + operation : "." + group.name());
    Duration wait =
        buckets.computeIfAbsent(name, _ -> new Bucket(group)).reserve(nanos.getAsLong());
    if (wait.isPositive()) {
      waiter.pause(wait);
    }
  }

  /** Tokens that come back with time; it may owe some, which those who took them wait for. */
  private static final class Bucket {
    private final double most;
    private final double perNano;
    private double tokens;
    private long at;
    private boolean used;

    Bucket(Group group) {
      this.most = group.burst() / 2.0;
      this.perNano = group.perSecond() / 2.0 / 1e9;
      this.tokens = most;
    }

    synchronized Duration reserve(long now) {
      if (used) {
        tokens = Math.min(most, tokens + (now - at) * perNano);
      }
      used = true;
      at = now;
      tokens -= 1;
      return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens / perNano));
    }
  }
}
