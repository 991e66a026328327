package dev.slipway.validation.diagnose;

import dev.slipway.topology.Network;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import dev.slipway.validation.diagnose.Cause.Fix;
import java.util.List;

/** Changes to the network, as Terraform and as AWS CLI. */
final class Fixes {

  private Fixes() {}

  static Fix route(String table, String subnet, String nat) {
    String target = nat.isEmpty() ? "aws_nat_gateway.this.id" : "\"" + nat + "\"";
    return new Fix(
        "add a route 0.0.0.0/0 to route table %s of subnet %s, to %s, or add VPC endpoints for ecr.api, ecr.dkr, s3 and logs"
            .formatted(
                table,
                subnet,
                nat.isEmpty() ? "a NAT gateway in a public subnet" : "NAT gateway " + nat),
        """
        resource "aws_route" "egress" {
          route_table_id         = "%s"
          destination_cidr_block = "0.0.0.0/0"
          nat_gateway_id         = %s
        }
        # with Slipway's network module: egress = "nat"\
        """
            .formatted(table, target),
        (nat.isEmpty()
                ? "aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET --allocation-id EIP_ALLOCATION\n"
                : "")
            + "aws ec2 create-route --route-table-id %s --destination-cidr-block 0.0.0.0/0 --nat-gateway-id %s"
                .formatted(table, nat.isEmpty() ? "NAT_GATEWAY" : nat));
  }

  static Fix natGateway(String nat, List<String> related) {
    String table =
        related.stream().filter(r -> r.startsWith("rtb-")).findFirst().orElse("ROUTE_TABLE");
    return new Fix(
        "give NAT gateway %s a working way to the internet: a route 0.0.0.0/0 to the internet gateway in route table %s, or a new NAT gateway"
            .formatted(nat, table),
        """
        resource "aws_route" "nat_egress" {
          route_table_id         = "%s"
          destination_cidr_block = "0.0.0.0/0"
          gateway_id             = aws_internet_gateway.this.id
        }\
        """
            .formatted(table),
        "aws ec2 create-route --route-table-id %s --destination-cidr-block 0.0.0.0/0 --gateway-id INTERNET_GATEWAY"
            .formatted(table));
  }

  static Fix associate(String subnet, String table) {
    return new Fix(
        "associate subnet %s with route table %s, which leads out".formatted(subnet, table),
        """
        resource "aws_route_table_association" "private" {
          subnet_id      = "%s"
          route_table_id = "%s"
        }\
        """
            .formatted(subnet, table),
        "aws ec2 associate-route-table --subnet-id %s --route-table-id %s"
            .formatted(subnet, table));
  }

  static Fix publicAddress(String subnet) {
    return new Fix(
        "place the tasks in private subnets that lead to a NAT gateway; else give tasks in subnet %s public addresses"
            .formatted(subnet),
        """
        resource "aws_ecs_service" "this" {
          network_configuration {
            subnets = module.network.private_subnet_ids
          }
        }\
        """,
        "aws ecs update-service --cluster CLUSTER --service SERVICE --network-configuration 'awsvpcConfiguration={subnets=[PRIVATE_SUBNETS],securityGroups=[GROUPS],assignPublicIp=DISABLED}'");
  }

  static Fix internetGateway(Network network, String subnet, String resource) {
    String vpc =
        network.subnets().stream()
            .filter(s -> subnet.equals(s.subnetId()))
            .map(s -> s.vpcId())
            .findFirst()
            .orElse("VPC");
    String gateway = resource.startsWith("igw-") ? resource : "INTERNET_GATEWAY";
    return new Fix(
        "attach an internet gateway to %s".formatted(vpc),
        """
        resource "aws_internet_gateway" "this" {
          vpc_id = "%s"
        }\
        """
            .formatted(vpc),
        "aws ec2 attach-internet-gateway --internet-gateway-id %s --vpc-id %s"
            .formatted(gateway, vpc));
  }

  static Fix toInternet(String table) {
    return new Fix(
        "route 0.0.0.0/0 in %s to the internet gateway".formatted(table),
        """
        resource "aws_route" "internet" {
          route_table_id         = "%s"
          destination_cidr_block = "0.0.0.0/0"
          gateway_id             = aws_internet_gateway.this.id
        }\
        """
            .formatted(table),
        "aws ec2 create-route --route-table-id %s --destination-cidr-block 0.0.0.0/0 --gateway-id INTERNET_GATEWAY"
            .formatted(table));
  }

  static Fix egress(String group) {
    return new Fix(
        "allow TCP 443 out of security group " + group,
        """
        resource "aws_vpc_security_group_egress_rule" "https" {
          security_group_id = "%s"
          ip_protocol       = "tcp"
          from_port         = 443
          to_port           = 443
          cidr_ipv4         = "0.0.0.0/0"
        }\
        """
            .formatted(group),
        "aws ec2 authorize-security-group-egress --group-id %s --ip-permissions IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges='[{CidrIp=0.0.0.0/0}]'"
            .formatted(group));
  }

  static Fix egressTo(String group, int port) {
    return new Fix(
        "allow TCP %d out of security group %s of the load balancer".formatted(port, group),
        """
        resource "aws_vpc_security_group_egress_rule" "to_tasks" {
          security_group_id            = "%s"
          ip_protocol                  = "tcp"
          from_port                    = %d
          to_port                      = %d
          referenced_security_group_id = aws_security_group.tasks.id
        }\
        """
            .formatted(group, port, port),
        "aws ec2 authorize-security-group-egress --group-id %s --ip-permissions IpProtocol=tcp,FromPort=%d,ToPort=%d,UserIdGroupPairs='[{GroupId=TASK_GROUP}]'"
            .formatted(group, port, port));
  }

