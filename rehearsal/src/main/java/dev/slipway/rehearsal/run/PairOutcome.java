package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.fault.Fault;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of two faults at once.
 *
 * @param first one
 * @param second the other
 * @param outcome what was said of both together
 */
public record PairOutcome(Fault first, Fault second, Outcome outcome) {

  /** Whether both were named. */
  public boolean bothFound() {
    return found(first) && found(second);
  }

  private boolean found(Fault fault) {
    return Stream.concat(outcome.causes().stream(), outcome.advice().stream())
        .anyMatch(fault::isNamedBy);
  }

  /** The pair and what was said of it, in one line. */
  public String line() {
    List<String> missing = Stream.of(first, second).filter(f -> !found(f)).map(Fault::id).toList();
    return "%s + %s: %s not named; said %s%s"
        .formatted(
            first.id(),
            second.id(),
            String.join(" and ", missing),
            outcome.causes(),
            outcome.isBroken() ? "; " + outcome.trouble() : "");
  }
}
