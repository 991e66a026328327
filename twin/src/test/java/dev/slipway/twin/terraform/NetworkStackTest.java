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
