package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.time.Duration;
import java.util.List;

/** Faults of what is there against what Terraform believes to be there. */
final class DriftFaults {

  private static final Duration LONG = Duration.ofMinutes(20);

  static final List<Fault> ALL =
      List.of(
          Fault.of("drift-manual-scale", Layer.DRIFT, Severity.MEDIUM)
              .wrong("Somebody scaled the service by hand, past what Terraform lets it have")
              .on(Kind.STANDING)
              .by(Detector.STATE)
              .make(stage -> {
                ServiceFaults.update(stage, u -> u.desiredCount(1));
                stage.pass(Duration.ofSeconds(5));
                stage.time().await("scaled", LONG, stage.its()::steady);
              })
              .seenBy("drift")
              .source("https://github.com/hashicorp/terraform-provider-aws/issues/752")
              .build(),
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
                              .healthCheckPath("/")))
              .seenBy("drift")
              .named("drift-front-door")
              .build(),
          Fault.of("drift-hotfix-by-hand", Layer.DRIFT, Severity.HIGH)
              .wrong("A hotfix was deployed by hand, and the next apply will undo it")
              .by(Detector.STATE)
              .make(stage -> {})
              .afterwards(stage -> stage.pass(Duration.ofSeconds(5)))
              .seenBy("drift")
              .named("drift-task-definition", "drift-image")
              .build(),
          Fault.of("tf-stale-or-local-state", Layer.TF, Severity.CRITICAL)
              .wrong("Terraform is asked with an old state, from before the service was moved to another security group")
              .on(Kind.STANDING)
              .by(Detector.STATE)
              .make(DriftFaults::moved)
              .seenBy("drift")
              .named("drift-network", "drift-security-group", "drift-task-definition")
              .build());

  private DriftFaults() {}

  /** The service was moved to other security groups since that state was written. */
  private static void moved(Stage stage) throws Exception {
    String vpc = stage.its().vpc();
    List<String> old = stage.its().securityGroups();
    var permissions =
        stage
            .ec2()
            .describeSecurityGroups(r -> r.groupIds(old))
            .securityGroups()
            .getFirst()
            .ipPermissions();
    String other =
        stage
            .ec2()
            .createSecurityGroup(r -> r.groupName("newer").description("newer").vpcId(vpc))
            .groupId();
    stage
        .ec2()
        .authorizeSecurityGroupIngress(r -> r.groupId(other).ipPermissions(permissions));
    var network = stage.its().described().networkConfiguration().awsvpcConfiguration();
    ServiceFaults.update(
        stage,
        u ->
            u.networkConfiguration(n ->
                n.awsvpcConfiguration(network.toBuilder().securityGroups(other).build())));
    stage.pass(Duration.ofSeconds(5));
    stage.time().await("moved", LONG, stage.its()::steady);
  }
}
