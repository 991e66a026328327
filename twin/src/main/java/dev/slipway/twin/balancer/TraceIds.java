package dev.slipway.twin.balancer;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** X-Amzn-Trace-Id. Source: ELB user guide, load-balancer-request-tracing. */
final class TraceIds {

  static final String HEADER = "X-Amzn-Trace-Id";
  private static final int LONGEST = 7 * 1024;

  private TraceIds() {}

  /** The header for a target, from what the client sent, if anything. */
  static String forTarget(String incoming, InstantSource clock) {
    String id = newId(clock);
    if (incoming == null || incoming.length() > LONGEST) {
      return "Root=" + id;
    }
    return incoming.contains("Root=")
        ? "Self=" + id + ";" + incoming
        : "Root=" + id + ";" + incoming;
  }

  private static String newId(InstantSource clock) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return "1-"
        + hex.toHexDigits(clock.instant().getEpochSecond(), 8)
        + "-"
        + hex.toHexDigits(random.nextLong())
        + hex.toHexDigits(random.nextInt());
  }
}
