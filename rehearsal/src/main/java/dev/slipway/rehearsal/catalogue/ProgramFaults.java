package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Faults of what a program does once it runs, and of applying it with Terraform. */
final class ProgramFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("app-slow-start-grace-short", Layer.APP, Severity.HIGH)
              .wrong("The program starts for longer than the grace period lasts")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .with("log", List.of("starting, loading the catalogue"))
                              .listeningAfter(400)))
              .seenBy("rollout", "targets")
              .named("app-slow-start-grace-short", "app-does-not-answer")
              .source("https://github.com/rocicorp/mono/pull/3830")
              .needs(Need.SHORT_GRACE)
              .build(),
          Fault.of("app-shallow-health", Layer.APP, Severity.HIGH)
              .wrong("The health path answers 200, and what people ask for answers 500")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .answering(
                                  stage.its().targetGroup().healthCheckPath(),
                                  stage.its().healthyStatus())
                              .answering("/*", 500)))
              .seenBy("front-door")
              .source("https://github.com/aws/aws-cli/issues/9487")
              .build(),
          Fault.of("app-health-rejects-host", Layer.APP, Severity.HIGH)
              .wrong("The program refuses requests whose Host is an address, as probes have it")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .answering("/*", Map.of("hostIsAddress", true, "status", 400))))
              .seenBy("rollout", "targets")
              .build(),
          Fault.of("app-health-check-fails", Layer.APP, Severity.HIGH)
              .wrong("The health path answers 503 for ever")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .answering(stage.its().targetGroup().healthCheckPath(), 503)))
              .seenBy("rollout", "targets")
              .build(),
          Fault.of("app-hangs", Layer.APP, Severity.HIGH)
              .wrong("The program accepts connections and never answers")
              .make(stage ->
                  stage.release().program(Program.healthy().answering("/*", Map.of("hang", true))))
              .seenBy("rollout", "targets")
              .named("app-does-not-answer")
              .build(),
          Fault.of("app-crashes-after-steady", Layer.APP, Severity.HIGH)
              .wrong("The rollout is complete, and minutes later every task ends and is replaced")
              .make(stage ->
                  stage
                      .release()
                      .program(Program.healthy().exiting(190 + stage.its().secondsToHealthy(), 1)))
              .afterwards(stage -> stage.pass(Duration.ofMinutes(12)))
              .seenBy("rollout", "tasks", "targets", "soak")
              .named("app-crashes-after-steady", "svc-flapping-tasks")
              .source("https://github.com/aws/containers-roadmap/issues/1206")
              .build(),
          Fault.of("app-request-longer-than-drain", Layer.APP, Severity.MEDIUM)
              .wrong("Requests in flight get no time when a task is replaced")
              .on(Kind.STANDING)
              .make(stage ->
                  stage
                      .elb()
                      .modifyTargetGroupAttributes(r ->
                          r.targetGroupArn(stage.its().targetGroup().targetGroupArn())
                              .attributes(
                                  a -> a.key("deregistration_delay.timeout_seconds").value("0"))))
              .seenBy("front-door-posture")
              .source("https://github.com/aws/containers-roadmap/issues/708")
              .build(),
          Fault.of("app-keepalive-shorter-than-alb", Layer.APP, Severity.HIGH)
              .wrong("The program closes idle connections sooner than the load balancer does")
              .by(Detector.PROBE)
              .make(stage -> stage.release().program(Program.healthy().keepingAlive(1)))
              .seenBy("probe")
              .build(),
          Fault.of("app-exits-with-0", Layer.APP, Severity.HIGH)
              .wrong("The program does its work and ends well, as a service must not")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .with("log", List.of("nothing left to do"))
                              .exiting(3, 0)))
              .seenBy("rollout", "tasks")
              .named("app-exits-at-start")
              .build(),
          Fault.of("tf-apply-does-not-wait", Layer.TF, Severity.HIGH)
              .wrong("Terraform's apply is complete before a task of the new revision has failed")
              .make(stage -> applied(stage, 15))
              .seenBy("rollout", "tasks")
              .named("app-exits-at-start", "tf-apply-does-not-wait")
              .source("https://github.com/hashicorp/terraform-provider-aws/issues/3107")
              .needs(Need.DEPLOYED_BY_TERRAFORM)
              .build(),
          Fault.of("tf-steady-state-passes-on-rollback", Layer.TF, Severity.CRITICAL)
              .wrong("Terraform's state names the new revision, and the rollback runs the old one")
              .make(stage -> applied(stage, 2))
              .afterwards(stage -> {})
              .seenBy("rollout", "tasks")
              .named("app-exits-at-start", "svc-silent-rollback")
              .source("https://github.com/hashicorp/terraform-provider-aws/issues/20858")
              .needs(Need.DEPLOYED_BY_TERRAFORM, Need.ROLLBACK)
              .build());

  private ProgramFaults() {}

  /** Has Terraform deploy a program that ends after so many seconds. */
  private static void applied(Stage stage, int seconds) {
    stage
        .release()
        .program(
            Program.healthy()
                .with("log", List.of("ERROR: relation \"orders\" does not exist"))
                .exiting(seconds, 1))
        .variable("log_retention_days", "3");
  }
}
