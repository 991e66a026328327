package dev.slipway.twin.elbv2;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A line of an access log. Source: ELB user guide, load-balancer-access-logs: the fields and their
 * order; a dash stands for what there is not.
 *
 * @param nodeId the network interface of the node that had the request
 * @param client who asked
 * @param target whom it was sent to
 * @param times when it came and went
 * @param outcome what came of it
 */
public record LogEntry(String nodeId, Client client, Target target, Times times, Outcome outcome) {

  private static final double NANOS = 1e9;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * Who asked for what.
   *
   * @param type {@code http}, {@code https}, {@code h2}, {@code ws}, {@code wss}
   * @param address address and port
   * @param request the request line with the whole URL
   * @param userAgent what it calls itself
   * @param cipher cipher suite, over TLS
   * @param protocol version of TLS
   * @param domain the name that it asked for within TLS
   * @param trace the X-Amzn-Trace-Id
   */
  public record Client(
      String type,
      String address,
      String request,
      String userAgent,
      String cipher,
      String protocol,
      String domain,
      String trace) {}

  /**
   * Whom it was sent to.
   *
   * @param address address and port
   * @param group the target group's ARN
   * @param status what it answered, or a dash
   */
  public record Target(String address, String group, String status) {

    /** Nobody. */
    public static final Target NONE = new Target("-", "-", "-");
  }

  /**
   * When it came and went.
   *
   * @param created when the request came, in world time
   * @param ended when it was answered
   * @param requestNanos how long it took to send it on; negative when it was not
   * @param targetNanos how long the target took to begin an answer; negative when it did not
   * @param responseNanos how long it took to pass the answer's head on; negative when there is none
   */
  public record Times(
      Instant created, Instant ended, long requestNanos, long targetNanos, long responseNanos) {}

  /**
   * What came of it.
   *
   * @param status what the client was answered
   * @param received bytes that came from the client
   * @param sent bytes that went to it
   * @param priority of the rule that was met, 0 for the default rule
   * @param actions what was done
   * @param redirect where it was sent to
   * @param classification how far it complies
   * @param reason why it does not
   */
  public record Outcome(
      int status,
      long received,
      long sent,
      String priority,
      String actions,
      String redirect,
      String classification,
      String reason) {}

  /** The line, without its end. */
  String line(String loadBalancer) {
    return String.join(
        " ",
        client.type(),
        MOMENT.format(times.ended()),
        loadBalancer,
        client.address(),
        target.address(),
        seconds(times.requestNanos()),
        seconds(times.targetNanos()),
        seconds(times.responseNanos()),
        String.valueOf(outcome.status()),
        target.status(),
        String.valueOf(outcome.received()),
        String.valueOf(outcome.sent()),
        quoted(client.request()),
        quoted(client.userAgent()),
        client.cipher(),
        client.protocol(),
        target.group(),
        quoted(client.trace()),
        quoted(client.domain()),
        quoted("-"),
        outcome.priority(),
        MOMENT.format(times.created()),
        quoted(outcome.actions()),
        quoted(outcome.redirect()),
        quoted("-"),
        quoted(target.address()),
        quoted(target.status()),
        quoted(outcome.classification()),
        quoted(outcome.reason()));
  }

  private static String seconds(long nanos) {
    return nanos < 0 ? "-1" : String.format(Locale.ROOT, "%.3f", nanos / NANOS);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\\x22") + '"';
  }
}
