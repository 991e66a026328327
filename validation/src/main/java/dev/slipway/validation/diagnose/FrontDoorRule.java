package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Builds;
import dev.slipway.validation.check.FrontDoorCheck;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.Probe;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** What keeps requests from a service that is otherwise sound. */
final class FrontDoorRule implements Rule {

  @Override
  public List<Cause> look(Case seen) {
    Optional<Entrance> entrance =
        Entrance.find(seen.snapshot().frontDoor(), seen.service(), seen.goal().wanted());
    if (entrance.isEmpty()) {
      return List.of();
    }
    if (!entrance.get().serves()) {
      return List.of(taken(seen, entrance.get()));
    }
    return closed(seen, entrance.get())
        .or(() -> Answers.wrong(seen, entrance.get()))
        .or(() -> oldBuild(seen))
        .stream()
        .toList();
  }

  private static Cause taken(Case seen, Entrance entrance) {
    boolean forwards = !Entrance.forwardsTo(entrance.rule()).isEmpty();
    return new Cause(
        forwards ? "alb-rule-shadowed" : "alb-probe-answered-by-fixed-response",
        entrance.rule().ruleArn(),
        "Requests for %s are taken by the rule with %s, which does not forward to service %s."
            .formatted(
                entrance.url(),
                FrontDoorCheck.describe(entrance.rule()),
                seen.service().serviceName()),
        new Fix(
            "give the service's rule a lower priority number than that rule, or narrow that rule",
            "resource \"aws_lb_listener_rule\" \"this\" {\n  priority = 1\n}",
            "aws elbv2 describe-rules --listener-arn %s\naws elbv2 set-rule-priorities --rule-priorities RuleArn=SERVICE_RULE,Priority=1"
                .formatted(entrance.listener().listenerArn())),
        List.of("rule " + entrance.rule().ruleArn()),
        Rank.FRONT_DOOR,
        true);
  }

  /** No connection at all: does the load balancer's group or network let clients in? */
  private static Optional<Cause> closed(Case seen, Entrance entrance) {
    Probe probe = seen.snapshot().probe();
    Optional<LoadBalancer> balancer =
        seen.snapshot().frontDoor().loadBalancer(entrance.listener().loadBalancerArn());
    boolean silent = probe.made() && probe.answers().stream().allMatch(a -> a.status() == 0);
    if (!silent
        || balancer.isEmpty()
        || !"internet-facing".equals(balancer.get().schemeAsString())
        || !seen.snapshot().surroundings().read()) {
      return Optional.empty();
    }
    int port = entrance.listener().port();
    return LoadBalancerPath.fromInternet(
            seen.snapshot().surroundings().network(), balancer.get(), port)
        .filter(o -> LoadBalancerPath.CLOSES.containsKey(o.kind()))
        .map(o ->
            LoadBalancerPath.closed(
                seen.snapshot().surroundings().network(),
                o,
                port,
                List.of("GET " + probe.url() + ": " + probe.answers().getFirst().outcome())));
  }

  /** All is as it should be, and yet the answers are another build's. */
  private static Optional<Cause> oldBuild(Case seen) {
    Probe probe = seen.snapshot().probe();
    String wanted = Builds.wanted(seen.goal());
    boolean old =
        probe.made()
            && probe.answers().stream()
                .allMatch(a -> a.status() == 200 && !Builds.carries(a.body(), seen.goal()));
    // Where another image runs than the wanted one, that is why.
    if (wanted.isEmpty()
        || !seen.rolledOut()
        || !old
        || !new DeployedImageRule().look(seen).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Cause(
            "app-serves-old-build",
            seen.goal().image(),
            "%s is rolled out, but its answers do not carry %s: the image holds another build."
                .formatted(seen.goal().revision(), wanted),
            new Fix(
                "build the image from the wanted commit, and deploy it by its digest",
                "image = \"${aws_ecr_repository.this.repository_url}@${var.image_digest}\"",
                "docker push %s".formatted(seen.goal().image().replaceFirst("[@].*", ""))),
            List.of("GET " + probe.url() + ": " + brief(probe.answers().getFirst().body())),
            Rank.FRONT_DOOR,
            Answers.allItsOwn(seen)));
  }

  private static String brief(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
