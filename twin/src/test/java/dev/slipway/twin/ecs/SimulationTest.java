package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The scheduler and the health machine under random disturbances. {@code -Dslipway.seeds=100000}
 * runs more seeds; {@code -Dslipway.seed=4711} one alone, with its trace when it fails.
 */
class SimulationTest {

  private static final int SEEDS = Integer.getInteger("slipway.seeds", 10_000);
  private static final long FIRST = Long.getLong("slipway.seed", 0);

  @Test
  void theInvariantsHoldForEverySeed() {
    boolean alone = System.getProperty("slipway.seed") != null;
    ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    LongStream.range(FIRST, FIRST + (alone ? 1 : SEEDS))
        .parallel()
        .mapToObj(Simulation::run)
        .flatMap(Optional::stream)
        .limit(20)
        .forEach(failures::add);

    List<String> first = failures.stream().limit(3).toList();
    assertThat(first).as("%s failures", failures.size()).isEmpty();
  }
}
