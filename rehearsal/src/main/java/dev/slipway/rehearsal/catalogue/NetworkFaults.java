package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
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
              .make(stage ->
                  stage
                      .its()
                      .routeTables()
                      .forEach(table ->
                          stage
                              .ec2()
                              .deleteRoute(r ->
                                  r.routeTableId(table.routeTableId())
                                      .destinationCidrBlock("0.0.0.0/0"))))
              .seenBy("rollout", "tasks")
              .named("net-no-egress-route")
              .source(
                  "https://github.com/AndrewGuenther/fck-nat/issues/99",
                  "https://github.com/aws/amazon-ecs-agent/issues/1128")
              .build(),
          Fault.of("net-task-sg-ingress-missing-alb", Layer.NET, Severity.CRITICAL)
              .wrong("The security group of the tasks does not let the load balancer in")
              .make(stage -> {
                for (String group : stage.its().securityGroups()) {
                  var rules =
                      stage
                          .ec2()
                          .describeSecurityGroupRules(
                              r -> r.filters(f -> f.name("group-id").values(group)))
                          .securityGroupRules();
                  rules.stream()
                      .filter(r -> !r.isEgress())
                      .forEach(rule ->
                          stage
                              .ec2()
                              .revokeSecurityGroupIngress(r ->
                                  r.groupId(group)
                                      .securityGroupRuleIds(rule.securityGroupRuleId())));
                }
              })
              .seenBy("rollout", "targets")
              .named("net-task-sg-ingress-missing-alb")
              .build());

  private NetworkFaults() {}
}
