package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;

/** Networks, with the real Terraform over the twin's EC2. */
class NetworkStackTest extends StackTest {

  private static final String VPC =
      """
      resource "aws_vpc" "v" {
        cidr_block           = "10.0.0.0/16"
        enable_dns_hostnames = true
        tags                 = { Name = "probe" }
      }
      """;

  private static final String NETWORK =
      VPC
          + """
          data "aws_availability_zones" "az" { state = "available" }
          data "aws_region" "here" {}
          resource "aws_default_security_group" "d" { vpc_id = aws_vpc.v.id }
          resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.v.id }
          resource "aws_subnet" "pub" {
            vpc_id            = aws_vpc.v.id
            availability_zone = data.aws_availability_zones.az.names[0]
            cidr_block        = "10.0.0.0/24"
          }
          resource "aws_subnet" "priv" {
            vpc_id            = aws_vpc.v.id
            availability_zone = data.aws_availability_zones.az.names[1]
            cidr_block        = "10.0.10.0/24"
          }
          resource "aws_eip" "n" { domain = "vpc" }
          resource "aws_nat_gateway" "n" {
            allocation_id = aws_eip.n.id
            subnet_id     = aws_subnet.pub.id
            depends_on    = [aws_internet_gateway.i]
          }
          resource "aws_route_table" "pub" { vpc_id = aws_vpc.v.id }
          resource "aws_route" "pub" {
            route_table_id         = aws_route_table.pub.id
            destination_cidr_block = "0.0.0.0/0"
            gateway_id             = aws_internet_gateway.i.id
          }
          resource "aws_route_table" "priv" {
            vpc_id = aws_vpc.v.id
            route {
              cidr_block     = "0.0.0.0/0"
              nat_gateway_id = aws_nat_gateway.n.id
            }
          }
          resource "aws_route_table_association" "pub" {
            subnet_id      = aws_subnet.pub.id
            route_table_id = aws_route_table.pub.id
          }
          resource "aws_vpc_endpoint" "s3" {
            vpc_id            = aws_vpc.v.id
            service_name      = "com.amazonaws.${data.aws_region.here.name}.s3"
            route_table_ids   = [aws_route_table.priv.id]
          }
          resource "aws_vpc_endpoint" "ecr" {
            vpc_id              = aws_vpc.v.id
            service_name        = "com.amazonaws.${data.aws_region.here.name}.ecr.api"
            vpc_endpoint_type   = "Interface"
            private_dns_enabled = true
            subnet_ids          = [aws_subnet.priv.id]
            security_group_ids  = [aws_security_group.task.id]
          }
          resource "aws_security_group" "task" {
            name        = "task"
            description = "task"
            vpc_id      = aws_vpc.v.id
          }
          """;

  @Test
  void settlesImportsAndLeavesNothing() {
    applied(NETWORK);
    assertThat(terraform.values("aws_vpc.v").path("tags_all").path("env").asText())
        .isEqualTo("twin");
    assertThat(terraform.values("aws_nat_gateway.n").path("public_ip").asText())
        .isEqualTo(terraform.values("aws_eip.n").path("public_ip").asText());

    for (String address :
        new String[] {
          "aws_vpc.v",
          "aws_subnet.pub",
          "aws_internet_gateway.i",
          "aws_eip.n",
          "aws_nat_gateway.n",
          "aws_route_table.priv",
          "aws_vpc_endpoint.s3",
          "aws_vpc_endpoint.ecr",
          "aws_security_group.task"
        }) {
      imported(address, id(address));
    }
    imported("aws_route.pub", id("aws_route_table.pub") + "_0.0.0.0/0");
    imported(
        "aws_route_table_association.pub", id("aws_subnet.pub") + "/" + id("aws_route_table.pub"));

    terraform.destroy();
    assertNothingLeft();
  }

  @Test
  void changesInPlaceWhatMayChange() {
    applied(NETWORK);

    String changed =
        NETWORK
            .replace("enable_dns_hostnames = true", "enable_dns_hostnames = false")
            .replace("Name = \"probe\"", "Name = \"other\"")
            .replace(
                "cidr_block        = \"10.0.0.0/24\"",
                "cidr_block = \"10.0.0.0/24\"\n map_public_ip_on_launch = true")
            .replace(
                "route_table_ids   = [aws_route_table.priv.id]",
                "route_table_ids = [aws_route_table.pub.id]")
            .replace("private_dns_enabled = true", "private_dns_enabled = false");
    assertThat(applied(changed).output()).contains("0 added, 4 changed, 0 destroyed");
  }

  @Test
  void replacesTheSubnetWhoseRangeChanges() {
    String subnet =
        VPC
            + """
            resource "aws_subnet" "s" {
              vpc_id     = aws_vpc.v.id
              cidr_block = "10.0.10.0/24"
            }
            resource "aws_route_table" "r" { vpc_id = aws_vpc.v.id }
            resource "aws_route_table_association" "s" {
              subnet_id      = aws_subnet.s.id
              route_table_id = aws_route_table.r.id
            }
            """;
    applied(subnet);

    TerraformRun.Result result = applied(subnet.replace("10.0.10.0/24", "10.0.11.0/24"));

    assertThat(result.output()).contains("2 added, 0 changed, 2 destroyed");
  }

