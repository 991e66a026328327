package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Certificate;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** How the load balancer is set up. */
final class FrontDoorAspects {

  private static final Duration SOON = Duration.ofDays(14);
  private static final String LISTENERS = "elasticloadbalancing:DescribeListeners";
  private static final String GROUPS = "elasticloadbalancing:DescribeTargetGroups";

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(FrontDoorAspects::certificates, LISTENERS, "acm:DescribeCertificate"),
          Aspect.of(FrontDoorAspects::plaintext, LISTENERS),
          Aspect.of(FrontDoorAspects::matcher, GROUPS),
          Aspect.of(
              FrontDoorAspects::stickiness, "elasticloadbalancing:DescribeTargetGroupAttributes"),
          Aspect.of(FrontDoorAspects::drain, "elasticloadbalancing:DescribeTargetGroupAttributes"),
          Aspect.of(
              FrontDoorAspects::accessLogs, "elasticloadbalancing:DescribeLoadBalancerAttributes"));

  private FrontDoorAspects() {}

  private static boolean https(Listener listener) {
    return listener.protocol() == ProtocolEnum.HTTPS;
  }

  private static List<Finding> certificates(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (Listener listener : snapshot.frontDoor().listeners()) {
      List<Certificate> known =
          listener.certificates().stream()
              .flatMap(c ->
                  Optional.ofNullable(snapshot.posture().certificates().get(c.certificateArn()))
                      .stream())
              .toList();
      for (Certificate certificate : known) {
        trouble(certificate, snapshot.observedAt())
            .ifPresent(t -> found.add(certificate(certificate, t)));
      }
      mismatch(snapshot, goal, listener, known).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<String> trouble(Certificate certificate, Instant now) {
    if (!"ISSUED".equals(certificate.status())) {
      return Optional.of("is " + certificate.status());
    }
    Instant end = certificate.notAfter();
    if (end == null || end.isAfter(now.plus(SOON))) {
      return Optional.empty();
    }
    return Optional.of((end.isAfter(now) ? "ends on " : "ended on ") + end);
  }

  /** Only a host that the user names can be held against the names of the certificate. */
  private static Optional<Finding> mismatch(
      Snapshot snapshot, Goal goal, Listener listener, List<Certificate> known) {
    Optional<String> host =
        goal.wanted().address().filter(u -> "https".equals(u.getScheme())).map(u -> u.getHost());
    boolean addressed =
        Entrance.find(snapshot.frontDoor(), snapshot.rollout().service(), goal.wanted())
            .map(e -> e.listener().listenerArn().equals(listener.listenerArn()))
            .orElse(false);
    if (host.isEmpty()
        || !addressed
        || known.isEmpty()
        || known.stream().anyMatch(c -> c.covers(host.get()))) {
      return Optional.empty();
    }
    return Optional.of(
        certificate(
            known.getFirst(),
            "is for %s, not for %s"
                .formatted(String.join(", ", known.getFirst().names()), host.get())));
  }

  private static Finding certificate(Certificate certificate, String trouble) {
    return new Finding(
        "alb-cert-wrong-or-expiring",
        Severity.HIGH,
        certificate.arn(),
        "The certificate of the HTTPS listener %s.".formatted(trouble),
        "put a valid certificate on the listener",
        "certificate_arn = aws_acm_certificate_validation.this.certificate_arn",
        "aws elbv2 modify-listener --listener-arn LISTENER --certificates CertificateArn=NEW_CERTIFICATE",
        List.of("certificate " + certificate.arn() + " " + trouble));
  }

  /** Whether a rule leads to the service itself; what leads elsewhere is others' business. */
  private static boolean byRule(FrontDoor front, Listener listener) {
    return front.rules().getOrDefault(listener.listenerArn(), List.of()).stream()
        .filter(r -> !Boolean.TRUE.equals(r.isDefault()) && !"default".equals(r.priority()))
        .flatMap(r -> Entrance.forwardsTo(r).stream())
        .anyMatch(arn -> front.targetGroup(arn).isPresent());
  }

  private static List<Finding> plaintext(Snapshot snapshot, Goal goal) {
    FrontDoor front = snapshot.frontDoor();
    boolean secured = front.listeners().stream().anyMatch(FrontDoorAspects::https);
    List<Finding> found = new ArrayList<>();
    for (Listener listener : front.listeners()) {
      boolean byDefault =
          listener.defaultActions().stream().anyMatch(a -> a.type() == ActionTypeEnum.FORWARD);
      if (listener.protocol() != ProtocolEnum.HTTP || !(byDefault || byRule(front, listener))) {
        continue;
      }
      if (secured) {
        found.add(
            new Finding(
                "alb-http-not-redirected",
                Severity.MEDIUM,
                listener.listenerArn(),
                "Port %d serves plain HTTP although the load balancer has an HTTPS listener."
                    .formatted(listener.port()),
                "redirect it to HTTPS",
                "default_action {\n  type = \"redirect\"\n  redirect {\n    port        = \"443\"\n    protocol    = \"HTTPS\"\n    status_code = \"HTTP_301\"\n  }\n}",
                "aws elbv2 modify-listener --listener-arn %s --default-actions 'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'"
                    .formatted(listener.listenerArn()),
                List.of(
                    (byDefault ? "default action" : "a rule with action")
                        + " forward on port "
                        + listener.port())));
      } else if ("internet-facing".equals(scheme(front, listener))) {
        found.add(
            new Finding(
                "sec-unencrypted-listener-only",
                Severity.LOW,
                listener.loadBalancerArn(),
                "The load balancer has no HTTPS listener: what clients send can be read on the way.",
                "add an HTTPS listener with a certificate",
                "certificate_arn = aws_acm_certificate.this.arn",
                "aws elbv2 create-listener --load-balancer-arn %s --protocol HTTPS --port 443 --certificates CertificateArn=CERTIFICATE --default-actions Type=forward,TargetGroupArn=TARGET_GROUP"
                    .formatted(listener.loadBalancerArn()),
                List.of("listeners: HTTP only")));
      }
    }
    return found;
  }

  private static String scheme(FrontDoor front, Listener listener) {
    return front
        .loadBalancer(listener.loadBalancerArn())
        .map(b -> Aspects.text(b.schemeAsString()))
        .orElse("");
  }

  private static List<Finding> matcher(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (TargetGroup group : snapshot.frontDoor().targetGroups()) {
      String codes = group.matcher() == null ? "" : Aspects.text(group.matcher().httpCode());
      if (acceptsErrors(codes)) {
        found.add(
            new Finding(
                "alb-health-matcher-too-wide",
                Severity.HIGH,
                group.targetGroupArn(),
                "The health check of target group %s counts %s as healthy, errors among them."
                    .formatted(group.targetGroupName(), codes),
                "accept 200 only",
                "health_check {\n  matcher = \"200\"\n}",
                "aws elbv2 modify-target-group --target-group-arn %s --matcher HttpCode=200"
                    .formatted(group.targetGroupArn()),
                List.of("matcher " + codes)));
      }
    }
    return found;
  }

  /** {@code 200}, {@code 200,202} or {@code 200-499}. Source: ELBv2 API, Matcher. */
  private static boolean acceptsErrors(String codes) {
    for (String part : codes.split(",", -1)) {
      String last = part.substring(part.indexOf('-') + 1).strip();
      if (last.matches("[45]\\d\\d")) {
        return true;
      }
    }
    return false;
  }

  private static List<Finding> stickiness(Snapshot snapshot, Goal goal) {
    return groups(snapshot, "stickiness.enabled", "true"::equals).stream()
        .map(arn ->
            new Finding(
                "alb-stickiness-pins-clients",
                Severity.LOW,
                arn,
                "Target group %s keeps clients on the task that they met first."
                    .formatted(name(snapshot, arn)),
                "turn stickiness off unless the service keeps sessions in memory",
                "stickiness {\n  type    = \"lb_cookie\"\n  enabled = false\n}",
                "aws elbv2 modify-target-group-attributes --target-group-arn %s --attributes Key=stickiness.enabled,Value=false"
                    .formatted(arn),
                List.of("stickiness.enabled true")))
        .toList();
  }

  /** With no delay, requests in flight are cut whenever a task is replaced. */
  private static List<Finding> drain(Snapshot snapshot, Goal goal) {
    return groups(snapshot, "deregistration_delay.timeout_seconds", "0"::equals).stream()
        .map(arn ->
            new Finding(
                "app-request-longer-than-drain",
                Severity.MEDIUM,
                arn,
                "Target group %s gives requests in flight no time when a task is replaced."
                    .formatted(name(snapshot, arn)),
                "set a deregistration delay that outlasts the longest request",
                "deregistration_delay = 30",
                "aws elbv2 modify-target-group-attributes --target-group-arn %s --attributes Key=deregistration_delay.timeout_seconds,Value=30"
                    .formatted(arn),
                List.of("deregistration_delay.timeout_seconds 0")))
        .toList();
  }

  private static List<Finding> accessLogs(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (Map.Entry<String, Map<String, String>> each :
        snapshot.posture().loadBalancers().entrySet()) {
      if ("false".equals(each.getValue().getOrDefault("access_logs.s3.enabled", "false"))) {
        found.add(
            new Finding(
                "obs-no-access-logs",
                Severity.LOW,
                each.getKey(),
                "The load balancer keeps no access logs: failed requests leave no trace but a count.",
                "write access logs to a bucket",
                "access_logs {\n  bucket  = aws_s3_bucket.logs.id\n  enabled = true\n}",
                "aws elbv2 modify-load-balancer-attributes --load-balancer-arn %s --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=BUCKET"
                    .formatted(each.getKey()),
                List.of("access_logs.s3.enabled false")));
      }
    }
    return found;
  }

  private static List<String> groups(
      Snapshot snapshot, String key, java.util.function.Predicate<String> wrong) {
    return snapshot.posture().targetGroups().entrySet().stream()
        .filter(e -> wrong.test(e.getValue().getOrDefault(key, "")))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String name(Snapshot snapshot, String arn) {
    return snapshot.frontDoor().targetGroup(arn).map(TargetGroup::targetGroupName).orElse(arn);
  }
}
