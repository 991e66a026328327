package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class MetricAspectsTest {

  private final PosturedSample sample = new PosturedSample();
  private final SortedMap<Instant, Double> requests = minutes(600, 600, 600, 600);
  private final Map<Integer, SortedMap<Instant, Double>> byBalancer = new HashMap<>();
  private SortedMap<Instant, Double> byTargets = new TreeMap<>();
  private final Map<String, SortedMap<Instant, Double>> healthy =
      new HashMap<>(Map.of("a", minutes(2, 2, 2, 2), "b", minutes(2, 2, 2, 2)));
  private OptionalDouble memory = OptionalDouble.of(60);

  private static SortedMap<Instant, Double> minutes(double... values) {
    SortedMap<Instant, Double> all = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      all.put(Sample.NOW.plus(Duration.ofMinutes(i)), values[i]);
    }
    return all;
  }

  private List<Finding> findings() {
    sample.metrics(new Metrics(requests, byBalancer, byTargets, healthy, memory));
    return Postures.of("observability").findings(sample.snapshot(), sample.goal());
  }

  private void found(String cause, Severity severity) {
    assertThat(findings())
        .extracting(Finding::cause, Finding::severity)
        .containsExactly(Tuple.tuple(cause, severity));
  }

  @Test
  void findsNothingInAQuietRollout() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void tellsOfErrorsThatOnlyTheLoadBalancerSaw() {
    byBalancer.put(502, minutes(0, 30, 0, 0));
    byBalancer.put(503, minutes(0, 5, 0, 0));
    found("obs-elb-5xx-invisible-to-app", Severity.MEDIUM);
    assertThat(findings().getFirst().explanation())
        .isEqualTo(
            "During the rollout the load balancer itself answered 30 times 502, 5 times 503, which"
                + " no log of the application shows.");
  }

  @Test
  void givesAFewErrorsAmongManyRequestsAsAdvice() {
    byBalancer.put(502, minutes(0, 3, 0, 0));
    found("obs-elb-5xx-invisible-to-app", Severity.LOW);
  }

  @Test
  void doesNotCountWhatFailedBeforeAnythingWasThere() {
    healthy.put("a", minutes(0, 0, 1, 2));
    healthy.put("b", minutes(0, 0, 2, 2));
    byBalancer.put(503, minutes(100, 100, 50, 0));
    assertThat(findings()).isEmpty();
  }

  @Test
  void doesNotBlameTheServiceForALoadBalancerThatServesOthers() {
    byBalancer.put(502, minutes(0, 300, 0, 0));
    sample.rules.add(Sample.forward("5", Sample.TARGET_GROUP + "other"));
    assertThat(findings()).isEmpty();
  }

  @Test
  void tellsOfErrorsOfTheTasksThemselves() {
    byTargets = minutes(0, 40, 40, 0);
    found("app-shallow-health", Severity.MEDIUM);
  }

  @Test
  void tellsOfAZoneThatStaysWithoutHealthyTarget() {
    healthy.put("b", minutes(2, 2, 0, 0));
    found("net-single-az", Severity.MEDIUM);
    healthy.put("b", minutes(2, 2, 0, 2));
    assertThat(findings()).isEmpty();
    healthy.put("b", minutes(2, 2, 2, 0));
    assertThat(findings()).isEmpty();
  }

  @Test
  void doesNotMindAnEmptyZoneOfAServiceOfOneTask() {
    healthy.put("b", minutes(0, 0, 0, 0));
    sample.service(s -> s.desiredCount(1));
    assertThat(findings()).extracting(Finding::cause).doesNotContain("net-single-az");
  }

  @Test
  void tellsOfMemoryThatIsNearlyUsedUp() {
    memory = OptionalDouble.of(97.4);
    found("td-memory-too-small", Severity.MEDIUM);
    memory = OptionalDouble.of(91);
    found("td-memory-too-small", Severity.LOW);
    memory = OptionalDouble.of(89);
    assertThat(findings()).isEmpty();
  }

  @Test
  void namesThePermissionWhenNothingMayBeRead() {
    sample.metrics(Metrics.NONE);
    sample.gap("cloudwatch:GetMetricData");
    assertThat(Postures.of("observability").judge(sample.snapshot(), sample.goal()).observed())
        .isEqualTo("missing permission cloudwatch:GetMetricData");
  }
}
