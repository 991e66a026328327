package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeFlowLogsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeFlowLogsResponse;

/** A VPC's flow log, with the real Terraform over the twin's EC2. */
class FlowLogStackTest extends StackTest {

  private static final String FLOWS =
      """
      resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
      resource "aws_cloudwatch_log_group" "l" { name = "/vpc/probe" }
      resource "aws_iam_role" "r" {
        name               = "flows"
        assume_role_policy = jsonencode({
          Version   = "2012-10-17"
          Statement = [{
            Effect    = "Allow"
            Principal = { Service = "vpc-flow-logs.amazonaws.com" }
            Action    = "sts:AssumeRole"
          }]
        })
      }
      resource "aws_flow_log" "f" {
        vpc_id          = aws_vpc.v.id
        traffic_type    = "REJECT"
        iam_role_arn    = aws_iam_role.r.arn
        log_destination = aws_cloudwatch_log_group.l.arn
        tags            = { kind = "one" }
      }
      data "aws_prefix_list" "s3" { name = "com.amazonaws.eu-west-1.s3" }
      """;

  @Test
  void settlesChangesImportsAndLeavesNothing() {
    applied(FLOWS);
    assertThat(terraform.values("data.aws_prefix_list.s3").path("cidr_blocks")).isNotEmpty();
    imported("aws_flow_log.f", id("aws_flow_log.f"));

    assertThat(applied(FLOWS.replace("\"one\"", "\"two\"")).output())
        .contains("0 added, 1 changed, 0 destroyed");
    assertThat(applied(FLOWS.replace("REJECT", "ALL")).output())
        .contains("1 added, 0 changed, 1 destroyed");

    terraform.destroy();
    assertThat(
            world()
                .operations()
                .call(DescribeFlowLogsRequest.builder().build(), DescribeFlowLogsResponse.class)
                .flowLogs())
        .isEmpty();
  }
}
