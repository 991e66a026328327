package dev.slipway.validation.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.check.Judgement;
import dev.slipway.validation.observe.Bulk;
import dev.slipway.validation.observe.Bulk.HostCount;
import dev.slipway.validation.report.Verdict;
import dev.slipway.validation.suite.Choices;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

class BulkJudgeTest {

  private static final Instant NOW = Sample.NOW;

  private final Sample sample = new Sample();
  private Map<String, HostCount> hosts = Map.of();

  private BulkJudge.Finding judged() {
    Bulk bulk =
        new Bulk(
            Map.of(sample.wanted, sample.snapshot()), Map.of(), hosts, Map.copyOf(sample.gaps));
    return new BulkJudge(bulk, NOW).judge(sample.wanted, Choices.NORMAL, Duration.ofSeconds(1));
  }

  /** All started with the rollout, an hour ago, and nothing has happened since. */
  private void longAgo() {
    primary(d -> d.toBuilder().updatedAt(NOW.minus(Duration.ofHours(1))).build());
    sample.tasks.replaceAll(t -> t.toBuilder().startedAt(NOW.minus(Duration.ofHours(1))).build());
  }

  private void primary(UnaryOperator<Deployment> change) {
    sample.service =
        sample.service.toBuilder()
            .deployments(sample.service.deployments().stream().map(change).toList())
            .build();
  }

  private void events(String... newestFirst) {
    sample.service =
        sample.service.toBuilder()
            .events(
                Stream.of(newestFirst).map(m -> ServiceEvent.builder().message(m).build()).toList())
            .build();
  }

  @Test
  void leavesASoundServiceAloneAndPassesIt() {
    longAgo();
    assertThat(judged().odd()).isEmpty();
    assertThat(judged().report().verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void leavesASoundServiceAloneThoughNoTaskDefinitionWasRead() {
    longAgo();
    sample.definitions.clear();
    assertThat(judged().odd()).isEmpty();
    assertThat(judged().report().verdict()).isEqualTo(Verdict.PASS);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        neighbour(
            "trouble before it was last steady",
            t -> t.events("has reached a steady state.", "was unable to place a task.")),
        neighbour(
            "an event of scaling", t -> t.events("(service orders) has started 1 tasks: (task a)")),
        neighbour(
            "a task that came with the rollout",
            t ->
                t.sample.tasks.replaceAll(
                    k -> k.toBuilder().startedAt(NOW.minus(Duration.ofMinutes(61))).build())),
        neighbour(
            "a task that came long after the rollout, and long ago",
            t ->
                t.sample.tasks.replaceAll(
                    k -> k.toBuilder().startedAt(NOW.minus(Duration.ofMinutes(30))).build())),
        neighbour("no failed task", t -> t.primary(d -> d.toBuilder().failedTasks(0).build())));
  }

  static Stream<Arguments> odd() {
    return Stream.of(
        neighbour(
            "is unhealthy in",
            t -> t.events("(port 5000) is unhealthy in (target-group x)", "a steady state")),
        neighbour(
            "was unable to",
            t -> t.events("was unable to place a task", "has reached a steady state.")),
        neighbour(
            "started after the rollout",
            t ->
                t.sample.tasks.replaceAll(
                    k -> k.toBuilder().startedAt(NOW.minus(Duration.ofMinutes(5))).build())),
        neighbour(
            "3 tasks failed in deployment ecs-svc/2",
            t -> t.primary(d -> d.toBuilder().failedTasks(3).build())),
        neighbour(
            "its newest service deployment is not known", t -> t.sample.serviceDeployments.clear()),
        neighbour("tasks: 1 of 2 tasks run orders:2", t -> t.sample.tasks.removeLast()),
        neighbour("targets: orders: 1 of 2 tasks healthy", t -> t.sample.targets.removeLast()),
        neighbour("HTTP 502", t -> t.sample.answers(502, 1, "")));
  }

  private static Arguments neighbour(String name, Consumer<BulkJudgeTest> change) {
    return Arguments.arguments(name, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void takesNothingHarmlessForOdd(String name, Consumer<BulkJudgeTest> change) {
    longAgo();
    change.accept(this);
    assertThat(judged().odd()).as(name).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void odd(String why, Consumer<BulkJudgeTest> change) {
    longAgo();
    change.accept(this);
    assertThat(judged().odd().orElseThrow()).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "2,0,''",
    "1,1,'targets: orders: 1 healthy hosts, 1 unhealthy, 2 tasks'",
    "1,0,'targets: orders: 1 healthy hosts, 0 unhealthy, 2 tasks'",
    "3,0,'targets: orders: 3 healthy hosts, 0 unhealthy, 2 tasks'",
    "2,1,'targets: orders: 2 healthy hosts, 1 unhealthy, 2 tasks'",
  })
  void countsHostsWhereTargetsWereNotRead(int healthy, int unhealthy, String odd) {
    longAgo();
    sample.targets.clear();
    hosts = Map.of(Sample.TARGET_GROUP, new HostCount(healthy, unhealthy, NOW));
    Optional<String> found =
        new HostCountCheck(hosts).judge(sample.snapshot(), sample.goal())
                instanceof Judgement.NotYet n
            ? Optional.of("targets: " + n.observed())
            : Optional.empty();
    assertThat(found.map(f -> f.startsWith(odd) && !odd.isEmpty()).orElse(odd.isEmpty())).isTrue();
  }

  @Test
  void looksCloselyAtAGroupThatCloudWatchDoesNotCount() {
    hosts = Map.of("another", new HostCount(2, 0, NOW));
    assertThat(new HostCountCheck(hosts).judge(sample.snapshot(), sample.goal()).observed())
        .isEqualTo("CloudWatch counts no hosts of orders");
  }

  @Test
  void doesNotAskMoreWhereReadingIsNotAllowed() {
    longAgo();
    sample.tasks.clear();
    sample.gap("ecs:ListTasks");
    assertThat(judged().odd()).isEmpty();
    assertThat(judged().report().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judged().report().reason()).isEqualTo("tasks: missing permission ecs:ListTasks");
    assertThat(judged().report().unread()).isEqualTo(List.of("missing permission ecs:ListTasks"));
  }
}
