package dev.slipway.rehearsal.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.stage.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeatherTest {

  private static List<Weather> weathers(long seed) {
    return IntStream.range(0, 200).mapToObj(i -> Weather.of(seed, i)).toList();
  }

  @Test
  void theSameSeedDecidesTheSameAndAnotherOneSomethingElse() {
    assertThat(weathers(7)).isEqualTo(weathers(7)).isNotEqualTo(weathers(8));
  }

  @Test
  void everyNoiseIsThrownOftenAndEveryDeploymentIsMade() {
    for (Noise noise : Noise.values()) {
      assertThat(weathers(1).stream().filter(w -> w.has(noise))).hasSizeGreaterThan(15);
    }
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    weathers(1).forEach(w -> kinds.add(w.kind()));
    assertThat(kinds)
        .containsExactlyInAnyOrder(Kind.STANDING, Kind.FIRST, Kind.UPDATE, Kind.SCALE_OUT);
  }

  @Test
  void noNoiseTakesAwayWhatAnotherNeeds() {
    assertThat(weathers(3))
        .allSatisfy(w -> {
          Set<Noise> noises = new TreeSet<>(w.noises());
          assertThat(noises).isNotEmpty().hasSizeLessThanOrEqualTo(3);
          assertThat(noises).doesNotContainSequence(Noise.SCALING_OUT, Noise.SCALING_IN);
          if (w.has(Noise.REBALANCING)) {
            assertThat(w.kind()).isEqualTo(Kind.STANDING);
            assertThat(noises).doesNotContain(Noise.SCALING_OUT, Noise.SCALING_IN);
          }
          if (w.has(Noise.SLOW_START)) {
            assertThat(w.kind()).isIn(Kind.FIRST, Kind.UPDATE);
          }
        });
  }
}
