package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Security groups and network ACLs, with the real Terraform over the twin's EC2. */
class NetworkRulesStackTest extends StackTest {

  private static final String VPC = "resource \"aws_vpc\" \"v\" { cidr_block = \"10.0.0.0/16\" }\n";

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
    assertThat(terraform.run("state", "list").output()).isEmpty();
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
    assertThat(terraform.run("state", "list").output()).isEmpty();
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
    assertThat(terraform.run("state", "list").output()).isEmpty();
  }
}
