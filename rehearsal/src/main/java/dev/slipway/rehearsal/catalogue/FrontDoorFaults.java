package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.validation.check.Severity;
import java.util.List;

/** Faults of the load balancer. */
final class FrontDoorFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("alb-probe-answered-by-fixed-response", Layer.ALB, Severity.HIGH)
              .wrong("The probed path is answered by a fixed response, not by the service")
              .on(Kind.STANDING)
              .make(stage ->
                  stage
                      .elb()
                      .createRule(r ->
                          r.listenerArn(stage.its().listener().listenerArn())
                              .priority(1)
                              .conditions(c -> c.field("path-pattern").values("/*"))
                              .actions(a ->
                                  a.type("fixed-response")
                                      .fixedResponseConfig(f ->
                                          f.statusCode("200")
                                              .contentType("text/plain")
                                              .messageBody("ok")))))
              .seenBy("front-door")
              .named("alb-probe-answered-by-fixed-response")
              .build(),
          Fault.of("alb-health-path-404", Layer.ALB, Severity.HIGH)
              .wrong("The health path of the target group is one that the program does not have")
              .make(stage ->
                  stage
                      .release()
                      .program(Program.healthy().answering("/healthz", 404))
                      .variable("health_check", "{path=\"/healthz\",interval=5,timeout=2}"))
              .seenBy("rollout", "targets")
              .named("alb-health-path-404")
              .build());

  private FrontDoorFaults() {}
}
