package dev.slipway.validation.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Traffic.Hit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Everything happens on one thread and in a time of its own; the waiter ends it. */
class SteadyProbeTest {

  private static final int WAITS = 30;

  private final List<String> asked = new ArrayList<>();
  private Instant now = Sample.NOW;
  private int waits;
  private Probe.Answer answer = new Probe.Answer(200, "", "{\"build\":\"7\"} task1", "");
  private Duration slow = Duration.ZERO;

  private SteadyProbe probe(int rate) {
    return probe(rate, Runnable::run);
  }

  private SteadyProbe probe(int rate, Executor threads) {
    return new SteadyProbe(
        rate,
        (url, host) -> {
          asked.add(url + " " + host);
          now = now.plus(asked.size() == 1 ? slow : Duration.ZERO);
          return answer;
        },
        Wanted.of("staging", "orders"),
        () -> now,
        time -> {
          now = now.plus(time);
          if (++waits == WAITS) {
            throw new InterruptedException();
          }
        },
        threads);
  }

  private Traffic run(int rate, Sample sample) {
    SteadyProbe probe = probe(rate);
    probe.see(sample.snapshot());
    Thread.interrupted();
    return probe.traffic();
  }

  @Test
  void sendsAtItsRateFromTheMomentThatSomethingLeadsToTheService() {
    Traffic traffic = run(10, new Sample());
    assertThat(traffic.hits()).hasSize(WAITS);
    assertThat(traffic.hits().get(10).at()).isEqualTo(Sample.NOW.plusSeconds(1));
    assertThat(asked.getFirst()).isEqualTo("http://orders-1.eu-central-1.elb.amazonaws.com/ ");
  }

  @Test
  void tellsBuildAndTaskOfEachAnswer() {
    Hit hit = run(10, new Sample()).hits().getFirst();
    assertThat(hit.build()).isEqualTo("7");
    assertThat(hit.task()).isEqualTo("task1");
    assertThat(hit.wanted()).isTrue();
    assertThat(hit.failed()).isFalse();
  }

  @Test
  void endsQuietlyWhenItIsClosedBetweenTwoRequests() {
    int[] started = {0};
    SteadyProbe probe =
        probe(
            10,
            work -> {
              if (++started[0] > 4) {
                throw new RejectedExecutionException();
              }
              work.run();
            });
    probe.see(new Sample().snapshot());
    assertThat(probe.traffic().hits()).hasSize(3);
  }

  @Test
  void catchesUpWhenItWasHeldUp() {
    slow = Duration.ofMillis(150);
    Traffic traffic = run(10, new Sample());
    assertThat(traffic.hits().get(1).at()).isEqualTo(Sample.NOW.plusMillis(150));
    assertThat(traffic.hits().get(2).at()).isEqualTo(Sample.NOW.plusMillis(200));
    assertThat(traffic.hits().getFirst().took()).isEqualTo(slow);
  }

  @Test
  void notesWhatAwsShowsWhenItShowsSomethingElse() {
    SteadyProbe probe = probe(1);
    Sample sample = new Sample();
    probe.see(sample.snapshot());
    Thread.interrupted();
    sample.observedAt = Sample.NOW.plusSeconds(1);
    probe.see(sample.snapshot());
    sample.targets.set(0, Sample.target("10.0.1.10", "draining", null));
    sample.tasks.set(0, sample.tasks.getFirst().toBuilder().desiredStatus("STOPPED").build());
    sample.observedAt = Sample.NOW.plusSeconds(2);
    probe.see(sample.snapshot());
    List<Traffic.Sighting> seen = probe.traffic().sightings();
    assertThat(seen).hasSize(2);
    assertThat(seen.getLast().healthy()).isEqualTo(1);
    assertThat(seen.getLast().targets()).isEqualTo(1);
    assertThat(seen.getLast().leaving()).containsExactly("task1");
    assertThat(seen.getLast().complete()).isTrue();
  }

  @Test
  void sendsNothingWhileNothingLeadsToTheServiceOrNobodyAsks() {
    Sample taken = new Sample();
    taken.rules.clear();
    taken.rules.add(Sample.forward("default", Sample.TARGET_GROUP + "other"));
    assertThat(run(10, taken).url()).isEmpty();
    assertThat(run(0, new Sample())).isEqualTo(Traffic.NONE);
    assertThat(asked).isEmpty();
  }
}
