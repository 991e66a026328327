package dev.slipway.twin.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.cloudwatch.Series.Minute;
import dev.slipway.twin.world.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesTest {

  private static final Metric METRIC = new Metric("App", "M", Map.of("D", "a"), "Count");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void keepsEverySampleInItsMinuteInWhateverOrderTheyCome() {
    Random random = new Random(7);
    TreeMap<Long, Sample> expected = new TreeMap<>();
    Series series = null;
    for (int i = 0; i < 3000; i++) {
      long minute = Math.max(0, i / 3 - (random.nextInt(10) == 0 ? random.nextInt(90) : 0));
      Sample sample = Sample.of(random.nextInt(2000) / 7.0, 1 + random.nextInt(3));
      expected.merge(minute, sample, Sample::plus);
      Instant at = START.plusSeconds(60 * minute + random.nextInt(60));
      series = series == null ? Series.of(METRIC, at, sample) : series.plus(at, sample);
    }

    assertThat(series.minutes()).isEqualTo(minutes(expected));
    assertThat(series.newest()).isEqualTo(series.minutes().getLast());
    Instant from = START.plus(Duration.ofMinutes(100));
    Instant to = START.plus(Duration.ofMinutes(131));
    assertThat(series.minutes(from, to)).isEqualTo(minutes(expected.subMap(100L, 131L)));
  }

  @Test
  void forgetsWhatIsOlderThanADay() {
    Series series = Series.of(METRIC, START, Sample.of(0));
    for (int minute = 1; minute < 2000; minute++) {
      series = series.plus(START.plusSeconds(60L * minute), Sample.of(minute));
    }

    assertThat(series.minutes()).hasSize(24 * 60);
    assertThat(series.minutes().getFirst().sample()).isEqualTo(Sample.of(560));
    assertThat(series.plus(START.plus(Duration.ofDays(9)), Sample.of(1)).minutes()).hasSize(1);
  }

  @Test
  void aDayOfSteadyMinutesTakesLittleRoom() {
    Series series = Series.of(METRIC, START, five(3.2));
    for (int minute = 1; minute < 1440; minute++) {
      series = series.plus(START.plusSeconds(60L * minute), five(3.2));
    }

    long packed = series.packed().stream().mapToLong(one -> one.bytes().asByteArray().length).sum();
    assertThat(packed).isLessThan(12_000);
    assertThat(series.open().stream().map(Minute::sample).distinct()).hasSize(1);
    List<Sample> instances = series.open().stream().map(Minute::sample).toList();
    assertThat(instances.subList(0, instances.size() - 1))
        .as("one sample stands for minutes that are alike")
        .allSatisfy(sample -> assertThat(sample).isSameAs(instances.getFirst()));
  }

  private static Sample five(double value) {
    return Stream.of(1, 2, 3, 4, 5).map(i -> Sample.of(value * i)).reduce(Sample::plus).get();
  }

  private static List<Minute> minutes(Map<Long, Sample> samples) {
    List<Minute> minutes = new ArrayList<>();
    samples.forEach(
        (minute, sample) -> minutes.add(new Minute(START.getEpochSecond() / 60 + minute, sample)));
    return minutes;
  }
}
