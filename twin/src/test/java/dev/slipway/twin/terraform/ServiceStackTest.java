package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;

/** A service behind a load balancer, with the real Terraform over the twin's services. */
class ServiceStackTest extends StackTest {

  private static final String BALANCER =
      """
      resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
      resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.v.id }
      resource "aws_subnet" "s" {
        count             = 2
        vpc_id            = aws_vpc.v.id
        availability_zone = "eu-west-1${element(["a", "b"], count.index)}"
        cidr_block        = "10.0.${count.index}.0/24"
      }
      resource "aws_security_group" "lb" {
        name   = "lb"
        vpc_id = aws_vpc.v.id
      }
      resource "aws_lb" "a" {
        name                       = "probe"
        security_groups            = [aws_security_group.lb.id]
        subnets                    = aws_subnet.s[*].id
        drop_invalid_header_fields = true
        idle_timeout               = 30
        depends_on                 = [aws_internet_gateway.i]
      }
      resource "aws_lb_target_group" "t" {
        name                 = "probe"
        port                 = 5000
        protocol             = "HTTP"
        target_type          = "ip"
        vpc_id               = aws_vpc.v.id
        deregistration_delay = 15
        health_check {
          path     = "/q/health/ready"
          interval = 10
          timeout  = 3
        }
        lifecycle { create_before_destroy = true }
      }
      resource "aws_lb_listener" "l" {
        load_balancer_arn = aws_lb.a.arn
        port              = 80
        protocol          = "HTTP"
        default_action {
          type             = "forward"
          target_group_arn = aws_lb_target_group.t.arn
        }
      }
      resource "aws_lb_listener_rule" "r" {
        listener_arn = aws_lb_listener.l.arn
        priority     = 10
        action {
          type = "fixed-response"
          fixed_response {
            content_type = "text/plain"
            message_body = "no"
            status_code  = "404"
          }
        }
        condition {
          path_pattern { values = ["/q/metrics*"] }
        }
      }
      resource "aws_lb_listener_rule" "weighted" {
        listener_arn = aws_lb_listener.l.arn
        action {
          type = "forward"
          forward {
            target_group {
              arn    = aws_lb_target_group.t.arn
              weight = 100
            }
          }
        }
        condition {
          host_header { values = ["a.test", "b.test"] }
        }
        condition {
          http_request_method { values = ["GET"] }
        }
        depends_on = [aws_lb_listener_rule.r]
      }
      """;

  private static final String SERVICE =
      BALANCER
          + """
          resource "aws_iam_role" "exec" {
            name               = "probe-exec"
            assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{
              Effect = "Allow", Action = "sts:AssumeRole",
              Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
          }
          resource "aws_ecs_cluster" "c" { name = "probe" }
          resource "aws_ecs_task_definition" "t" {
            family                   = "probe"
            cpu                      = 256
            memory                   = 512
            network_mode             = "awsvpc"
            requires_compatibilities = ["FARGATE"]
            execution_role_arn       = aws_iam_role.exec.arn
            container_definitions = jsonencode([{
              name = "app", image = "nowhere.test/app:1", portMappings = [{ containerPort = 5000 }] }])
          }
          resource "aws_ecs_service" "s" {
            name                              = "probe"
            cluster                           = aws_ecs_cluster.c.id
            task_definition                   = aws_ecs_task_definition.t.arn
            desired_count                     = 1
            launch_type                       = "FARGATE"
            health_check_grace_period_seconds = 30
            propagate_tags                    = "SERVICE"
            deployment_circuit_breaker {
              enable   = true
              rollback = true
            }
            network_configuration {
              subnets         = aws_subnet.s[*].id
              security_groups = [aws_security_group.lb.id]
            }
            load_balancer {
              target_group_arn = aws_lb_target_group.t.arn
              container_name   = "app"
              container_port   = 5000
            }
            depends_on = [aws_lb_listener.l]
          }
          resource "aws_appautoscaling_target" "s" {
            service_namespace  = "ecs"
            scalable_dimension = "ecs:service:DesiredCount"
            resource_id        = "service/${aws_ecs_cluster.c.name}/${aws_ecs_service.s.name}"
            min_capacity       = 1
            max_capacity       = 4
          }
          resource "aws_appautoscaling_policy" "s" {
            name               = "cpu"
            policy_type        = "TargetTrackingScaling"
            service_namespace  = aws_appautoscaling_target.s.service_namespace
            scalable_dimension = aws_appautoscaling_target.s.scalable_dimension
            resource_id        = aws_appautoscaling_target.s.resource_id
            target_tracking_scaling_policy_configuration {
              target_value      = 60
              scale_in_cooldown = 300
              predefined_metric_specification {
                predefined_metric_type = "ECSServiceAverageCPUUtilization"
              }
            }
          }
          data "aws_lb" "a" {
            name       = "probe"
            depends_on = [aws_lb.a]
          }
          data "aws_ecs_service" "s" {
            service_name = aws_ecs_service.s.name
            cluster_arn  = aws_ecs_cluster.c.arn
          }
          """;

