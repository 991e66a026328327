package dev.slipway.rehearsal.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.twin.RuntimeKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some healthy deployments in bad weather; {@code slipway rehearse noise} makes 200. */
@Tag("e2e")
class NoiseTest {

  private static final int RUNS = Integer.getInteger("slipway.noise", 12);

  @Test
  void failsNoHealthyDeploymentHoweverRestlessTheWorldIs(@TempDir Path work) throws Exception {
    Path root = Path.of("../terraform").toRealPath();
    try (Ground ground = Ground.up(new Ground.Options(root, work, 30, RuntimeKind.SIMULATED, 0))) {
      List<NoisyRun> runs =
          new NoisyRuns(ground, 6, r -> {}).run(RUNS, Long.getLong("slipway.seed", 1));
      assertThat(runs).noneMatch(NoisyRun::isFalseAlarm).noneMatch(NoisyRun::isBroken);
      assertThat(runs.stream().mapToInt(NoisyRun::struck).sum()).isPositive();
    }
  }
}