  @Test
  void keepsSecurityGroupsAndTheirRulesApart() {
    String groups =
        VPC
            + """
            resource "aws_security_group" "lb" {
              name_prefix = "lb-"
              vpc_id      = aws_vpc.v.id
            }
            resource "aws_security_group" "task" {
              name   = "task"
              vpc_id = aws_vpc.v.id
            }
            resource "aws_vpc_security_group_ingress_rule" "lb" {
              security_group_id = aws_security_group.lb.id
              cidr_ipv4         = "0.0.0.0/0"
              ip_protocol       = "tcp"
              from_port         = 80
              to_port           = 80
            }
            resource "aws_vpc_security_group_egress_rule" "lb" {
              security_group_id            = aws_security_group.lb.id
              referenced_security_group_id = aws_security_group.task.id
              ip_protocol                  = "tcp"
              from_port                    = 5000
              to_port                      = 5000
            }
            resource "aws_vpc_security_group_egress_rule" "task" {
              security_group_id = aws_security_group.task.id
              cidr_ipv4         = "0.0.0.0/0"
              ip_protocol       = "-1"
              tags              = { Name = "all" }
            }
            """;
    applied(groups);
    assertThat(terraform.values("aws_security_group.lb").path("name").asText()).startsWith("lb-");

    assertThat(applied(groups.replace("80", "8080")).output()).contains("0 added, 1 changed");
    for (String address :
        new String[] {
          "aws_vpc_security_group_ingress_rule.lb",
          "aws_vpc_security_group_egress_rule.lb",
          "aws_vpc_security_group_egress_rule.task"
        }) {
      imported(address, id(address));
    }
    terraform.destroy();
    assertNothingLeft();
  }

  @Test
  void keepsRulesWithinTheirGroup() {
    String group =
        VPC
            + """
            resource "aws_security_group" "g" {
              name   = "g"
              vpc_id = aws_vpc.v.id
              ingress {
                from_port   = 443
                to_port     = 443
                protocol    = "tcp"
                cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]
                self        = true
              }
              egress {
                from_port   = 0
                to_port     = 0
                protocol    = "-1"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            """;
    applied(group);
    imported("aws_security_group.g", id("aws_security_group.g"));

    assertThat(applied(group.replace(", \"192.168.0.0/16\"", "")).output())
        .contains("0 added, 1 changed");
    terraform.destroy();
  }

  @Test
  void keepsNetworkAclsAndTheirRules() {
    String acls =
        VPC
            + """
            resource "aws_subnet" "s" {
              vpc_id     = aws_vpc.v.id
              cidr_block = "10.0.1.0/24"
            }
            resource "aws_network_acl" "whole" {
              vpc_id     = aws_vpc.v.id
              subnet_ids = [aws_subnet.s.id]
              ingress {
                rule_no    = 100
                action     = "allow"
                protocol   = "tcp"
                cidr_block = "0.0.0.0/0"
                from_port  = 80
                to_port    = 80
              }
              egress {
                rule_no    = 100
                action     = "allow"
                protocol   = "-1"
                cidr_block = "0.0.0.0/0"
                from_port  = 0
                to_port    = 0
              }
            }
            resource "aws_network_acl" "bare" { vpc_id = aws_vpc.v.id }
            resource "aws_network_acl_rule" "r" {
              network_acl_id = aws_network_acl.bare.id
              rule_number    = 90
              protocol       = "udp"
              rule_action    = "deny"
              cidr_block     = "10.0.0.0/8"
              from_port      = 53
              to_port        = 53
            }
            """;
    terraform.config(acls).apply();
    terraform.succeed("apply", "-refresh-only", "-auto-approve");
    imported("aws_network_acl.whole", id("aws_network_acl.whole"));
    imported("aws_network_acl_rule.r", id("aws_network_acl.bare") + ":90:17:false");

    assertThat(applied(acls.replace("= 80", "= 443")).output()).contains("0 added, 1 changed");
    terraform.destroy();
    assertNothingLeft();
  }

  @Test
  void keepsRulesThatStandBesideTheirGroup() {
    String rules =
        VPC
            + """
            resource "aws_security_group" "g" {
              name   = "g"
              vpc_id = aws_vpc.v.id
            }
            resource "aws_security_group_rule" "in" {
              type              = "ingress"
              security_group_id = aws_security_group.g.id
              protocol          = "tcp"
              from_port         = 443
              to_port           = 443
              cidr_blocks       = ["10.0.0.0/8"]
            }
            resource "aws_security_group_rule" "self" {
              type              = "egress"
              security_group_id = aws_security_group.g.id
              protocol          = "all"
              from_port         = 0
              to_port           = 0
              self              = true
            }
            """;
    applied(rules);

    assertThat(applied(rules.replace("10.0.0.0/8", "10.1.0.0/16")).output())
        .contains("1 added, 0 changed, 1 destroyed");
    terraform.destroy();
    assertNothingLeft();
  }

  private void assertNothingLeft() {
    assertThat(
            world()
                .operations()
                .call(DescribeVpcsRequest.builder().build(), DescribeVpcsResponse.class)
                .vpcs())
        .noneMatch(vpc -> !Boolean.TRUE.equals(vpc.isDefault()));
    assertThat(
            world()
                .operations()
                .call(DescribeAddressesRequest.builder().build(), DescribeAddressesResponse.class)
                .addresses())
        .isEmpty();
    assertThat(
            world()
                .operations()
                .call(
                    DescribeNetworkInterfacesRequest.builder().build(),
                    DescribeNetworkInterfacesResponse.class)
                .networkInterfaces())
        .isEmpty();
  }
}
