package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.util.List;

/** Faults of the network. */
final class NetworkFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("net-no-egress-route", Layer.NET, Severity.CRITICAL)
              .wrong(
                  "The subnets of the tasks have neither a NAT route nor the endpoints of the registry")
              .on(Kind.FIRST)
              .make(stage -> Network.cutOff(stage, stage.its().routeTables()))
              .seenBy("rollout", "tasks")
              .named("net-no-egress-route")
              .source(
                  "https://github.com/AndrewGuenther/fck-nat/issues/99",
                  "https://github.com/aws/amazon-ecs-agent/issues/1128")
              .needs(Need.DEFAULT_ROUTE, Need.APART)
              .build(),
          Fault.of("net-task-sg-ingress-missing-alb", Layer.NET, Severity.CRITICAL)
              .wrong("The security group of the tasks does not let the load balancer in")
              .make(stage -> Network.revoke(stage, stage.its().securityGroups(), false))
              .seenBy("rollout", "targets")
              .named("net-task-sg-ingress-missing-alb")
              .build(),
          Fault.of("net-task-sg-ingress-other-port", Layer.NET, Severity.CRITICAL)
              .wrong("The tasks' security group lets the load balancer to a port that nobody uses")
              .make(stage -> {
                int port = stage.its().port() + 1;
                instead(stage, port, stage.its().loadBalancer().securityGroups().getFirst());
              })
              .seenBy("rollout", "targets")
              .named("net-task-sg-ingress-missing-alb")
              .build(),
          Fault.of("net-task-sg-ingress-other-group", Layer.NET, Severity.CRITICAL)
              .wrong("The tasks' security group lets a group in that the load balancer left")
              .make(stage -> {
                String former =
                    stage
                        .ec2()
                        .createSecurityGroup(r ->
                            r.vpcId(stage.its().vpc())
                                .groupName("former-balancer")
                                .description("what the load balancer had before"))
                        .groupId();
                instead(stage, stage.its().port(), former);
              })
              .seenBy("rollout", "targets")
              .named("net-task-sg-ingress-missing-alb")
              .build(),
          Fault.of("net-task-sg-egress-http-only", Layer.NET, Severity.CRITICAL)
              .wrong("The security group of the tasks lets HTTP out and not HTTPS")
              .make(stage -> {
                Network.revoke(stage, stage.its().securityGroups(), true);
                for (String group : stage.its().securityGroups()) {
                  stage
                      .ec2()
                      .authorizeSecurityGroupEgress(r ->
                          r.groupId(group)
                              .ipPermissions(i ->
                                  i.ipProtocol("tcp")
                                      .fromPort(80)
                                      .toPort(80)
                                      .ipRanges(a -> a.cidrIp(Network.ANYWHERE))));
                }
              })
              .seenBy("rollout", "tasks")
              .named("net-task-sg-egress-blocked")
              .build(),
          Fault.of("net-network-acl-denies-https-out", Layer.NET, Severity.HIGH)
              .wrong("A network ACL of the tasks' subnets denies HTTPS to the outside")
              .make(stage -> Network.deny(stage, true, 443, 443))
              .seenBy("rollout", "tasks")
              .named("net-network-acl-blocks")
              .build(),
          Fault.of("net-secrets-endpoint-missing", Layer.NET, Severity.HIGH)
              .wrong("Isolated subnets reach the registry and the logs, and no secrets")
              .make(stage -> {
                String arn = RoleFaults.secret(stage, "database", "s3cr3t", null);
                RoleFaults.allow(stage, "secretsmanager:GetSecretValue", arn);
                RoleFaults.secret(stage, arn);
                Isolated.endpoints(stage, true, "ecr.api", "ecr.dkr", "logs");
              })
              .seenBy("rollout", "tasks")
              .source(
                  "https://github.com/umotif-public/terraform-aws-ecs-fargate/issues/50",
                  "https://github.com/aws-samples/keycloak-on-aws/issues/222")
              .needs(Need.NAT, Need.NO_ENDPOINTS, Need.EXECUTION_ROLE)
              .build());

  private NetworkFaults() {}

  /** Lets one group in at one port, and nobody else anywhere. */
  private static void instead(Stage stage, int port, String from) {
    Network.revoke(stage, stage.its().securityGroups(), false);
    for (String group : stage.its().securityGroups()) {
      stage
          .ec2()
          .authorizeSecurityGroupIngress(r ->
              r.groupId(group)
                  .ipPermissions(i ->
                      i.ipProtocol("tcp")
                          .fromPort(port)
                          .toPort(port)
                          .userIdGroupPairs(g -> g.groupId(from))));
    }
  }
}