  @Test
  void settlesAndImportsABalancer() {
    applied(BALANCER);
    assertThat(terraform.values("aws_lb.a").path("arn_suffix").asText()).startsWith("app/probe/");
    assertThat(terraform.values("aws_lb_listener_rule.weighted").path("priority").asInt())
        .isEqualTo(11);

    for (String address :
        new String[] {
          "aws_lb.a", "aws_lb_target_group.t", "aws_lb_listener.l", "aws_lb_listener_rule.r"
        }) {
      imported(address, id(address));
    }
  }

  @Test
  void changesABalancerInPlace() {
    applied(BALANCER);

    String changed =
        BALANCER
            .replace("idle_timeout               = 30", "idle_timeout = 45")
            .replace("interval = 10", "interval = 20")
            .replace("deregistration_delay = 15", "deregistration_delay = 20")
            .replace("\"404\"", "\"403\"")
            .replace("port              = 80", "port = 8080");
    assertThat(applied(changed).output()).contains("0 added, 4 changed, 0 destroyed");
  }

  @Test
  void replacesATargetGroupBehindItsListener() {
    applied(BALANCER);

    String changed = BALANCER.replace("\"probe\"\n  port ", "\"probe2\"\n  port ");
    assertThat(changed).isNotEqualTo(BALANCER);
    assertThat(applied(changed).output()).contains("1 added, 2 changed, 1 destroyed");
  }

  @Test
  void settlesImportsAndLeavesNothingOfAService() {
    applied(SERVICE);
    assertThat(service().status()).isEqualTo("ACTIVE");

    imported("aws_ecs_service.s", "probe/probe");
    imported("aws_appautoscaling_target.s", "ecs/service/probe/probe/ecs:service:DesiredCount");
    imported("aws_appautoscaling_policy.s", "ecs/service/probe/probe/ecs:service:DesiredCount/cpu");

    terraform.destroy();
    assertThat(
            world()
                .operations()
                .call(
                    DescribeLoadBalancersRequest.builder().build(),
                    DescribeLoadBalancersResponse.class)
                .loadBalancers())
        .isEmpty();
  }

  @Test
  void deploysANewTaskDefinition() {
    applied(SERVICE);

    assertThat(applied(SERVICE.replace("app:1", "app:2")).output())
        .contains("1 added, 1 changed, 1 destroyed");
    assertThat(service().taskDefinition()).endsWith(":2");
  }

  @Test
  void changesAServiceInPlace() {
    applied(SERVICE);

    String changed =
        SERVICE
            .replace("= 30\n  propagate", "= 45\n  propagate")
            .replace("rollback = true", "rollback = false")
            .replace("desired_count                     = 1", "desired_count = 2")
            .replace("max_capacity       = 4", "max_capacity = 6")
            .replace("target_value      = 60", "target_value = 50");
    assertThat(applied(changed).output()).contains("0 added, 3 changed, 0 destroyed");
    assertThat(service().desiredCount()).isEqualTo(2);
  }

  @Test
  void waitsForAServiceToBeSteady() {
    applied(steady(0));

    assertThat(service().deployments()).hasSize(1);
  }

  @Test
  void failsWhenAServiceIsNotSteadyInTime() {
    String patient = steady(1).replace("enable   = true", "enable = false");
    terraform.config(patient.replace("rollback = true", "rollback = false"));

    assertThat(refusal())
        .contains(
            "timeout while waiting for state to become 'STABLE' (last state: 'PENDING', timeout:"
                + " 5m0s)");
    assertThat(terraform.plan().output()).contains("aws_ecs_service.s is tainted");
  }

  @Test
  void failsAtOnceWhenTheCircuitBreakerEndsADeployment() {
    terraform.config(steady(1).replace("5m", "30m"));

    assertThat(refusal())
        .contains("deployment failed: ECS deployment circuit breaker: tasks failed to start.");
  }

  private static String steady(int tasks) {
    String count = "desired_count = " + tasks;
    return SERVICE.replace(
        "desired_count                     = 1",
        count + "\n wait_for_steady_state = true\n timeouts { create = \"5m\" }");
  }

  private String refusal() {
    TerraformRun.Result result = terraform.run("apply", "-auto-approve", "-no-color");
    assertThat(result.exitCode()).isOne();
    return result.output().replaceAll("\\s+", " ");
  }

  private Service service() {
    return world()
        .operations()
        .call(
            DescribeServicesRequest.builder().cluster("probe").services("probe").build(),
            DescribeServicesResponse.class)
        .services()
        .getFirst();
  }
}
