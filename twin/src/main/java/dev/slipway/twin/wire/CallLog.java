package dev.slipway.twin.wire;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The newest API calls that the twin received. Thread safe. */
public final class CallLog {

  /**
   * A call.
   *
   * @param number counts the calls from 1
   * @param at the world's time
   * @param service the signing name
   * @param action as the client spelled it
   * @param status the HTTP status of the answer; 0 when the connection was reset
   * @param errorCode the error's code; empty for a success
   */
  public record Call(
      long number,
      Instant at,
      String account,
      String region,
      String service,
      String action,
      int status,
      String errorCode,
      String accessKeyId,
      String userAgent) {}

  private final int capacity;
  private final ArrayDeque<Call> newest = new ArrayDeque<>();
  private long total;

  /** A log that keeps so many calls. */
  public CallLog(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(
      Instant at, String account, String region, Route route, AwsAnswer answer, Client client) {
    if (newest.size() >= capacity) {
      newest.removeFirst();
    }
    newest.addLast(
        new Call(
            ++total,
            at,
            account,
            region,
            route.serviceName(),
            route.action(),
            answer.status(),
            answer.errorCode(),
            client.accessKeyId(),
            client.userAgent()));
  }

  /** Who called. */
  record Client(String accessKeyId, String userAgent) {}

  /** How many calls were received in all. */
  public synchronized long total() {
    return total;
  }

  /** The kept calls that match, oldest first, at most the newest so many. */
  public synchronized List<Call> newest(int limit, Predicate<Call> condition) {
    List<Call> found = new ArrayList<>(newest.stream().filter(condition).toList());
    return List.copyOf(found.subList(Math.max(0, found.size() - limit), found.size()));
  }

  /** Forgets all calls. */
  public synchronized void clear() {
    newest.clear();
    total = 0;
  }
}
