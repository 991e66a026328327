package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.validation.check.Severity;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Faults of what is there against what Terraform believes to be there. */
final class DriftFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("drift-security-group-opened", Layer.DRIFT, Severity.MEDIUM)
              .wrong("Somebody opened a port of the tasks' security group by hand")
              .on(Kind.STANDING)
              .by(Detector.STATE)
              .make(stage ->
                  stage
                      .ec2()
                      .authorizeSecurityGroupIngress(r ->
                          r.groupId(stage.its().securityGroups().getFirst())
                              .ipPermissions(p ->
                                  p.ipProtocol("tcp")
                                      .fromPort(22)
                                      .toPort(22)
                                      .ipRanges(i -> i.cidrIp("10.0.0.0/8")))))
              .seenBy("drift")
              .named("drift-security-group")
              .needs(Need.IN_STATE)
              .build(),
          Fault.of("drift-health-check-changed", Layer.DRIFT, Severity.MEDIUM)
              .wrong("Somebody changed the health check's path by hand during an outage")
              .on(Kind.STANDING)
              .by(Detector.STATE)
              .make(stage ->
                  stage
                      .elb()
                      .modifyTargetGroup(r ->
                          r.targetGroupArn(stage.its().targetGroup().targetGroupArn())
                              .healthCheckPath(other(stage.its().targetGroup()))))
              .seenBy("drift")
              .named("drift-front-door", "alb-health-path-404")
              .needs(Need.IN_STATE)
              .build());

  private DriftFaults() {}

  private static String other(TargetGroup group) {
    return "/".equals(group.healthCheckPath()) ? "/healthz" : "/";
  }
}
