package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** Faults on the way of the tasks to the services of AWS. */
final class EgressFaults {

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
              .needs(Need.OWN_ROUTE_TABLES, Need.APART)
              .build(),
          Fault.of("net-public-subnet-no-public-ip", Layer.NET, Severity.HIGH)
              .wrong("The tasks moved to public subnets without a public address")
              .make(stage -> Network.move(stage, Network.publicSubnets(stage), "DISABLED"))
              .seenBy("rollout", "tasks")
              .source("https://github.com/aws/amazon-ecs-agent/issues/1266")
              .needs(Need.INTERNET_FACING)
              .build(),
          Fault.of("net-nat-gateway-deleted", Layer.NET, Severity.CRITICAL)
              .wrong("The NAT gateway was deleted, and the routes to it lead into a black hole")
              .make(Network::deleteNat)
              .seenBy("rollout", "tasks")
              .named("net-no-egress-route")
              .needs(Need.NAT)
              .build(),
          Fault.of("net-network-acl-blocks", Layer.NET, Severity.HIGH)
              .wrong("A network ACL lets requests out and not the answers in")
              .make(stage -> Network.deny(stage, false, 1024, 65535))
              .seenBy("rollout", "tasks", "targets")
              .build(),
          Fault.of("net-ecr-api-endpoint-missing", Layer.NET, Severity.CRITICAL)
              .wrong(
                  "Isolated subnets have an endpoint for the registry's images, none for its API")
              .make(stage -> Isolated.endpoints(stage, true, "ecr.dkr", "logs"))
              .seenBy("rollout", "tasks")
              .needs(Need.NAT, Need.NO_ENDPOINTS)
              .build(),
          Fault.of("net-ecr-dkr-endpoint-missing", Layer.NET, Severity.CRITICAL)
              .wrong(
                  "Isolated subnets have an endpoint for the registry's API, none for its images")
              .make(stage -> Isolated.endpoints(stage, true, "ecr.api", "logs"))
              .seenBy("rollout", "tasks")
              .needs(Need.NAT, Need.NO_ENDPOINTS)
              .build(),
          Fault.of("net-s3-gateway-endpoint-missing", Layer.NET, Severity.CRITICAL)
              .wrong("Isolated subnets reach the registry, and not the bucket of its layers")
              .make(stage -> {
                Isolated.endpoints(stage, true, "ecr.api", "ecr.dkr", "logs");
                List<String> gateways = s3(stage);
                stage.ec2().deleteVpcEndpoints(r -> r.vpcEndpointIds(gateways));
              })
              .seenBy("rollout", "tasks")
              .needs(Need.NAT, Need.NO_ENDPOINTS)
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
                                  Policies.document(
                                      "\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::only-this-bucket/*\"")));
                }
              })
              .seenBy("rollout", "tasks")
              .needs(Need.NAT, Need.NO_ENDPOINTS)
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
              .needs(Need.NAT, Need.NO_ENDPOINTS)
              .build(),
          Fault.of("net-task-sg-egress-blocked", Layer.NET, Severity.CRITICAL)
              .wrong("The security group of the tasks lets nothing out")
              .make(stage -> Network.revoke(stage, stage.its().securityGroups(), true))
              .seenBy("rollout", "tasks")
              .source("https://github.com/Releem/releem-agent/issues/195")
              .build(),
          Fault.of("net-logs-endpoint-missing", Layer.NET, Severity.HIGH)
              .wrong("Isolated subnets have endpoints for the registry and none for logs")
              .make(stage -> Isolated.endpoints(stage, true, "ecr.api", "ecr.dkr"))
              .seenBy("rollout", "tasks")
              .needs(Need.NAT, Need.NO_ENDPOINTS, Need.LOG_GROUP)
              .build(),
          Fault.of("net-endpoint-sg-blocks-443", Layer.NET, Severity.CRITICAL)
              .wrong("The security group of the VPC endpoints accepts nothing")
              .make(stage -> Isolated.endpoints(stage, false, "ecr.api", "ecr.dkr", "logs"))
              .seenBy("rollout", "tasks")
              .needs(Need.NAT, Need.NO_ENDPOINTS)
              .build());

  private EgressFaults() {}

  private static List<String> s3(Stage stage) {
    return stage.ec2().describeVpcEndpoints().vpcEndpoints().stream()
        .filter(e -> e.serviceName().endsWith(".s3"))
        .map(e -> e.vpcEndpointId())
        .toList();
  }
}
