package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLException;

/** Counts what a load balancer does, on all lanes at once. */
final class TrafficCounts {

  private final Tally<Integer> own = new Tally<>();
  private final Tally<Traffic.Event> events = new Tally<>();
  private final Map<String, Map<String, Group>> groups = new ConcurrentHashMap<>();
  private final LongAdder opened = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private long closedBefore;

  /** A connection of a client or to a target is made. */
  void connected() {
    opened.increment();
  }

  /** A connection is gone. */
  void disconnected() {
    closed.increment();
  }

  /** How many connections there are. */
  long connections() {
    long gone = closed.sum();
    return opened.sum() - gone;
  }

  /** The load balancer itself answers. */
  void answered(int status) {
    own.add(status);
  }

  /** Whether TLS is why a connection was not made. */
  static boolean isOfTls(Throwable cause) {
    return cause instanceof SSLException || cause.getCause() != null && isOfTls(cause.getCause());
  }

  /** Something happens that has a metric of its own. */
  void happened(Traffic.Event event) {
    events.add(event);
  }

  /** The counts of a target group at the nodes of a zone. */
  Group group(String targetGroupArn, String zone) {
    Map<String, Group> zones = groups.get(targetGroupArn);
    if (zones == null) {
      zones = groups.computeIfAbsent(targetGroupArn, arn -> new ConcurrentHashMap<>());
    }
    Group group = zones.get(zone);
    return group == null ? zones.computeIfAbsent(zone, z -> new Group()) : group;
  }

  /** What was counted since the last call. */
  Traffic take(String loadBalancerArn) {
    List<Traffic.Group> taken = new ArrayList<>();
    groups.forEach(
        (arn, zones) -> zones.forEach((zone, group) -> taken.add(group.take(arn, zone))));
    long gone = closed.sum();
    long active = opened.sum() - closedBefore;
    closedBefore = gone;
    return new Traffic(loadBalancerArn, active, own.take(), events.take(), taken);
  }

  /** Counts what becomes of the requests to a target group. */
  static final class Group {

    private static final int DIGITS = 1000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final double MICROS_PER_SECOND = 1_000_000;

    private final Tally<Traffic.Event> events = new Tally<>();
    private final Tally<Integer> statuses = new Tally<>();
    private final Tally<Long> responseMicros = new Tally<>();

    /** A target was chosen for a request. */
    void sent() {
      events.add(Traffic.Event.REQUEST);
    }

    /** No connection to the target could be made. */
    void connectionFailed(Throwable cause) {
      events.add(
          isOfTls(cause) ? Traffic.Event.TARGET_TLS_ERROR : Traffic.Event.TARGET_CONNECTION_ERROR);
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

    private Traffic.Group take(String arn, String zone) {
      Map<Double, Long> seconds = new HashMap<>();
      responseMicros
          .take()
          .forEach((micros, times) -> seconds.put(micros / MICROS_PER_SECOND, times));
      return new Traffic.Group(arn, zone, events.take(), statuses.take(), seconds);
    }
  }
}
