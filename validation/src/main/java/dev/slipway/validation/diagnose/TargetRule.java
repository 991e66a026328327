package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Why does a task that runs fail the load balancer's health check? */
final class TargetRule implements Rule {

  /** Bad Request and Misdirected Request. */
  private static final Set<Integer> HOST_REFUSED = Set.of(400, 421);

  /** By these, frameworks and platforms are told on which port to listen for HTTP. */
  private static final Set<String> LISTENS_ON =
      Set.of("PORT", "HTTP_PORT", "SERVER_PORT", "QUARKUS_HTTP_PORT", "ASPNETCORE_HTTP_PORTS");

  @Override
  public List<Cause> look(Case seen) {
    List<Cause> causes = new ArrayList<>();
    for (Unhealthy target : Unhealthy.in(seen)) {
      cause(seen, target).ifPresent(causes::add);
    }
    return causes;
  }

  private static Optional<Cause> cause(Case seen, Unhealthy target) {
    Optional<Cause> port = otherPort(seen, target);
    if (port.isPresent()) {
      return port;
    }
    if (target.timeout()) {
      return LoadBalancerPath.blocked(seen, target);
    }
    if (!target.codes().isEmpty()) {
      return code(seen, target);
    }
    return target.refused() ? refused(seen, target) : Optional.empty();
  }

  /**
   * The health check asks a port of its own on which nothing answers, and of which the task
   * definition does not know. Source: ELB user guide, target-group-health-checks, HealthCheckPort.
   */
  private static Optional<Cause> otherPort(Case seen, Unhealthy target) {
    String asked =
        seen.snapshot()
            .frontDoor()
            .targetGroup(target.targetGroup())
            .map(TargetGroup::healthCheckPort)
            .filter(p -> p.matches("\\d{1,5}"))
            .orElse("");
    if (asked.isEmpty()
        || seen.definition().isEmpty()
        || !(target.timeout() || target.refused())
        || Integer.parseInt(asked) == target.port()
        || declared(seen, Integer.parseInt(asked))) {
      return Optional.empty();
    }
    return Optional.of(
        new Cause(
            "alb-health-port-closed",
            target.targetGroup(),
            "The health check of target group %s asks port %s, which no container of %s declares; the service is on port %d."
                .formatted(
                    name(target.targetGroup()), asked, seen.goal().revision(), target.port()),
            new Fix(
                "let the health check ask the port that requests go to, or let a container listen on port "
                    + asked,
                "health_check {\n  port = \"traffic-port\"\n}",
                "aws elbv2 modify-target-group --target-group-arn %s --health-check-port traffic-port"
                    .formatted(target.targetGroup())),
            List.of(target.evidence(), "health check port " + asked),
            Rank.APPLICATION,
            true));
  }

  private static boolean declared(Case seen, int port) {
    return seen.definition().stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .flatMap(c -> c.portMappings().stream())
        .anyMatch(m -> m.containerPort() != null && m.containerPort() == port);
  }

  private static Optional<Cause> code(Case seen, Unhealthy target) {
    int code = target.code();
    Optional<TargetGroup> group = seen.snapshot().frontDoor().targetGroup(target.targetGroup());
    String path = group.map(TargetGroup::healthCheckPath).orElse("/");
    String wanted = group.map(g -> g.matcher()).map(m -> m.httpCode()).orElse("200");
    if (code >= 500) {
      return Optional.empty();
    }
    if (HOST_REFUSED.contains(code)) {
      return Optional.of(host(seen, target));
    }
    boolean redirect = code >= 300 && code < 400;
    return Optional.of(
        new Cause(
            redirect ? "app-health-redirects" : "alb-health-path-404",
            target.targetGroup(),
            "The health check of target group %s asks for %s and gets %s; it wants %s."
                .formatted(name(target.targetGroup()), path, target.codes(), wanted),
            new Fix(
                redirect
                    ? "point the health check at a path that answers %s without a redirect"
                        .formatted(wanted)
                    : "set the health check's path to one that the service answers with %s"
                        .formatted(wanted),
                """
                resource "aws_lb_target_group" "this" {
                  health_check {
                    path = "/q/health/ready"
                  }
                }\
                """,
                "aws elbv2 modify-target-group --target-group-arn %s --health-check-path /q/health/ready"
                    .formatted(target.targetGroup())),
            List.of(target.evidence()),
            Rank.APPLICATION,
            true));
  }

