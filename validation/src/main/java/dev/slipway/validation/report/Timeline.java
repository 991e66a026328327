package dev.slipway.validation.report;

import java.time.Instant;
import java.util.List;

/**
 * What happened when. Tasks and events carry AWS's time; targets and answers that of the machine
 * that verified: the two clocks are shown apart, for they may differ.
 *
 * @param tasks a lane for each task, oldest first
 * @param events the service's events, oldest first
 * @param targets a lane for each target
 * @param answers rounds of requests through the front door
 * @param flow what steady requests came to, when they were asked for
 */
public record Timeline(
    List<Lane> tasks, List<Mark> events, List<Lane> targets, List<Round> answers, Flow flow) {

  /** Nothing happened. */
  public static final Timeline EMPTY =
      new Timeline(List.of(), List.of(), List.of(), List.of(), Flow.NONE);

  /**
   * The life of one thing.
   *
   * @param name what it is
   * @param note a word more, for instance how it ended; may be empty
   * @param spans what it was, in order
   */
  public record Lane(String name, String note, List<Span> spans) {}

  /**
   * A state and how long it lasted.
   *
   * @param from its beginning
   * @param to its end, or the last time that it was seen
   * @param state its name, as AWS has it
   */
  public record Span(Instant from, Instant to, String state) {}

  /** Something that happened at an instant. */
  public record Mark(Instant at, String text) {}

  /**
   * A round of requests.
   *
   * @param at when it began
   * @param good answers with HTTP 200
   * @param all all requests
   * @param worst the outcome of one that failed, empty when none did
   */
  public record Round(Instant at, int good, int all, String worst) {}
}
