package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds bugs: each of these, planted on purpose, within a few hundred seeds. */
class PlantedBugTest {

  private static final int SEEDS = 300;

  static Stream<Arguments> bugs() {
    return Stream.of(
        bug(
            "one task too many",
            Mutant.offBy(1, "ecs.DeploymentSizes", "maximum"),
            "SimFailure: started "),
        bug(
            "one healthy task too few",
            Mutant.offBy(-1, "ecs.DeploymentSizes", "minimumHealthy"),
            "SimFailure: stopped healthy tasks: "),
        bug(
            "the breaker trips too early",
            Mutant.offBy(-1, "ecs.CircuitBreaker", "threshold"),
            "SimFailure: the breaker tripped after "),
        bug(
            "the breaker trips too late",
            Mutant.offBy(1, "ecs.CircuitBreaker", "threshold"),
            "SimFailure: the breaker has not tripped after "),
        bug(
            "targets are not deregistered",
            Mutant.doingNothing("ecs.TargetGroups", "deregister"),
            " targets"),
        bug(
            "events change places",
            Mutant.puttingDrainingSecond("ecs.ServiceEvents", "add"),
            "SimFailure: an event is older than the one before"),
        bug(
            "health counts without the target group",
            Mutant.denying("ecs.TaskHealth", "balanced"),
            "SimFailure: "));
  }

  private static Arguments bug(String name, Mutant mutant, String found) {
    return Arguments.of(Named.of(name, mutant), found);
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void isFound(Mutant mutant, String found) throws Exception {
    Optional<String> failure = Optional.empty();
    for (long seed = 0; seed < SEEDS && failure.isEmpty(); seed++) {
      failure = mutant.run(seed);
    }

    assertThat(failure).get().asString().contains(found);
  }
}
