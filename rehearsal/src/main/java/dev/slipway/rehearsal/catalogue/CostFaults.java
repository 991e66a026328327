package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.validation.check.Severity;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.DomainType;

/** What is left, and costs. After a destroy the causes are the sweep's kinds of things. */
final class CostFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("cost-eip-left", Layer.COST, Severity.MEDIUM)
              .wrong("An address that was allocated by hand is still there after the destroy")
              .on(Kind.DESTROY)
              .make(stage ->
                  stage.leaves(
                      stage.ec2().allocateAddress(r -> r.domain(DomainType.VPC)).allocationId()))
              .named("elastic-ip")
              .build(),
          Fault.of("cost-nat-left", Layer.COST, Severity.HIGH)
              .wrong(
                  "A NAT gateway that was made by hand survives the destroy, and costs by the hour")
              .on(Kind.DESTROY)
              .make(stage -> {
                String vpc = stage.ec2().createVpc(r -> r.cidrBlock("10.99.0.0/24")).vpc().vpcId();
                String way =
                    stage.ec2().createInternetGateway().internetGateway().internetGatewayId();
                stage.ec2().attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(way));
                String subnet =
                    stage
                        .ec2()
                        .createSubnet(r -> r.vpcId(vpc).cidrBlock("10.99.0.0/25"))
                        .subnet()
                        .subnetId();
                String address =
                    stage.ec2().allocateAddress(r -> r.domain(DomainType.VPC)).allocationId();
                stage.leaves(
                    stage
                        .ec2()
                        .createNatGateway(r -> r.subnetId(subnet).allocationId(address))
                        .natGateway()
                        .natGatewayId());
              })
              .named("nat-gateway")
              .source("https://github.com/hashicorp/terraform-provider-aws/issues/11385")
              .build(),
          Fault.of("cost-eni-and-sg-left", Layer.COST, Severity.MEDIUM)
              .wrong(
                  "A network interface that nobody knows of holds the security group and the subnet")
              .on(Kind.DESTROY)
              .make(stage ->
                  stage.leaves(
                      stage
                          .ec2()
                          .createNetworkInterface(r ->
                              r.subnetId(stage.its().subnets().getFirst())
                                  .groups(stage.its().securityGroups()))
                          .networkInterface()
                          .networkInterfaceId()))
              .named("network-interface")
              .source(
                  "https://github.com/hashicorp/terraform-provider-aws/issues/3414",
                  "https://github.com/hashicorp/terraform-provider-aws/issues/1671")
              .build(),
          Fault.of("cost-cross-stack-reference", Layer.COST, Severity.MEDIUM)
              .wrong(
                  "A rule of another stack names the tasks' security group, which then must stay")
              .on(Kind.DESTROY)
              .make(stage -> {
                stage.leaves(stage.its().securityGroups().getFirst());
                String other =
                    stage
                        .ec2()
                        .createSecurityGroup(r ->
                            r.vpcId(stage.its().vpc())
                                .groupName("database")
                                .description("of another stack"))
                        .groupId();
                stage
                    .ec2()
                    .authorizeSecurityGroupIngress(r ->
                        r.groupId(other)
                            .ipPermissions(i ->
                                i.ipProtocol("tcp")
                                    .fromPort(5432)
                                    .toPort(5432)
                                    .userIdGroupPairs(
                                        g -> g.groupId(stage.its().securityGroups().getFirst()))));
              })
              .named("security-group")
              .source("https://github.com/hashicorp/terraform-provider-aws/issues/1671")
              .build(),
          Fault.of("cost-alb-left", Layer.COST, Severity.MEDIUM)
              .wrong("A load balancer that was made by hand for a trial survives the destroy")
              .on(Kind.DESTROY)
              .make(stage ->
                  stage.leaves(
                      stage
                          .elb()
                          .createLoadBalancer(r ->
                              r.name("trial")
                                  .subnets(
                                      stage.its().loadBalancer().availabilityZones().stream()
                                          .map(z -> z.subnetId())
                                          .toList())
                                  .securityGroups(stage.its().loadBalancer().securityGroups()))
                          .loadBalancers()
                          .getFirst()
                          .loadBalancerArn()))
              .named("load-balancer")
              .build(),
          Fault.of("cost-service-stuck-draining", Layer.COST, Severity.MEDIUM)
              .wrong(
                  "Targets are given an hour to leave: the service drains for so long, and the destroy"
                      + " gives up")
              .on(Kind.DESTROY)
              .make(stage -> {
                stage
                    .elb()
                    .modifyTargetGroupAttributes(r ->
                        r.targetGroupArn(stage.its().targetGroup().targetGroupArn())
                            .attributes(
                                a -> a.key("deregistration_delay.timeout_seconds").value("3600")));
                stage.leaves(stage.its().described().serviceArn());
              })
              .named("ecs-service")
              .source(
                  "https://github.com/hashicorp/terraform-provider-aws/issues/3414",
                  "https://github.com/aws/aws-cli/issues/1334")
              .build(),
          Fault.of("cost-ecr-not-empty", Layer.COST, Severity.LOW)
              .wrong("The repository still has images and may not be deleted with them")
              .on(Kind.DESTROY)
              .make(stage -> {
                stage.leaves(stage.its().repositoryArn());
                stage.foundation().orElseThrow().apply(Map.of("force_delete", "false"));
              })
              .named("ecr-repository")
              .source("https://github.com/confluentinc/online-retailer-flink-demo/issues/40")
              .needs(Need.FOUNDATION)
              .build(),
          Fault.of("cost-task-def-revisions-left", Layer.COST, Severity.LOW)
              .wrong(
                  "Revisions of the task definition that a pipeline registered outlive the destroy")
              .on(Kind.DESTROY)
              .make(stage -> {
                stage.leaves(RolloutFaults.again(stage, stage.its().taskDefinition()));
              })
              .named("task-definition")
              .source("https://github.com/aws/containers-roadmap/issues/685")
              .build());

  private CostFaults() {}
}