  /** Health checks name the target's own address as Host. Source: ELB user guide, health checks. */
  private static Cause host(Case seen, Unhealthy target) {
    return new Cause(
        "app-health-rejects-host",
        seen.goal().taskDefinition(),
        "The application of %s answers the health check of target group %s with %s: most likely it accepts only known host names, and health checks name the task's address."
            .formatted(seen.goal().revision(), name(target.targetGroup()), target.codes()),
        new Fix(
            "let the application accept every Host for the path of the health check",
            "environment = [{ name = \"ALLOWED_HOSTS\", value = \"*\" }]  # as the framework calls it",
            "aws elbv2 describe-target-health --target-group-arn " + target.targetGroup()),
        List.of(target.evidence()),
        Rank.APPLICATION,
        true);
  }

  /** Nobody accepts the connection: what does the container itself say of where it listens? */
  private static Optional<Cause> refused(Case seen, Unhealthy target) {
    List<String> log =
        target
            .task()
            .map(Task::taskArn)
            .map(a -> seen.snapshot().surroundings().logTails().getOrDefault(a, List.of()))
            .orElse(List.of());
    List<Listening> told = Listening.in(log);
    if (told.stream().anyMatch(l -> l.port() == target.port() && !l.loopback())) {
      return Optional.empty();
    }
    return told.stream()
        .filter(l -> l.port() == target.port())
        .findFirst()
        .or(() -> told.stream().findFirst())
        .flatMap(l -> said(seen, target, l))
        .or(() -> told.isEmpty() ? ordered(seen, target) : Optional.empty());
  }

  /** The log says nothing: does the task definition itself tell the program another port? */
  private static Optional<Cause> ordered(Case seen, Unhealthy target) {
    return seen.definition().stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .filter(c -> c.name().equals(seen.goal().container()))
        .flatMap(c -> c.environment().stream())
        .filter(e -> LISTENS_ON.contains(e.name()))
        .filter(e -> e.value() != null && e.value().matches("\\d{1,5}"))
        .filter(e -> Integer.parseInt(e.value()) != target.port())
        .findFirst()
        .map(e ->
            new Cause(
                "td-app-port-mismatch",
                seen.goal().taskDefinition(),
                "Nothing in %s accepts connections on port %d, and %s tells it to listen on %s with %s."
                    .formatted(
                        seen.goal().container(),
                        target.port(),
                        seen.goal().revision(),
                        e.value(),
                        e.name()),
                new Fix(
                    "set %s to %d, or make %s the container port of task definition, service and target group"
                        .formatted(e.name(), target.port(), e.value()),
                    "environment = [{ name = \"%s\", value = \"%d\" }]"
                        .formatted(e.name(), target.port()),
                    "aws ecs describe-task-definition --task-definition %s --query 'taskDefinition.containerDefinitions[].environment'"
                        .formatted(seen.goal().revision())),
                List.of(target.evidence(), "environment: %s=%s".formatted(e.name(), e.value())),
                Rank.APPLICATION,
                false));
  }

  private static Optional<Cause> said(Case seen, Unhealthy target, Listening said) {
    String host = said.host();
    int port = said.port();
    List<String> evidence = List.of(target.evidence(), "log: " + said.line().strip());
    String revision = seen.goal().revision();
    if (port != target.port()) {
      return Optional.of(
          new Cause(
              "td-app-port-mismatch",
              seen.goal().taskDefinition(),
              "The application in %s listens on port %d, but the container port of %s is %d, so connections are refused."
                  .formatted(seen.goal().container(), port, revision, target.port()),
              new Fix(
                  "let the application listen on port %d, or make %d the container port of task definition, service and target group"
                      .formatted(target.port(), port),
                  "container_port = " + port,
                  "aws ecs describe-task-definition --task-definition %s --query 'taskDefinition.containerDefinitions[].portMappings'"
                      .formatted(revision)),
              evidence,
              Rank.APPLICATION,
              true));
    }
    if (said.loopback()) {
      return Optional.of(
          new Cause(
              "app-binds-loopback",
              seen.goal().taskDefinition(),
              "The application in %s listens on %s only, so nothing outside the task reaches it."
                  .formatted(seen.goal().container(), host),
              new Fix(
                  "let the application listen on 0.0.0.0",
                  "environment = [{ name = \"QUARKUS_HTTP_HOST\", value = \"0.0.0.0\" }]",
                  "aws ecs describe-task-definition --task-definition %s --query 'taskDefinition.containerDefinitions[].environment'"
                      .formatted(revision)),
              evidence,
              Rank.APPLICATION,
              true));
    }
    return Optional.empty();
  }

  /** The name in a target group's ARN. */
  static String name(String targetGroup) {
    String[] parts = targetGroup.split("/", -1);
    return parts.length == 3 ? parts[1] : Arns.last(targetGroup);
  }
}
