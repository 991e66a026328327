package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Requests;
import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Metrics;
import dev.slipway.validation.observe.Posture;
import dev.slipway.validation.observe.Surroundings;
import dev.slipway.validation.observe.Traffic.Origin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeDiagnosisTest {

  private final Sample sample = new Sample();

  private List<String> causes(Requests requests) {
    sample.traffic = requests.traffic();
    return Diagnosis.of(sample.snapshot(), sample.goal()).stream().map(Cause::id).toList();
  }

  static Stream<Arguments> told() {
    return Stream.of(
        Arguments.of(
            "app-exits-before-deregistered",
            new Requests().leaving(20, 40).fail(25, 28, 2, 502, Origin.BALANCER)),
        Arguments.of(
            "app-exits-before-deregistered",
            new Requests().leaving(20, 40).fail(25, 26, 2, 503, Origin.TARGET)),
        Arguments.of(
            "app-keepalive-shorter-than-alb", new Requests().fail(5, 58, 70, 502, Origin.BALANCER)),
        Arguments.of(
            "app-keepalive-shorter-than-alb",
            new Requests().leaving(20, 40).fail(2, 58, 50, 502, Origin.BALANCER)),
        Arguments.of(
            "alb-deploy-window-no-healthy-target",
            new Requests().nobodyHealthy(20, 25).fail(19, 25, 1, 503, Origin.BALANCER)),
        Arguments.of("app-shallow-health", new Requests().fail(30, 60, 2, 500, Origin.TARGET)),
        Arguments.of("app-shallow-health", new Requests().fail(0.9, 60, 10, 500, Origin.TARGET)),
        Arguments.of(
            "app-shallow-health",
            new Requests().leaving(20, 40).fail(45, 60, 2, 500, Origin.TARGET)),
        Arguments.of(
            "app-schema-newer-than-code-after-rollback",
            new Requests().rolledBack(30).fail(32, 60, 1, 500, Origin.TARGET)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("told")
  void tellsByTheCircumstancesWhyRequestsFailed(String cause, Requests requests) {
    assertThat(causes(requests)).containsExactly(cause);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        Arguments.of("all is well", new Requests()),
        Arguments.of("a rollout without failures", new Requests().leaving(20, 40)),
        Arguments.of(
            "a moment without healthy targets that no request noticed",
            new Requests().nobodyHealthy(20, 21)),
        Arguments.of(
            "a task that ended by itself takes its requests along: that is another cause's",
            new Requests().crash(22).fail(20, 21, 1, 502, Origin.BALANCER)),
        Arguments.of(
            "a client that cannot connect", new Requests().fail(20, 25, 1, 0, Origin.NOBODY)),
        Arguments.of(
            "a single 502 that nothing explains",
            new Requests().fail(20, 20.1, 1, 502, Origin.BALANCER)),
        Arguments.of(
            "an application that never answers is not one that closes idle connections",
            new Requests().fail(10, 60, 1, 502, Origin.BALANCER)),
        Arguments.of(
            "a few errors of the application among many answers",
            new Requests().fail(10, 60, 60, 500, Origin.TARGET)),
        Arguments.of(
            "one request in five, which is more than idle connections spoil",
            new Requests().fail(0.4, 60, 5, 502, Origin.BALANCER)),
        Arguments.of(
            "errors of the application while a task is stopped",
            new Requests().leaving(20, 40).fail(21, 39, 2, 500, Origin.TARGET)),
        Arguments.of(
            "errors of the application while no target is healthy",
            new Requests().nobodyHealthy(20, 40).fail(21, 39, 2, 500, Origin.TARGET)),
        Arguments.of(
            "a task that ended by itself while another was being stopped",
            new Requests().leaving(20, 50).crash(32).fail(30, 31, 1, 502, Origin.BALANCER)),
        Arguments.of(
            "a fixed response that says 503", new Requests().fail(30, 60, 2, 503, Origin.RULE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void blamesNobodyFor(String what, Requests requests) {
    assertThat(causes(requests)).as(what).isEmpty();
  }

  @Test
  void blamesTheMinimumWhenTheSchedulerWasAllowedToStopEverything() {
    sample.service(
        s -> s.deploymentConfiguration(d -> d.minimumHealthyPercent(0).maximumPercent(100)));
    assertThat(causes(new Requests().nobodyHealthy(20, 25).fail(19, 25, 1, 503, Origin.BALANCER)))
        .containsExactly("svc-min-zero-downtime");
  }

  private void deregistrationDelay(String seconds) {
    sample.posture =
        new Posture(
            false,
            Optional.empty(),
            "",
            Map.of(),
            Map.of(Sample.TARGET_GROUP, Map.of("deregistration_delay.timeout_seconds", seconds)),
            Map.of(),
            Map.of(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Surroundings.NO_NETWORK,
            Map.of(),
            List.of(),
            Metrics.NONE,
            Sample.NOW);
  }

  /** Those that took as long as the delay, but a second, and longer than a moment. */
  @ParameterizedTest
  @CsvSource({
    "5,5200,app-request-longer-than-drain",
    "5,4000,app-request-longer-than-drain",
    "5,3999,app-exits-before-deregistered",
    "2,2001,app-request-longer-than-drain",
    "2,2000,app-exits-before-deregistered",
    "never,5200,app-exits-before-deregistered",
  })
  void tellsRequestsThatOutlastTheDrainFromTasksThatEndTooSoon(
      String seconds, long took, String id) {
    deregistrationDelay(seconds);
    assertThat(causes(new Requests().leaving(20, 40).fail(25, 26, 3, 502, Origin.BALANCER, took)))
        .containsExactly(id);
  }

  @Test
  void blamesBothWhenTasksEndTooSoonAndConnectionsDieAtRandom() {
    assertThat(
            causes(
                new Requests()
                    .leaving(30, 34)
                    .fail(2, 58, 60, 502, Origin.BALANCER)
                    .fail(31, 33, 1, 502, Origin.BALANCER)))
        .containsExactly("app-keepalive-shorter-than-alb", "app-exits-before-deregistered");
  }

  @Test
  void blamesOldTasksThatStillAnswerWhileTheyDrain() {
    sample.targets.add(Sample.target("10.0.1.9", "draining", null));
    assertThat(causes(new Requests().completeAt(30).otherBuild(40, 42, 2)))
        .containsExactly("alb-draining-old-tasks-still-serve");
  }

  @Test
  void blamesNoOldTasksWhereNoneDrains() {
    assertThat(causes(new Requests().completeAt(30).otherBuild(40, 42, 2))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"25.5,5,", "25.6,5,and 1 more", "28,5,and 25 more"})
  void showsTheFirstRequestsThatFailed(double to, int shown, String more) {
    sample.traffic = new Requests().leaving(20, 40).fail(25, to, 1, 502, Origin.BALANCER).traffic();
    List<String> evidence = Diagnosis.of(sample.snapshot(), sample.goal()).getFirst().evidence();
    assertThat(evidence.getFirst())
        .isEqualTo("request at 2026-11-23T12:00:25Z: HTTP 502 by the load balancer");
    assertThat(evidence).filteredOn(e -> e.startsWith("request at")).hasSize(shown);
    assertThat(evidence)
        .filteredOn(e -> !e.startsWith("request at"))
        .isEqualTo(more == null ? List.of() : List.of(more));
  }
}
