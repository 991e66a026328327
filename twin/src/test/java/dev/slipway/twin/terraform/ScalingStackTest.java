package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScheduledActionsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScheduledActionsResponse;

/** Scaling by the clock, with the real Terraform over the twin's Application Auto Scaling. */
class ScalingStackTest extends StackTest {

  private static final String SCALING =
      """
      resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
      resource "aws_subnet" "s" {
        vpc_id     = aws_vpc.v.id
        cidr_block = "10.0.1.0/24"
      }
      resource "aws_ecs_cluster" "c" { name = "probe" }
      resource "aws_ecs_task_definition" "t" {
        family                   = "probe"
        requires_compatibilities = ["FARGATE"]
        network_mode             = "awsvpc"
        cpu                      = "256"
        memory                   = "512"
        container_definitions    = jsonencode([{ name = "app", image = "app:1" }])
      }
      resource "aws_ecs_service" "s" {
        name            = "probe"
        cluster         = aws_ecs_cluster.c.arn
        task_definition = aws_ecs_task_definition.t.arn
        launch_type     = "FARGATE"
        desired_count   = 0
        network_configuration { subnets = [aws_subnet.s.id] }
      }
      resource "aws_appautoscaling_target" "t" {
        service_namespace  = "ecs"
        scalable_dimension = "ecs:service:DesiredCount"
        resource_id        = "service/${aws_ecs_cluster.c.name}/${aws_ecs_service.s.name}"
        min_capacity       = 0
        max_capacity       = 4
      }
      resource "aws_appautoscaling_scheduled_action" "night" {
        name               = "night"
        service_namespace  = aws_appautoscaling_target.t.service_namespace
        scalable_dimension = aws_appautoscaling_target.t.scalable_dimension
        resource_id        = aws_appautoscaling_target.t.resource_id
        schedule           = "at(2099-01-01T20:00:00)"
        timezone           = "Europe/Berlin"
        scalable_target_action {
          min_capacity = 0
          max_capacity = 1
        }
      }
      """;

  @Test
  void settlesChangesReplacesAndLeavesNothing() {
    applied(SCALING);

    assertThat(applied(SCALING.replace("max_capacity = 1", "max_capacity = 2")).output())
        .contains("0 added, 1 changed, 0 destroyed");
    assertThat(applied(SCALING.replace("\"night\"\n  service", "\"dusk\"\n  service")).output())
        .contains("1 added, 0 changed, 1 destroyed");

    terraform.destroy();
    assertThat(
            world()
                .operations()
                .call(
                    DescribeScheduledActionsRequest.builder().serviceNamespace("ecs").build(),
                    DescribeScheduledActionsResponse.class)
                .scheduledActions())
        .isEmpty();
  }
}
