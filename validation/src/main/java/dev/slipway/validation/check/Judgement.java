package dev.slipway.validation.check;

import java.time.Duration;
import java.util.List;

/** What a check says of one snapshot. */
public sealed interface Judgement {

  /** What was observed, in one line. */
  String observed();

  /** What supports it, one line each. */
  List<String> evidence();

  /** What was wanted holds. */
  record Holds(String observed, List<String> evidence) implements Judgement {}

  /**
   * It does not hold yet, and still may.
   *
   * @param patience for how long this may go on before it counts as failed
   */
  record NotYet(String observed, List<String> evidence, Duration patience) implements Judgement {}

  /** It does not hold, and waiting will not change it. */
  record Broken(String observed, List<String> evidence) implements Judgement {}

  /**
   * Something is wrong that does not keep the service from serving.
   *
   * @param worst how bad the worst of it is: whether that fails a verification is its user's choice
   * @param unread what else could not be read: where the flaw fails nothing, that is no pass
   */
  record Flawed(String observed, List<String> evidence, Severity worst, List<String> unread)
      implements Judgement {}

  /**
   * The check cannot be made.
   *
   * @param observed the reason
   * @param blind true when something could not be read, so that the verdict is open; false when the
   *     check does not apply to this service
   */
  record Skipped(String observed, boolean blind) implements Judgement {
    @Override
    public List<String> evidence() {
      return List.of();
    }
  }

  /** As long as the whole verification lasts. */
  Duration UNLIMITED = Duration.ofDays(365);

  /** It holds. */
  static Judgement holds(String observed, List<String> evidence) {
    return new Holds(observed, List.copyOf(evidence));
  }

  /** It may still come to hold. */
  static Judgement notYet(String observed, List<String> evidence) {
    return new NotYet(observed, List.copyOf(evidence), UNLIMITED);
  }

  /** It may still come to hold, but soon. */
  static Judgement notYet(String observed, List<String> evidence, Duration patience) {
    return new NotYet(observed, List.copyOf(evidence), patience);
  }

  /** It will not hold. */
  static Judgement broken(String observed, List<String> evidence) {
    return new Broken(observed, List.copyOf(evidence));
  }
}
