package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.stage.Stage;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** What somebody does to the network of a service by hand. */
final class Network {

  /** Every address. */
  static final String ANYWHERE = "0.0.0.0/0";

  private Network() {}

  /** The subnets of the load balancer. */
  static List<String> publicSubnets(Stage stage) {
    return stage.its().loadBalancer().availabilityZones().stream().map(z -> z.subnetId()).toList();
  }

  /** Takes the default routes from route tables. */
  static void cutOff(Stage stage, List<RouteTable> tables) {
    for (RouteTable table : tables) {
      stage
          .ec2()
          .deleteRoute(r -> r.routeTableId(table.routeTableId()).destinationCidrBlock(ANYWHERE));
    }
  }

  /** Takes all rules of one direction from security groups. */
  static void revoke(Stage stage, List<String> groups, boolean egress) {
    for (String group : groups) {
      List<String> rules =
          stage
              .ec2()
              .describeSecurityGroupRules(r -> r.filters(f -> f.name("group-id").values(group)))
              .securityGroupRules()
              .stream()
              .filter(rule -> rule.isEgress() == egress)
              .map(SecurityGroupRule::securityGroupRuleId)
              .toList();
      if (egress) {
        stage.ec2().revokeSecurityGroupEgress(r -> r.groupId(group).securityGroupRuleIds(rules));
      } else {
        stage.ec2().revokeSecurityGroupIngress(r -> r.groupId(group).securityGroupRuleIds(rules));
      }
    }
  }

  /** Has the network ACLs of the tasks' subnets deny TCP between them and everybody. */
  static void deny(Stage stage, boolean egress, int from, int to) {
    stage
        .ec2()
        .describeNetworkAcls(
            r -> r.filters(f -> f.name("association.subnet-id").values(stage.its().subnets())))
        .networkAcls()
        .forEach(acl ->
            stage
                .ec2()
                .createNetworkAclEntry(r ->
                    r.networkAclId(acl.networkAclId())
                        .ruleNumber(10)
                        .protocol("6")
                        .ruleAction("deny")
                        .egress(egress)
                        .cidrBlock(ANYWHERE)
                        .portRange(p -> p.from(from).to(to))));
  }

  /** Deletes the NAT gateways of the service's VPC. */
  static void deleteNat(Stage stage) {
    String vpc = stage.its().vpc();
    stage
        .ec2()
        .describeNatGateways(r -> r.filter(f -> f.name("vpc-id").values(vpc)))
        .natGateways()
        .forEach(n -> stage.ec2().deleteNatGateway(r -> r.natGatewayId(n.natGatewayId())));
  }

  /**
   * Has the next deployment move the tasks to other subnets, with the security groups that they
   * have.
   *
   * @param publicIp {@code ENABLED} or {@code DISABLED}
   */
  static void move(Stage stage, List<String> subnets, String publicIp) {
    List<String> groups = stage.its().securityGroups();
    stage
        .release()
        .update(u ->
            u.networkConfiguration(n ->
                n.awsvpcConfiguration(
                    v -> v.subnets(subnets).securityGroups(groups).assignPublicIp(publicIp))));
  }
}
