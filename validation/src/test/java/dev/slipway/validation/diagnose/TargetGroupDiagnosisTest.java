package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Probe;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/** What is said of a target group, and what shows it. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class TargetGroupDiagnosisTest extends Diagnosed {

  private static final String OTHER = Sample.TARGET_GROUP.replace("orders", "payments");
  private static final String OUTSIDE =
      "Target is in an Availability Zone that is not enabled for the load balancer";

  private void registersIn(String group) {
    sample.service(s ->
        s.loadBalancers(l -> l.targetGroupArn(group).containerName("app").containerPort(5000)));
  }

  private List<String> ids(String prefix) {
    return ids().stream().filter(i -> i.startsWith(prefix)).toList();
  }

  @Test
  void namesATargetGroupThatIsNotThere() {
    registersIn(OTHER);
    assertThat(ids()).contains("alb-target-group-missing");
    Cause cause = named("alb-target-group-missing");
    assertThat(cause.decisive()).isFalse();
    assertThat(cause.explanation())
        .isEqualTo(
            "Service orders registers its tasks in target group payments, which does not exist.");
    sample.event("failed to register targets in (target-group x) with (error TargetGroupNotFound)");
    assertThat(named("alb-target-group-missing").decisive()).isTrue();
    assertThat(named("alb-target-group-missing").evidence()).hasSize(1);
  }

  private Cause named(String id) {
    return causes().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void missesNoTargetGroupThatItMayNotRead() {
    registersIn(OTHER);
    sample.gap("elasticloadbalancing:DescribeTargetGroups");
    assertThat(ids()).doesNotContain("alb-target-group-missing");
  }

  @Test
  void missesNoTargetGroupThatIsThereThoughItCouldNotBeRegisteredWith() {
    sample.event("failed to register targets in (target-group x) with (error Throttling)");
    assertThat(ids()).doesNotContain("alb-target-group-missing");
  }

  @ParameterizedTest
  @CsvSource({"unused,alb-zone-not-enabled", "draining,"})
  void showsWhatTheLoadBalancerSaysOfATargetOutsideItsZones(String state, String id) {
    sample.targets.set(1, Sample.target("10.0.2.10", state, OUTSIDE));
    assertThat(ids("alb-zone")).isEqualTo(id == null ? List.of() : List.of(id));
    if (id != null) {
      assertThat(first().evidence()).containsExactly("target 10.0.2.10:5000 unused: " + OUTSIDE);
    }
  }

  @Test
  void showsTheStateOfATargetOfWhichNothingElseIsSaid() {
    sample.targets.add(Sample.target("10.0.9.9", "healthy", null));
    assertThat(first().evidence()).containsExactly("target 10.0.9.9:5000 healthy");
  }

  @Test
  void showsWhereATaskRunsThatIsNoTarget() {
    sample.targets.remove(1);
    assertThat(first().evidence()).containsExactly("task task2 at 10.0.2.10");
  }

  /** ECS may be about to register it, or when it came is not known. */
  @ParameterizedTest
  @CsvSource({"2026-11-23T12:00:00Z,true", "2026-11-23T12:00:01Z,false", ",false"})
  void missesNoTargetOfATaskThatMayBeTooYoung(Instant created, boolean missed) {
    sample.targets.remove(1);
    sample.tasks.set(1, sample.tasks.get(1).toBuilder().createdAt(created).build());
    assertThat(ids().contains("alb-target-missing")).isEqualTo(missed);
  }

  @Test
  void missesNoTargetWhenTheEndOfTheRolloutIsNotKnown() {
    sample.targets.remove(1);
    sample.service(s ->
        s.deployments(
            Sample.deployment("ecs-svc/2", "PRIMARY", 2, DeploymentRolloutState.COMPLETED)
                .toBuilder()
                .updatedAt(null)
                .build()));
    assertThat(ids()).doesNotContain("alb-target-missing");
  }

  private void forwards(TargetGroupTuple... groups) {
    sample.rules.clear();
    sample.rules.add(
        Sample.forward("default", OTHER).toBuilder()
            .actions(
                Action.builder()
                    .type(ActionTypeEnum.FORWARD)
                    .forwardConfig(f -> f.targetGroups(groups))
                    .build())
            .build());
  }

  private static TargetGroupTuple group(String arn, int weight) {
    return TargetGroupTuple.builder().targetGroupArn(arn).weight(weight).build();
  }

  @Test
  void tellsAWeightOfZeroFromNoRuleAtAll() {
    forwards(group(OTHER, 1), group(Sample.TARGET_GROUP, 0));
    assertThat(named("alb-no-rule-for-service").explanation())
        .isEqualTo(
            "The only rule that forwards to target group orders gives it the weight 0, so it gets no"
                + " request.");
    forwards(group(OTHER, 1));
    assertThat(named("alb-no-rule-for-service").explanation())
        .isEqualTo(
            "No listener rule forwards to target group orders, so the service gets no request.");
    forwards(group(OTHER, 99), group(Sample.TARGET_GROUP, 1));
    assertThat(ids()).doesNotContain("alb-no-rule-for-service");
  }

  /** The listeners of a Network Load Balancer have no rules. */
  @Test
  void looksForNoRulesOfANetworkLoadBalancer() {
    sample.rules.clear();
    assertThat(ids()).contains("alb-no-rule-for-service");
    sample.balancer = sample.balancer.toBuilder().type(LoadBalancerTypeEnum.APPLICATION).build();
    assertThat(ids()).contains("alb-no-rule-for-service");
    sample.balancer = sample.balancer.toBuilder().type(LoadBalancerTypeEnum.NETWORK).build();
    assertThat(ids()).doesNotContain("alb-no-rule-for-service");
  }

  private void answer(int... statuses) {
    sample.probe =
        new Probe(
            "http://orders.example/",
            Sample.NOW,
            java.util.Arrays.stream(statuses)
                .mapToObj(s -> new Probe.Answer(s, "", "", s == 0 ? "timed out after 5 s" : ""))
                .toList());
  }

  @Test
  void showsAnAnswerThatUnfitTargetsGave() {
    unhealthy("Health checks failed with these codes: [503]");
    answer(503, 200, 503);
    assertThat(named("alb-fail-open").evidence())
        .contains(
            "target 10.0.1.10:5000 unhealthy: Health checks failed with these codes: [503]",
            "GET http://orders.example/: HTTP 200");
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 0, 404})
  void seesNoFailOpenWhereNothingIsAnswered(int status) {
    unhealthy("Health checks failed with these codes: [503]");
    answer(status);
    assertThat(ids()).doesNotContain("alb-fail-open");
  }

  @Test
  void seesNoFailOpenWhereAllTargetsAreOnlyLeaving() {
    sample.targets.replaceAll(t -> Sample.target(t.target().id(), "draining", null));
    assertThat(ids()).doesNotContain("alb-fail-open");
    sample.targets.set(0, Sample.target("10.0.1.10", "unhealthy", "Request timed out"));
    assertThat(ids()).contains("alb-fail-open");
  }
}
