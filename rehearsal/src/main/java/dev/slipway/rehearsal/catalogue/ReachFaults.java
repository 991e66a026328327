package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.topology.Cidr;
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
                  Network.cutOff(stage, stage.its().routeTables(Network.publicSubnets(stage))))
              .seenBy("front-door")
              .named("net-igw-missing", "net-alb-subnet-not-public")
              .needs(Need.INTERNET_FACING, Need.APART)
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
                Network.move(stage, List.of(small.subnetId()), stage.its().publicIp());
              })
              .seenBy("rollout", "tasks")
              .source("https://github.com/paradisec-archive/nabu/pull/1259")
              .build(),
          Fault.of("net-single-az", Layer.NET, Severity.MEDIUM)
              .wrong("All tasks are in one availability zone")
              .make(stage ->
                  Network.move(
                      stage, List.of(stage.its().subnets().getFirst()), stage.its().publicIp()))
              .seenBy("network-posture")
              .needs(Need.TWO_ZONES)
              .build(),
          Fault.of("sec-task-public-ip", Layer.SEC, Severity.HIGH)
              .wrong("The tasks have public addresses though a load balancer is before them")
              .make(stage -> Network.move(stage, Network.publicSubnets(stage), "ENABLED"))
              .seenBy("network-posture")
              .needs(Need.INTERNET_FACING)
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

  /** The last /28 of the VPC that no subnet has. */
  private static String free(Stage stage) {
    String vpc = stage.its().vpc();
    Cidr all =
        Cidr.parse(stage.ec2().describeVpcs(r -> r.vpcIds(vpc)).vpcs().getFirst().cidrBlock());
    List<Cidr> taken =
        stage
            .ec2()
            .describeSubnets(r -> r.filters(f -> f.name("vpc-id").values(vpc)))
            .subnets()
            .stream()
            .map(s -> Cidr.parse(s.cidrBlock()))
            .toList();
    for (long at = all.first() + all.size() - 16; at >= all.first(); at -= 16) {
      Cidr one = new Cidr(at, 28);
      if (taken.stream().noneMatch(one::overlaps)) {
        return one.toString();
      }
    }
    throw new IllegalStateException(vpc + " has no room for another subnet");
  }
}
