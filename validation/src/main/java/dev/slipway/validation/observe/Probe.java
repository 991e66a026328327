package dev.slipway.validation.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One round of requests through the front door.
 *
 * @param url what was asked; empty when no round has been made
 * @param startedAt when, by this machine's clock
 * @param answers what came back, in order
 * @param silence for how long the request after them has waited for its answer
 */
public record Probe(String url, Instant startedAt, List<Answer> answers, Duration silence) {

  /** No request has been made. */
  public static final Probe NONE = new Probe("", Instant.EPOCH, List.of());

  /** So long may any answer take. */
  private static final Duration USUAL = Duration.ofSeconds(1);

  /** A round after which nothing waits. */
  public Probe(String url, Instant startedAt, List<Answer> answers) {
    this(url, startedAt, answers, Duration.ZERO);
  }

  /** The same while the next request waits. */
  Probe silentFor(Duration time) {
    return new Probe(url, startedAt, answers, time);
  }

  /** Whether a request waits for longer than one should: it may yet be answered. */
  public boolean overdue() {
    return silence.compareTo(USUAL) >= 0;
  }

  /** Whether a round has been made. */
  public boolean made() {
    return !answers.isEmpty();
  }

  /**
   * One answer, or none.
   *
   * @param status the HTTP status, 0 when there was no answer
   * @param server the {@code Server} header, empty when absent
   * @param body the body's first 64 KiB
   * @param error why there was no answer, empty when there was
   * @param headers its headers by name, without cookies
   */
  public record Answer(
      int status, String server, String body, String error, Map<String, String> headers) {

    /** An answer without headers of its own. */
    public Answer(int status, String server, String body, String error) {
      this(status, server, body, error, Map.of());
    }

    /** The status, or why there is none. */
    public String outcome() {
      return status == 0 ? error : "HTTP " + status;
    }
  }
}
