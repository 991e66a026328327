package dev.slipway.validation.check;

import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** The rule that takes the request leads to the service, and every answer is the wanted build's. */
public final class FrontDoorCheck implements Check {

  private static final Duration LAG = Duration.ofSeconds(15);

  @Override
  public String id() {
    return "front-door";
  }

  @Override
  public String title() {
    return "it answers through the load balancer";
  }

  @Override
  public String expected(Goal goal) {
    String build = Builds.wanted(goal);
    return "HTTP 200 from the service's own target group"
        + (build.isEmpty() ? "" : ", carrying " + build)
        + Expectations.of(goal.wanted());
  }

  @Override
  public Judgement judge(Snapshot snapshot, Goal goal) {
    if (snapshot.rollout().service().loadBalancers().isEmpty()) {
      return new Judgement.Skipped("the service has no load balancer", false);
    }
    Optional<Gap> gap =
        snapshot
            .gap("elasticloadbalancing:DescribeTargetGroups")
            .or(() -> snapshot.gap("elasticloadbalancing:DescribeLoadBalancers"))
            .or(() -> snapshot.gap("elasticloadbalancing:DescribeListeners"))
            .or(() -> snapshot.gap("elasticloadbalancing:DescribeRules"));
    if (gap.isPresent()) {
      return new Judgement.Skipped(gap.get().sentence(), true);
    }
    Optional<Entrance> entrance =
        Entrance.find(snapshot.frontDoor(), snapshot.rollout().service(), goal.wanted());
    if (entrance.isEmpty()) {
      return Judgement.notYet(
          "no listener rule leads to the service's target group", List.of(), LAG);
    }
    if (!entrance.get().serves()) {
      return Judgement.notYet(
          entrance.get().url() + " is taken by " + describe(entrance.get().rule()),
          List.of("rule " + entrance.get().rule().ruleArn()),
          LAG);
    }
    return answers(snapshot.probe(), entrance.get(), goal);
  }

  /** Whether the way in is there and no request has been sent along it, for want of time. */
  public boolean unasked(Snapshot snapshot, Goal goal) {
    return !snapshot.probe().made()
        && Entrance.find(snapshot.frontDoor(), snapshot.rollout().service(), goal.wanted())
            .filter(Entrance::serves)
            .isPresent();
  }

  private static Judgement answers(Probe probe, Entrance entrance, Goal goal) {
    if (!probe.made()) {
      return Judgement.notYet("no answer yet from " + entrance.url(), List.of());
    }
    List<String> evidence = new ArrayList<>();
    evidence.add("rule " + describe(entrance.rule()));
    int good = 0;
    boolean served = true;
    String trouble = "";
    for (Probe.Answer answer : probe.answers()) {
      String wrong = wrong(answer, goal);
      evidence.add(
          "GET " + probe.url() + ": " + answer.outcome() + (wrong.isEmpty() ? "" : ", " + wrong));
      if (wrong.isEmpty()) {
        good++;
      } else {
        trouble = wrong;
        served &= wrong.equals(Expectations.missing(answer, goal.wanted()));
      }
    }
    String counts = "%d of %d answers right".formatted(good, probe.answers().size());
    return trouble.isEmpty()
        ? Judgement.holds(counts + " at " + probe.url(), evidence)
        // The right build will not learn to say something else.
        : Judgement.notYet(counts + ": " + trouble, evidence, served ? LAG : Judgement.UNLIMITED);
  }

  private static String wrong(Probe.Answer answer, Goal goal) {
    if (answer.status() != 200) {
      return answer.outcome();
    }
    String build = Builds.wanted(goal);
    return build.isEmpty() || Builds.carries(answer.body(), goal)
        ? Expectations.missing(answer, goal.wanted())
        : "the answer does not carry " + build;
  }

  /** A rule in a few words. */
  public static String describe(Rule rule) {
    String priority =
        Boolean.TRUE.equals(rule.isDefault()) ? "default" : "priority " + rule.priority();
    String action =
        rule.actions().stream().map(a -> a.typeAsString()).findFirst().orElse("no action");
    return priority + " " + action;
  }
}
