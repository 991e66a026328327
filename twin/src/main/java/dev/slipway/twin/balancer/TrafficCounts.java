package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what a load balancer does, on all lanes at once. */
final class TrafficCounts {

  private final Tally<Integer> own = new Tally<>();
  private final Map<String, Group> groups = new ConcurrentHashMap<>();

  /** The load balancer itself answers. */
  void answered(int status) {
    own.add(status);
  }

  /** The counts of a target group. */
  Group group(String targetGroupArn) {
    Group group = groups.get(targetGroupArn);
    return group == null ? groups.computeIfAbsent(targetGroupArn, g -> new Group()) : group;
  }

  /** What was counted since the last call. */
  Traffic take(String loadBalancerArn) {
    Map<String, Traffic.Group> taken = new HashMap<>();
    groups.forEach((arn, group) -> taken.put(arn, group.take()));
    return new Traffic(loadBalancerArn, own.take(), taken);
  }

  /** Counts what becomes of the requests to a target group. */
  static final class Group {

    private static final int DIGITS = 1000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final double MICROS_PER_SECOND = 1_000_000;

    private final Tally<Boolean> requests = new Tally<>();
    private final Tally<Integer> statuses = new Tally<>();
    private final Tally<Long> responseMicros = new Tally<>();

    /** A target was chosen for a request. */
    void sent() {
      requests.add(true);
    }

    /** A target begins to answer, so many nanoseconds after the request was sent. */
    void answered(int status, long nanos) {
      statuses.add(status);
      responseMicros.add(rounded(nanos / NANOS_PER_MICRO));
    }

    // To three digits, which bounds the number of keys.
    private static long rounded(long micros) {
      long unit = 1;
      while (micros / unit >= DIGITS) {
        unit *= 10;
      }
      return (micros + unit / 2) / unit * unit;
    }

    private Traffic.Group take() {
      Map<Double, Long> seconds = new HashMap<>();
      responseMicros
          .take()
          .forEach((micros, times) -> seconds.put(micros / MICROS_PER_SECOND, times));
      return new Traffic.Group(requests.take().getOrDefault(true, 0L), statuses.take(), seconds);
    }
  }
}
