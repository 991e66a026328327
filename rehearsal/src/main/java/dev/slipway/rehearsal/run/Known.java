package dev.slipway.rehearsal.run;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is told of a stack as it is, before any fault: it proves nothing about a fault.
 *
 * @param causes the causes, told as failures or as advice
 * @param checks the checks that fail
 */
public record Known(Set<String> causes, Set<String> checks) {

  /** Nothing: the stack is healthy. */
  public static final Known NOTHING = new Known(Set.of(), Set.of());

  /** What was told in a run without a fault. */
  public static Known of(Outcome healthy) {
    return new Known(
        Stream.concat(healthy.causes().stream(), healthy.advice().stream())
            .collect(Collectors.toUnmodifiableSet()),
        Set.copyOf(healthy.failed()));
  }

  /** Those that were not known. */
  List<String> without(List<String> told) {
    return told.stream().filter(c -> !causes.contains(c)).toList();
  }
}
