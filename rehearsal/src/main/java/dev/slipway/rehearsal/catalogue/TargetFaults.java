package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.topology.Cidr;
import dev.slipway.validation.check.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Faults of target groups: health checks, targets and how requests are spread. */
final class TargetFaults {

  private static final Duration LONG = Duration.ofMinutes(20);

  /** Seconds: the tasks of a world that has run for long are older than two hours. */
  private static final int AGES = 30 * 24 * 3600;

  static final List<Fault> ALL =
      List.of(
          Fault.of("alb-health-path-404", Layer.ALB, Severity.HIGH)
              .wrong("The health path of the target group is one that the program does not have")
              .make(stage ->
                  stage
                      .release()
                      .program(Program.healthy().answering("/healthz", 404))
                      .variable("health_check", "{path=\"/healthz\",interval=5,timeout=2}"))
              .seenBy("rollout", "targets")
              .named("alb-health-path-404")
              .source("https://infrarunbook.com/article/aws-elb-health-check-failing")
              .needs(Need.DEPLOYED_BY_TERRAFORM)
              .build(),
          Fault.of("alb-health-matcher-misses", Layer.ALB, Severity.HIGH)
              .wrong(
                  "The health check waits for a status that the program never gives, and the load balancer"
                      + " sends requests to all targets for want of a healthy one")
              .on(Kind.STANDING)
              .make(stage -> {
                String other = stage.its().healthyStatus() == 204 ? "202" : "204";
                String group = stage.its().targetGroup().targetGroupArn();
                stage
                    .elb()
                    .modifyTargetGroup(
                        r -> r.targetGroupArn(group).matcher(m -> m.httpCode(other)));
                noneHealthy(stage);
              })
              .seenBy("targets")
              .named("alb-health-check-invalid", "alb-health-path-404", "alb-fail-open")
              .source(
                  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html")
              .build(),
          Fault.of("alb-health-matcher-too-wide", Layer.ALB, Severity.HIGH)
              .wrong("The health check takes errors of the client for health")
              .on(Kind.STANDING)
              .make(stage ->
                  stage
                      .elb()
                      .modifyTargetGroup(r ->
                          r.targetGroupArn(stage.its().targetGroup().targetGroupArn())
                              .matcher(m -> m.httpCode("200-499"))))
              .seenBy("front-door-posture")
              .build(),
          Fault.of("alb-health-port-closed", Layer.ALB, Severity.HIGH)
              .wrong("The health check asks a port on which nothing listens")
              .on(Kind.STANDING)
              .make(stage -> {
                String group = stage.its().targetGroup().targetGroupArn();
                stage.elb().modifyTargetGroup(r -> r.targetGroupArn(group).healthCheckPort("9"));
                noneHealthy(stage);
              })
              .seenBy("targets")
              .named("alb-health-port-closed", "net-task-sg-ingress-missing-alb")
              .build(),
          Fault.of("alb-stickiness-pins-clients", Layer.ALB, Severity.LOW)
              .wrong("Clients stay on the task that they met first")
              .on(Kind.STANDING)
              .make(stage ->
                  stage
                      .elb()
                      .modifyTargetGroupAttributes(r ->
                          r.targetGroupArn(stage.its().targetGroup().targetGroupArn())
                              .attributes(
                                  a -> a.key("stickiness.enabled").value("true"),
                                  a -> a.key("stickiness.type").value("lb_cookie"))))
              .seenBy("front-door-posture")
              .build(),
          Fault.of("alb-deploy-window-no-healthy-target", Layer.ALB, Severity.HIGH)
              .wrong("One task, which is stopped before the next one is healthy")
              .make(stage ->
                  stage
                      .release()
                      .program(Program.healthy().listeningAfter(40))
                      .update(u ->
                          u.desiredCount(1)
                              .healthCheckGracePeriodSeconds(120)
                              .deploymentConfiguration(d ->
                                  d.minimumHealthyPercent(0)
                                      .maximumPercent(100)
                                      .deploymentCircuitBreaker(
                                          b -> b.enable(true).rollback(true)))))
              .seenBy("front-door-posture", "probe")
              .named("alb-deploy-window-no-healthy-target", "svc-min-zero-downtime")
              .source("https://github.com/aprin-labs/archimedes/issues/1309")
              .build(),
          Fault.of("alb-foreign-target", Layer.ALB, Severity.HIGH)
              .wrong("An address that belongs to no task of the service is among its targets")
              .on(Kind.STANDING)
              .make(stage -> {
                String cidr =
                    stage
                        .ec2()
                        .describeSubnets(r -> r.subnetIds(stage.its().subnets().getFirst()))
                        .subnets()
                        .getFirst()
                        .cidrBlock();
                Cidr subnet = Cidr.parse(cidr);
                String last = Cidr.text(subnet.first() + subnet.size() - 2);
                stage
                    .elb()
                    .registerTargets(r ->
                        r.targetGroupArn(stage.its().targetGroup().targetGroupArn())
                            .targets(t -> t.id(last)));
              })
              .seenBy("targets")
              .build(),
          Fault.of("alb-target-deregistered", Layer.ALB, Severity.MEDIUM)
              .wrong(
                  "One task's address was taken out of the target group by hand, and a long grace"
                      + " period keeps ECS from replacing the task")
              .on(Kind.STANDING)
              .make(stage -> {
                ServiceFaults.update(stage, u -> u.healthCheckGracePeriodSeconds(AGES));
                String group = stage.its().targetGroup().targetGroupArn();
                var target =
                    stage
                        .elb()
                        .describeTargetHealth(r -> r.targetGroupArn(group))
                        .targetHealthDescriptions()
                        .getFirst()
                        .target();
                stage.elb().deregisterTargets(r -> r.targetGroupArn(group).targets(target));
                stage
                    .time()
                    .await("the target is gone", LONG, () -> !stage.its().isTarget(target.id()));
              })
              .seenBy("targets")
              .named("alb-target-missing")
              .needs(Need.TWO_TASKS)
              .build(),
          Fault.of("alb-fail-open", Layer.ALB, Severity.HIGH)
              .wrong("Every target is unhealthy, and the load balancer sends requests to them")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .answering(
                                  stage.its().targetGroup().healthCheckPath(),
                                  Map.of("status", 503, "from", settled(stage))))
                      .update(u -> u.healthCheckGracePeriodSeconds(7200)))
              .afterwards(TargetFaults::noneHealthy)
              .seenBy("targets")
              .named("alb-fail-open")
              .build());

  private TargetFaults() {}

  /** So many seconds after its start a new program is the only one, and healthy. */
  private static int settled(Stage stage) {
    return 100 + stage.its().secondsToHealthy() + stage.its().secondsToLeave();
  }

  /** Waits until the load balancer knows of no healthy target. */
  private static void noneHealthy(Stage stage) throws Exception {
    stage.time().await("no target is healthy", LONG, () -> stage.its().healthy() == 0);
  }
}
