package dev.slipway.validation.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Steady requests through the front door, and what AWS showed meanwhile. All times are by this
 * machine's clock, so that the two can be laid side by side.
 *
 * @param url what was asked; empty while nothing was
 * @param rate requests a second
 * @param hits what became of each request, in the order in which they were sent
 * @param sightings what AWS showed, oldest first; one that is like the one before is left out
 */
public record Traffic(String url, int rate, List<Hit> hits, List<Sighting> sightings) {

  /** Nobody asked for it. */
  public static final Traffic NONE = new Traffic("", 0, List.of(), List.of());

  /** Whether it was asked for. */
  public boolean asked() {
    return rate > 0;
  }

  /** Who gave an answer. */
  public enum Origin {
    /** The service's own task. */
    TARGET,
    /** The load balancer itself, for it had no answer from a target. */
    BALANCER,
    /** A rule with a fixed response. */
    RULE,
    /** Nobody answered. */
    NOBODY
  }

  /**
   * One request.
   *
   * @param at when it was sent
   * @param took until its answer, or until it was given up
   * @param status the HTTP status, 0 when there was no answer
   * @param origin who answered
   * @param build the build that the answer names, empty when it names none
   * @param wanted whether it carries the build that is wanted; true when none is
   * @param task the id of the task that the answer names, empty when it names none
   * @param error why there was no answer, empty when there was
   */
  public record Hit(
      Instant at,
      Duration took,
      int status,
      Origin origin,
      String build,
      boolean wanted,
      String task,
      String error) {

    /** Whether a client would call it an outage: no answer, or one that says that all is lost. */
    public boolean failed() {
      return status == 0 || status >= 500;
    }

    /** The outcome and whose it is, for instance {@code HTTP 502 by the load balancer}. */
    public String outcome() {
      return switch (origin) {
        case NOBODY -> "no answer: " + error;
        case TARGET -> "HTTP " + status + " by a task";
        case BALANCER -> "HTTP " + status + " by the load balancer";
        case RULE -> "HTTP " + status + " by a rule's fixed response";
      };
    }

    /** When it ended. */
    public Instant end() {
      return at.plus(took);
    }
  }

  /**
   * What AWS showed at a moment.
   *
   * @param at when the reading began
   * @param healthy healthy targets
   * @param targets registered targets, those that drain left out
   * @param leaving the ids of tasks that are being stopped, whoever wants it
   * @param ended the ids of tasks that ended by themselves or were killed for their health
   * @param complete whether the wanted deployment is complete
   * @param rolledBack whether a rollback is complete
   */
  public record Sighting(
      Instant at,
      int healthy,
      int targets,
      Set<String> leaving,
      Set<String> ended,
      boolean complete,
      boolean rolledBack) {

    /** Whether it shows the same as another. */
    boolean like(Sighting other) {
      return healthy == other.healthy
          && targets == other.targets
          && leaving.equals(other.leaving)
          && ended.equals(other.ended)
          && complete == other.complete
          && rolledBack == other.rolledBack;
    }
  }
}
