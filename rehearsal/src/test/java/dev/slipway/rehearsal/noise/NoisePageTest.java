package dev.slipway.rehearsal.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.validation.report.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoisePageTest {

  private static Weather weather(int number, Kind kind, Noise... noises) {
    return new Weather(
        number, kind, Set.of(noises), 0.1, Duration.ZERO, 10, 5, Duration.ZERO, number == 1);
  }

  private static final List<NoisyRun> RUNS =
      List.of(
          new NoisyRun(weather(0, Kind.UPDATE, Noise.RESETS), Verdict.PASS, "", 7, 40, ""),
          new NoisyRun(
              weather(1, Kind.STANDING, Noise.RESETS, Noise.BURST),
              Verdict.FAIL,
              "tasks: 1 of 2",
              3,
              20,
              ""),
          new NoisyRun(
              weather(2, Kind.FIRST, Noise.BURST), Verdict.UNKNOWN, "AWS throttles", 90, 600, ""),
          NoisyRun.broken(weather(3, Kind.FIRST, Noise.BURST), new IllegalStateException("late")));

  @Test
  void countsEachVerdictByNoiseAndByDeployment() {
    assertThat(NoisePage.of(RUNS, 5, 30))
        .contains(
            "**4 runs: 1 PASS, 1 UNKNOWN, 1 false alarms; 1 runs could not be made. 100 API calls"
                + " were refused, reset or delayed.**")
        .contains("--runs 4 --seed 5 --page FILE` at 30 world seconds")
        .contains("| resets | 2 | 1 | 0 | 1 |\n")
        .contains("| a burst of throttling | 3 | 0 | 1 | 1 |\n")
        .contains("| first deployment | 2 | 0 | 1 | 0 |\n")
        .contains("| with steady requests | 1 | 0 | 0 | 1 |\n");
  }

  @Test
  void saysWhatWasSaidWhereverItIsNotThatAllIsWell() {
    assertThat(NoisePage.of(RUNS, 5, 30))
        .contains(
            "## False alarms\n\n- tasks: 1 of 2\n"
                + "  - run 1, nothing deployed, probed: a burst of throttling, resets\n")
        .contains("## Not known\n\n- AWS throttles\n  - run 2, first deployment: a burst")
        .contains("## Could not be made\n\n- IllegalStateException: late\n  - run 3, ");
    assertThat(NoisePage.of(RUNS.subList(0, 1), 5, 30)).doesNotContain("## ");
  }
}
