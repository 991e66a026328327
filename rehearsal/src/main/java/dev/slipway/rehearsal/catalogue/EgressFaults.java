package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** Faults on the way of the tasks to the services of AWS. */
final class EgressFaults {

  private static final String ANYWHERE = "0.0.0.0/0";

  static final List<Fault> ALL =
      List.of(
          Fault.of("net-route-table-not-associated", Layer.NET, Severity.CRITICAL)
              .wrong("The tasks' subnets fell back to the main route table, which leads nowhere")
              .make(stage -> {
                for (RouteTable table : stage.its().routeTables()) {
                  for (RouteTableAssociation each : table.associations()) {
                    if (each.subnetId() != null
                        && stage.its().subnets().contains(each.subnetId())) {
                      stage
                          .ec2()
                          .disassociateRouteTable(
                              r -> r.associationId(each.routeTableAssociationId()));
                    }
                  }
                }
              })
              .seenBy("rollout", "tasks")
              .source(
                  "https://github.com/aws/amazon-ecs-agent/issues/1266",
                  "https://github.com/aws/amazon-ecs-agent/issues/1246")
              .build(),
          Fault.of("net-public-subnet-no-public-ip", Layer.NET, Severity.HIGH)
              .wrong("The tasks moved to public subnets without a public address")
              .make(stage -> {
                List<String> open = publicSubnets(stage);
                List<String> groups = stage.its().securityGroups();
                stage
                    .release()
                    .update(u ->
                        u.networkConfiguration(n ->
                            n.awsvpcConfiguration(v ->
                                v.subnets(open)
                                    .securityGroups(groups)
                                    .assignPublicIp("DISABLED"))));
              })
              .seenBy("rollout", "tasks")
              .source("https://github.com/aws/amazon-ecs-agent/issues/1266")
              .build(),
          Fault.of("net-nat-gateway-deleted", Layer.NET, Severity.CRITICAL)
              .wrong("The NAT gateway was deleted, and the routes to it lead into a black hole")
              .make(stage ->
                  stage
                      .ec2()
                      .describeNatGateways(
                          r -> r.filter(f -> f.name("vpc-id").values(stage.its().vpc())))
                      .natGateways()
                      .forEach(
                          n -> stage.ec2().deleteNatGateway(r -> r.natGatewayId(n.natGatewayId()))))
              .seenBy("rollout", "tasks")
              .named("net-no-egress-route")
              .build(),
          Fault.of("net-network-acl-blocks", Layer.NET, Severity.HIGH)
              .wrong("A network ACL lets requests out and not the answers in")
              .make(stage -> {
                String acl =
                    stage
                        .ec2()
                        .describeNetworkAcls(r ->
                            r.filters(
                                f -> f.name("association.subnet-id").values(stage.its().subnets())))
                        .networkAcls()
                        .getFirst()
                        .networkAclId();
                stage
                    .ec2()
                    .createNetworkAclEntry(r ->
                        r.networkAclId(acl)
                            .ruleNumber(10)
                            .protocol("6")
                            .ruleAction("deny")
                            .egress(false)
                            .cidrBlock(ANYWHERE)
                            .portRange(p -> p.from(1024).to(65535)));
              })
              .seenBy("rollout", "tasks", "targets")
              .build(),
          Fault.of("net-ecr-api-endpoint-missing", Layer.NET, Severity.CRITICAL)
              .wrong(
                  "Isolated subnets have an endpoint for the registry's images, none for its API")
              .make(stage -> Isolated.endpoints(stage, true, "ecr.dkr", "logs"))
              .seenBy("rollout", "tasks")
              .build(),
          Fault.of("net-ecr-dkr-endpoint-missing", Layer.NET, Severity.CRITICAL)
              .wrong(
                  "Isolated subnets have an endpoint for the registry's API, none for its images")
              .make(stage -> Isolated.endpoints(stage, true, "ecr.api", "logs"))
              .seenBy("rollout", "tasks")
              .build(),
          Fault.of("net-s3-gateway-endpoint-missing", Layer.NET, Severity.CRITICAL)
              .wrong("Isolated subnets reach the registry, and not the bucket of its layers")
              .make(stage -> {
                Isolated.endpoints(stage, true, "ecr.api", "ecr.dkr", "logs");
                List<String> gateways = s3(stage);
                stage.ec2().deleteVpcEndpoints(r -> r.vpcEndpointIds(gateways));
              })
              .seenBy("rollout", "tasks")
              .build(),
          Fault.of("net-endpoint-policy-denies", Layer.NET, Severity.HIGH)
              .wrong("The policy of the S3 endpoint leaves out the bucket of the registry's layers")
              .make(stage -> {
                Isolated.endpoints(stage, true, "ecr.api", "ecr.dkr", "logs");
                for (String id : s3(stage)) {
                  stage
                      .ec2()
                      .modifyVpcEndpoint(r ->
                          r.vpcEndpointId(id)
                              .policyDocument(
                                  "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::only-this-bucket/*\"}]}"));
                }
              })
              .seenBy("rollout", "tasks")
              .build(),
          Fault.of("net-vpc-dns-off", Layer.NET, Severity.HIGH)
              .wrong("The VPC resolves no names, so that private endpoints are never found")
              .make(stage -> {
                Isolated.endpoints(stage, true, "ecr.api", "ecr.dkr", "logs");
                stage
                    .ec2()
                    .modifyVpcAttribute(
                        r -> r.vpcId(stage.its().vpc()).enableDnsSupport(v -> v.value(false)));
              })
              .seenBy("rollout", "tasks")
              .build(),
          Fault.of("net-task-sg-egress-blocked", Layer.NET, Severity.CRITICAL)
              .wrong("The security group of the tasks lets nothing out")
              .make(stage -> {
                for (String group : stage.its().securityGroups()) {
                  stage
                      .ec2()
                      .describeSecurityGroupRules(
                          r -> r.filters(f -> f.name("group-id").values(group)))
                      .securityGroupRules()
                      .stream()
                      .filter(rule -> rule.isEgress())
                      .forEach(rule ->
                          stage
                              .ec2()
                              .revokeSecurityGroupEgress(r ->
                                  r.groupId(group)
                                      .securityGroupRuleIds(rule.securityGroupRuleId())));
                }
              })
              .seenBy("rollout", "tasks")
              .source("https://github.com/Releem/releem-agent/issues/195")
              .build());

  private EgressFaults() {}

  /** The subnets of the load balancer. */
  static List<String> publicSubnets(Stage stage) {
    return stage.its().loadBalancer().availabilityZones().stream().map(z -> z.subnetId()).toList();
  }

  private static List<String> s3(Stage stage) {
    return stage.ec2().describeVpcEndpoints().vpcEndpoints().stream()
        .filter(e -> e.serviceName().endsWith(".s3"))
        .map(e -> e.vpcEndpointId())
        .toList();
  }
}