  static Fix ingress(String group, int port, String source) {
    return new Fix(
        "allow TCP %d into security group %s from security group %s".formatted(port, group, source),
        """
        resource "aws_vpc_security_group_ingress_rule" "from_load_balancer" {
          security_group_id            = "%s"
          ip_protocol                  = "tcp"
          from_port                    = %d
          to_port                      = %d
          referenced_security_group_id = "%s"
        }\
        """
            .formatted(group, port, port, source),
        "aws ec2 authorize-security-group-ingress --group-id %s --protocol tcp --port %d --source-group %s"
            .formatted(group, port, source));
  }

  static Fix openListener(String group, int port) {
    return new Fix(
        "allow TCP %d into security group %s of the load balancer from its clients"
            .formatted(port, group),
        """
        resource "aws_vpc_security_group_ingress_rule" "clients" {
          security_group_id = "%s"
          ip_protocol       = "tcp"
          from_port         = %d
          to_port           = %d
          cidr_ipv4         = "0.0.0.0/0"
        }\
        """
            .formatted(group, port, port),
        "aws ec2 authorize-security-group-ingress --group-id %s --protocol tcp --port %d --cidr 0.0.0.0/0"
            .formatted(group, port));
  }

  static Fix endpointGroup(String group, String subnet) {
    return new Fix(
        "allow TCP 443 into security group %s of the VPC endpoint from the tasks in subnet %s"
            .formatted(group, subnet),
        """
        resource "aws_vpc_security_group_ingress_rule" "endpoint_https" {
          security_group_id            = "%s"
          ip_protocol                  = "tcp"
          from_port                    = 443
          to_port                      = 443
          referenced_security_group_id = aws_security_group.tasks.id
        }\
        """
            .formatted(group),
        "aws ec2 authorize-security-group-ingress --group-id %s --protocol tcp --port 443 --source-group TASK_GROUP"
            .formatted(group));
  }

  static Fix dns(String vpc) {
    return new Fix(
        "turn on DNS support and DNS host names of " + vpc,
        """
        resource "aws_vpc" "this" {
          enable_dns_support   = true
          enable_dns_hostnames = true
        }\
        """,
        "aws ec2 modify-vpc-attribute --vpc-id %s --enable-dns-support\naws ec2 modify-vpc-attribute --vpc-id %s --enable-dns-hostnames"
            .formatted(vpc, vpc));
  }

  static Fix networkAcl(String acl, String subnet) {
    return new Fix(
        "let network ACL %s of subnet %s pass TCP 443 out and TCP 1024-65535 in"
            .formatted(acl, subnet),
        """
        resource "aws_network_acl_rule" "https_out" {
          network_acl_id = "%s"
          rule_number    = 90
          egress         = true
          protocol       = "tcp"
          rule_action    = "allow"
          cidr_block     = "0.0.0.0/0"
          from_port      = 443
          to_port        = 443
        }\
        """
            .formatted(acl),
        "aws ec2 create-network-acl-entry --network-acl-id %s --egress --rule-number 90 --protocol tcp --port-range From=443,To=443 --cidr-block 0.0.0.0/0 --rule-action allow"
            .formatted(acl));
  }

  static Fix endpoint(
      Network network, Obstacle obstacle, String subnet, String service, String region) {
    String name = "com.amazonaws." + region + "." + service;
    String resource = obstacle.resourceId();
    if (obstacle.kind() == ObstacleKind.ENDPOINT_PRIVATE_DNS_OFF) {
      return new Fix(
          "turn on private DNS of VPC endpoint " + resource,
          "resource \"aws_vpc_endpoint\" \"this\" {\n  private_dns_enabled = true\n}",
          "aws ec2 modify-vpc-endpoint --vpc-endpoint-id %s --private-dns-enabled"
              .formatted(resource));
    }
    if (obstacle.kind() == ObstacleKind.GATEWAY_ENDPOINT_NOT_ON_ROUTE_TABLE) {
      String table =
          obstacle.relatedIds().stream()
              .filter(r -> r.startsWith("rtb-"))
              .findFirst()
              .orElse("ROUTE_TABLE");
      return new Fix(
          "put gateway endpoint %s on route table %s of subnet %s"
              .formatted(resource, table, subnet),
          """
          resource "aws_vpc_endpoint_route_table_association" "s3" {
            vpc_endpoint_id = "%s"
            route_table_id  = "%s"
          }\
          """
              .formatted(resource, table),
          "aws ec2 modify-vpc-endpoint --vpc-endpoint-id %s --add-route-table-ids %s"
              .formatted(resource, table));
    }
    String vpc =
        network.subnets().stream()
            .filter(s -> subnet.equals(s.subnetId()))
            .map(s -> s.vpcId())
            .findFirst()
            .orElse("VPC");
    String type = service.equals("s3") ? "Gateway" : "Interface";
    return new Fix(
        "add a %s endpoint for %s to %s"
            .formatted(type.toLowerCase(java.util.Locale.ROOT), name, vpc),
        """
        resource "aws_vpc_endpoint" "%s" {
          vpc_id            = "%s"
          service_name      = "%s"
          vpc_endpoint_type = "%s"
        }\
        """
            .formatted(service.replace('.', '_'), vpc, name, type),
        "aws ec2 create-vpc-endpoint --vpc-id %s --service-name %s --vpc-endpoint-type %s --%s"
            .formatted(
                vpc,
                name,
                type,
                type.equals("Gateway")
                    ? "route-table-ids ROUTE_TABLE"
                    : "private-dns-enabled --subnet-ids " + subnet));
  }
}
