package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
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
              .build(),
          Fault.of("drift-manual-scale", Layer.DRIFT, Severity.MEDIUM)
              .wrong("Somebody changed the count of tasks by hand, and no auto scaler has it")
              .on(Kind.STANDING)
              .by(Detector.STATE)
              .make(stage -> {
                withoutScaler(stage);
                int more = stage.its().described().desiredCount() + 1;
                ServiceFaults.update(stage, u -> u.desiredCount(more));
                stage.time().await("scaled", Duration.ofMinutes(15), stage.its()::steady);
              })
              .seenBy("drift")
              .source("https://github.com/hashicorp/terraform-provider-aws/issues/752")
              .needs(Need.IN_STATE)
              .build(),
          Fault.of("drift-service-behind-family", Layer.DRIFT, Severity.MEDIUM)
              .wrong("Two newer revisions were registered, which the service was never told of")
              .on(Kind.STANDING)
              .make(stage -> {
                RolloutFaults.again(stage, stage.its().taskDefinition());
                RolloutFaults.again(stage, stage.its().taskDefinition());
                stage.asksForNothing();
              })
              .named("svc-not-updated")
              .source(
                  "https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/417",
                  "https://github.com/sil-org/ecs-deploy/issues/197")
              .build());

  private DriftFaults() {}

  /** Takes the auto scaler away, in the account and in Terraform, where there is one. */
  private static void withoutScaler(Stage stage) throws IOException, InterruptedException {
    String resource = "service/" + stage.its().cluster() + "/" + stage.its().service();
    var scaler = stage.aws().autoScaling();
    boolean scaled =
        !scaler
            .describeScalableTargets(
                r -> r.serviceNamespace(ServiceNamespace.ECS).resourceIds(resource))
            .scalableTargets()
            .isEmpty();
    if (scaled) {
      scaler.deregisterScalableTarget(r ->
          r.serviceNamespace(ServiceNamespace.ECS)
              .resourceId(resource)
              .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT));
      stage.terraform().forget("aws_appautoscaling_");
    }
  }

  private static String other(TargetGroup group) {
    return "/".equals(group.healthCheckPath()) ? "/healthz" : "/";
  }
}
