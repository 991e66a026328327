package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Faults of who reaches what, and of where the tasks are. */
final class ReachFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("net-igw-missing", Layer.NET, Severity.CRITICAL)
              .wrong("The load balancer's subnets have no route to the internet gateway any more")
              .on(Kind.STANDING)
              .make(stage ->
                  Network.cutOff(
                      stage,
                      stage
                          .ec2()
                          .describeRouteTables(r ->
                              r.filters(f ->
                                  f.name("association.subnet-id")
                                      .values(Network.publicSubnets(stage))))
                          .routeTables()))
              .seenBy("front-door")
              .named("net-igw-missing", "net-alb-subnet-not-public")
              .build(),
          Fault.of("net-alb-sg-listener-port-closed", Layer.NET, Severity.HIGH)
              .wrong("The security group of the load balancer does not let clients in")
              .on(Kind.STANDING)
              .make(stage ->
                  Network.revoke(stage, stage.its().loadBalancer().securityGroups(), false))
              .seenBy("front-door")
              .build(),
          Fault.of("net-alb-sg-egress-blocked", Layer.NET, Severity.HIGH)
              .wrong("The security group of the load balancer lets nothing out to the tasks")
              .on(Kind.STANDING)
              .make(
                  stage -> Network.revoke(stage, stage.its().loadBalancer().securityGroups(), true))
              .seenBy("targets", "front-door")
              .build(),
          Fault.of("net-subnet-ip-exhausted", Layer.NET, Severity.HIGH)
              .wrong("The tasks' subnet has no free address left for the new ones")
              .make(stage -> {
                Subnet small =
                    stage
                        .ec2()
                        .createSubnet(r ->
                            r.vpcId(stage.its().vpc())
                                .availabilityZone(zone(stage))
                                .cidrBlock(free(stage)))
                        .subnet();
                String table = stage.its().routeTables().getFirst().routeTableId();
                stage
                    .ec2()
                    .associateRouteTable(r -> r.routeTableId(table).subnetId(small.subnetId()));
                for (int i = 0; i < small.availableIpAddressCount(); i++) {
                  stage.ec2().createNetworkInterface(r -> r.subnetId(small.subnetId()));
                }
                Network.move(stage, List.of(small.subnetId()), "DISABLED");
              })
              .seenBy("rollout", "tasks")
              .source("https://github.com/paradisec-archive/nabu/pull/1259")
              .build(),
          Fault.of("net-single-az", Layer.NET, Severity.MEDIUM)
              .wrong("All tasks are in one availability zone")
              .make(stage ->
                  Network.move(stage, List.of(stage.its().subnets().getFirst()), "DISABLED"))
              .seenBy("network-posture")
              .build(),
          Fault.of("sec-task-public-ip", Layer.SEC, Severity.HIGH)
              .wrong("The tasks have public addresses though a load balancer is before them")
              .make(stage -> Network.move(stage, Network.publicSubnets(stage), "ENABLED"))
              .seenBy("network-posture")
              .build(),
          Fault.of("sec-task-sg-open-world", Layer.SEC, Severity.HIGH)
              .wrong("The security group of the tasks lets the whole world to the program's port")
              .on(Kind.STANDING)
              .make(stage -> {
                int port = stage.its().port();
                stage
                    .ec2()
                    .authorizeSecurityGroupIngress(r ->
                        r.groupId(stage.its().securityGroups().getFirst())
                            .ipProtocol("tcp")
                            .fromPort(port)
                            .toPort(port)
                            .cidrIp(Network.ANYWHERE));
              })
              .seenBy("network-posture")
              .build());

  private ReachFaults() {}

  private static String zone(Stage stage) {
    String subnet = stage.its().subnets().getFirst();
    return stage
        .ec2()
        .describeSubnets(r -> r.subnetIds(subnet))
        .subnets()
        .getFirst()
        .availabilityZone();
  }

  /** The last /28 of the VPC, which a stack that counts from below has not reached. */
  private static String free(Stage stage) {
    String cidr =
        stage.ec2().describeVpcs(r -> r.vpcIds(stage.its().vpc())).vpcs().getFirst().cidrBlock();
    String[] parts = cidr.split("[./]", -1);
    long base = 0;
    for (int i = 0; i < 4; i++) {
      base = base * 256 + Long.parseLong(parts[i]);
    }
    long last = base + (1L << (32 - Integer.parseInt(parts[4]))) - 16;
    return "%d.%d.%d.%d/28".formatted(last >> 24, last >> 16 & 255, last >> 8 & 255, last & 255);
  }
}
