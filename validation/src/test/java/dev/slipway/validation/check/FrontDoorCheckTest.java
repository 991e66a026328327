package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;

// The SDK\'s builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class FrontDoorCheckTest {

  private static final String OTHER_GROUP = Sample.TARGET_GROUP.replace("/orders/", "/other/");

  private final Sample sample = new Sample();

  private Judgement judged() {
    return new FrontDoorCheck().judge(sample.snapshot(), sample.goal());
  }

  private Entrance entrance() {
    var snapshot = sample.snapshot();
    return Entrance.find(snapshot.frontDoor(), snapshot.rollout().service(), sample.wanted)
        .orElseThrow();
  }

  @Test
  void holdsWhenEveryAnswerIsRight() {
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
    assertThat(judged().observed())
        .isEqualTo("4 of 4 answers right at http://orders-1.eu-central-1.elb.amazonaws.com/");
  }

  @Test
  void waitsUntilSomethingHasBeenAsked() {
    sample.probe = Probe.NONE;
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
  }

  @ParameterizedTest
  @CsvSource({"502,HTTP 502", "0,timed out after 5 s"})
  void doesNotHoldOnAWrongAnswer(int status, String outcome) {
    sample.answers(status, 4, "");
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
    assertThat(judged().observed()).isEqualTo("0 of 4 answers right: " + outcome);
  }

  @Test
  void demandsTheWantedCommitInTheAnswer() {
    sample.wanted = sample.wanted.withCommit("f".repeat(40));
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
    sample.wanted = sample.wanted.withCommit(Sample.COMMIT);
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
  }

  @Test
  void doesNotHoldWhenOneAnswerComesFromAnOldBuild() {
    sample.wanted = sample.wanted.withBuild("1.2.3");
    sample.answers(200, 3, "version 1.2.3");
    var answers = new java.util.ArrayList<>(sample.probe.answers());
    answers.add(new Probe.Answer(200, "", "version 1.2.2", ""));
    sample.probe = new Probe(sample.probe.url(), sample.probe.startedAt(), answers);
    assertThat(judged().observed())
        .isEqualTo("3 of 4 answers right: the answer does not carry 1.2.3");
  }

  @Test
  void demandsTheWantedTextInTheBody() {
    sample.wanted = sample.wanted.withBody("all is well");
    sample.answers(200, 4, "all is ill");
    assertThat(judged())
        .isInstanceOfSatisfying(
            Judgement.NotYet.class,
            j -> assertThat(j.patience()).isEqualTo(Duration.ofSeconds(15)));
    assertThat(judged().observed())
        .isEqualTo("0 of 4 answers right: the answer's body does not carry 'all is well'");
    sample.answers(200, 4, "today all is well.");
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
  }

  @ParameterizedTest
  @CsvSource({
    "x-build,7,''",
    "X-BUILD,7,''",
    "X-Build,8,'the answer''s header X-Build is 7, not 8'",
    "X-Other,7,'the answer''s header X-Other is absent, not 7'",
  })
  void demandsTheWantedHeader(String name, String value, String wrong) {
    sample.wanted = sample.wanted.withHeaders(Map.of(name, value));
    sample.probe =
        new Probe(
            sample.probe.url(),
            sample.probe.startedAt(),
            List.of(new Probe.Answer(200, "", "", "", Map.of("X-Build", "7"))));
    assertThat(judged().observed())
        .isEqualTo(
            wrong.isEmpty()
                ? "1 of 1 answers right at http://orders-1.eu-central-1.elb.amazonaws.com/"
                : "0 of 1 answers right: " + wrong);
  }

  @Test
  void saysWhatIsExpectedOfAnAnswer() {
    sample.wanted =
        sample.wanted.withBody("all is well").withHeaders(Map.of("X-Build", "7", "A", "b"));
    assertThat(new FrontDoorCheck().expected(sample.goal()))
        .isEqualTo(
            "HTTP 200 from the service's own target group, with 'all is well' in its body, with"
                + " A: b, with X-Build: 7");
  }

  @Test
  void waitsForTheDeploymentWhileAnswersAreNotItsOwn() {
    sample.wanted = sample.wanted.withBody("all is well");
    sample.answers(502, 4, "");
    assertThat(judged())
        .isInstanceOfSatisfying(
            Judgement.NotYet.class, j -> assertThat(j.patience()).isEqualTo(Judgement.UNLIMITED));
  }

  @Test
  void takesALoadBalancersNameWithAPortAsItIs() {
    sample.balancer = sample.balancer.toBuilder().dnsName("127.0.3.1:8080").build();
    assertThat(entrance().url()).hasToString("http://127.0.3.1:8080/");
  }

  @Test
  void choosesAPathThatTheServicesRuleMatches() {
    sample.rules.clear();
    sample.rules.add(Sample.forward("default", OTHER_GROUP));
    sample.rules.add(
        Sample.forward("10", Sample.TARGET_GROUP).toBuilder()
            .conditions(c -> c.field("path-pattern").pathPatternConfig(p -> p.values("/api/*")))
            .build());
    assertThat(entrance().url()).hasToString("http://orders-1.eu-central-1.elb.amazonaws.com/api/");
    assertThat(entrance().serves()).isTrue();
  }

  @Test
  void sendsTheHostThatTheServicesRuleMatches() {
    sample.rules.clear();
    sample.rules.add(Sample.forward("default", OTHER_GROUP));
    sample.rules.add(
        Sample.forward("10", Sample.TARGET_GROUP).toBuilder()
            .conditions(
                c -> c.field("host-header").hostHeaderConfig(h -> h.values("Orders.example")))
            .build());
    assertThat(entrance().host()).isEqualTo("Orders.example");
    assertThat(entrance().serves()).isTrue();
  }

  @Test
  void seesARuleInFrontThatTakesTheRequest() {
    sample.rules.add(
        Sample.forward("1", OTHER_GROUP).toBuilder()
            .actions(Action.builder().type(ActionTypeEnum.FIXED_RESPONSE).build())
            .build());
    assertThat(entrance().serves()).isFalse();
    assertThat(judged().observed())
        .isEqualTo(
            "http://orders-1.eu-central-1.elb.amazonaws.com/ is taken by priority 1 fixed-response");
  }

  @Test
  void doesNotTakeAWeightOfZeroForForwarding() {
    sample.rules.set(
        0,
        sample.rules.getFirst().toBuilder()
            .actions(
                Action.builder()
                    .type(ActionTypeEnum.FORWARD)
                    .forwardConfig(f ->
                        f.targetGroups(
                            t -> t.targetGroupArn(Sample.TARGET_GROUP).weight(0),
                            t -> t.targetGroupArn(OTHER_GROUP).weight(1)))
                    .build())
            .build());
    assertThat(entrance().serves()).isFalse();
  }

  @Test
  void doesNotApplyToAServiceWithoutALoadBalancer() {
    sample.service(s -> s.loadBalancers(List.of()));
    assertThat(judged())
        .isEqualTo(new Judgement.Skipped("the service has no load balancer", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DescribeTargetGroups",
        "DescribeLoadBalancers",
        "DescribeListeners",
        "DescribeRules"
      })
  void doesNotPassOnAWayInThatMayNotBeRead(String action) {
    sample.gap("elasticloadbalancing:" + action);
    assertThat(judged())
        .isEqualTo(
            new Judgement.Skipped("missing permission elasticloadbalancing:" + action, true));
  }

  @Test
  void waitsOnlyShortlyForARuleThatLeadsToTheService() {
    sample.rules.set(0, Sample.forward("default", OTHER_GROUP));
    assertThat(judged())
        .isEqualTo(
            Judgement.notYet(
                "no listener rule leads to the service's target group",
                List.of(),
                Duration.ofSeconds(15)));
  }

  @Test
  void showsEveryAnswerAndWhatIsWrongWithIt() {
    sample.wanted = sample.wanted.withBuild("1.2.3");
    sample.answers(200, 1, "version 1.2.3");
    var answers = new java.util.ArrayList<>(sample.probe.answers());
    answers.add(new Probe.Answer(200, "", "version 1.2.2", ""));
    sample.probe = new Probe("http://orders.example/", sample.probe.startedAt(), answers);
    assertThat(judged().evidence())
        .containsExactly(
            "rule default forward",
            "GET http://orders.example/: HTTP 200",
            "GET http://orders.example/: HTTP 200, the answer does not carry 1.2.3");
  }

  @Test
  void knowsWhenThereIsAWayInAndNobodyAskedForWantOfTime() {
    FrontDoorCheck check = new FrontDoorCheck();
    assertThat(check.unasked(sample.snapshot(), sample.goal())).isFalse();
    sample.probe = Probe.NONE;
    assertThat(check.unasked(sample.snapshot(), sample.goal())).isTrue();
    sample.rules.set(0, Sample.forward("default", OTHER_GROUP));
    assertThat(check.unasked(sample.snapshot(), sample.goal())).isFalse();
  }
}
