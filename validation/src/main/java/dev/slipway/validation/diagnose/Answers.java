package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Tasks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Answers of the service itself that are not 200, while its targets pass their health checks. */
final class Answers {

  /** How ELB names itself in answers that it makes itself. Source: ELB user guide. */
  private static final String BALANCER = "awselb";

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private Answers() {}

  /**
   * Requests that the load balancer turns away by itself, though its rule forwards them: 403 comes
   * from a web ACL, 401 from a rule that authenticates. Source: ELB user guide,
   * load-balancer-troubleshooting, HTTP 401 and 403.
   */
  private static Optional<Cause> turnedAway(Case seen, Entrance entrance) {
    Probe probe = seen.snapshot().probe();
    int status = probe.made() ? probe.answers().getFirst().status() : 0;
    boolean always =
        (status == FORBIDDEN || status == UNAUTHORIZED)
            && probe.answers().stream()
                .allMatch(a -> a.status() == status && a.server().startsWith(BALANCER));
    if (!always) {
      return Optional.empty();
    }
    String balancer = entrance.listener().loadBalancerArn();
    boolean acl = status == FORBIDDEN;
    return Optional.of(
        new Cause(
            "alb-waf-or-auth-blocks-users",
            acl ? balancer : entrance.rule().ruleArn(),
            "The load balancer itself answers %s with HTTP %d: %s, and no request reaches service %s."
                .formatted(
                    probe.url(),
                    status,
                    acl
                        ? "a web ACL of AWS WAF blocks it"
                        : "a rule that authenticates turns it away",
                    seen.service().serviceName()),
            acl
                ? new Fix(
                    "let the web ACL allow what people ask for: its default action, or the rule that blocks",
                    "resource \"aws_wafv2_web_acl\" \"this\" {\n  default_action {\n    allow {}\n  }\n}",
                    "aws wafv2 get-web-acl-for-resource --resource-arn " + balancer)
                : new Fix(
                    "let the rule's authenticate action send people to log in, or ask with a session",
                    "authenticate_oidc {\n  on_unauthenticated_request = \"authenticate\"\n}",
                    "aws elbv2 describe-rules --listener-arn " + entrance.listener().listenerArn()),
            List.of(
                "GET %s: %s, Server: %s"
                    .formatted(
                        probe.url(),
                        probe.answers().getFirst().outcome(),
                        probe.answers().getFirst().server())),
            Rank.FRONT_DOOR,
            true));
  }

  static Optional<Cause> wrong(Case seen, Entrance entrance) {
    return turnedAway(seen, entrance).or(() -> ofItsOwn(seen, entrance));
  }

  private static Optional<Cause> ofItsOwn(Case seen, Entrance entrance) {
    Probe probe = seen.snapshot().probe();
    int status = probe.made() ? probe.answers().getFirst().status() : 0;
    boolean same =
        status != 0
            && status != 200
            && probe.answers().stream().allMatch(a -> kind(a.status()) == kind(status))
            && probe.answers().stream().noneMatch(a -> a.server().startsWith(BALANCER));
    if (!same || !seen.rolledOut() || !healthy(seen)) {
      return Optional.empty();
    }
    return Optional.of(status >= 500 ? shallow(seen, probe) : other(seen, entrance, probe));
  }

  private static int kind(int status) {
    return status / 100;
  }

  /** All the service's own targets, and at least one. */
  private static boolean healthy(Case seen) {
    List<TargetHealthDescription> own = targets(seen).get(true);
    return !own.isEmpty()
        && own.stream().allMatch(t -> "healthy".equals(t.targetHealth().stateAsString()));
  }

  /** Whether nobody but healthy tasks of the wanted revision can have answered. */
  static boolean allItsOwn(Case seen) {
    return seen.rolledOut() && healthy(seen) && targets(seen).get(false).isEmpty();
  }

  /** All targets, by whether they are running tasks of the wanted revision. */
  private static Map<Boolean, List<TargetHealthDescription>> targets(Case seen) {
    List<String> own = seen.running().stream().flatMap(t -> Tasks.ip(t).stream()).toList();
    return seen.snapshot().frontDoor().health().values().stream()
        .flatMap(List::stream)
        .collect(Collectors.partitioningBy(t -> own.contains(t.target().id())));
  }

  private static Cause shallow(Case seen, Probe probe) {
    String path =
        seen.snapshot().frontDoor().targetGroups().stream()
            .findFirst()
            .map(TargetGroup::healthCheckPath)
            .orElse("/");
    return new Cause(
        "app-shallow-health",
        seen.goal().taskDefinition(),
        "The targets pass their health check at %s, and requests get %s: the check does not see what is broken."
            .formatted(path, probe.answers().getFirst().outcome()),
        new Fix(
            "read the application's log for what it lacks, and let the health check fail without it",
            "health_check {\n  path = \"/health/ready\"  # asks for what requests need\n}",
            "aws logs tail LOG_GROUP --since 10m"),
        List.of("GET " + probe.url() + ": " + probe.answers().getFirst().outcome()),
        Rank.FRONT_DOOR,
        true);
  }

  private static Cause other(Case seen, Entrance entrance, Probe probe) {
    String outcome = probe.answers().getFirst().outcome();
    return new Cause(
        "app-answers-not-200",
        entrance.rule().ruleArn(),
        "The service's own tasks answer %s with %s.".formatted(probe.url(), outcome),
        new Fix(
            "ask for an address that the service answers with 200",
            "# nothing to change when the address was not meant to answer 200",
            "slipway verify --cluster %s --service %s --url http://HOST/PATH"
                .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
        List.of("GET " + probe.url() + ": " + outcome),
        Rank.FRONT_DOOR,
        true);
  }
}
