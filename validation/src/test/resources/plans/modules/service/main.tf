# A service with everything of its own but the network; groups with the older rules.
variable "name" {}
variable "vpc_id" {}
variable "subnets" {}
variable "alb" { type = object({ listener_arn = string, security_group_id = string }) }
variable "image" { default = "public.ecr.aws/docker/library/httpd:2.4" }
variable "port" { default = 8080 }
variable "log_group" { default = null }
data "aws_region" "current" {}
resource "aws_cloudwatch_log_group" "this" {
  count = var.log_group == null ? 1 : 0
  name  = "/ecs/${var.name}"
}
resource "aws_iam_role" "execution" {
  name_prefix        = "${var.name}-exec-"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = ["ecs-tasks.amazonaws.com"] } }] })
}
resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}
resource "aws_security_group" "this" {
  name_prefix = var.name
  vpc_id      = var.vpc_id
}
resource "aws_security_group_rule" "in" {
  security_group_id        = aws_security_group.this.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = var.port
  to_port                  = var.port
  source_security_group_id = var.alb.security_group_id
}
resource "aws_security_group_rule" "out" {
  security_group_id = aws_security_group.this.id
  type              = "egress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}
resource "aws_lb_target_group" "this" {
  for_each    = toset(["main"])
  name        = "${var.name}-${each.key}"
  port        = var.port
  protocol    = "HTTP"
  vpc_id      = var.vpc_id
  target_type = "ip"
  health_check {
    path     = "/healthz"
    matcher  = "200-299"
    interval = 15
    timeout  = 5
  }
}
resource "aws_lb_listener_rule" "this" {
  listener_arn = var.alb.listener_arn
  condition {
    host_header {
      values = ["${var.name}.example.com"]
    }
  }
  action {
    type = "forward"
    forward {
      target_group {
        arn = aws_lb_target_group.this["main"].arn
      }
    }
  }
}
resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 1024
  memory                   = 2048
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions = jsonencode([
    {
      name         = var.name
      image        = var.image
      essential    = true
      portMappings = [{ containerPort = var.port }]
      logConfiguration = {
        logDriver = "awslogs"
        options   = { "awslogs-group" = coalesce(var.log_group, "/ecs/${var.name}"), "awslogs-region" = data.aws_region.current.id, "awslogs-stream-prefix" = "ecs" }
      }
    },
    { name = "sidecar", image = "public.ecr.aws/xray/aws-xray-daemon:latest", essential = false }
  ])
}
resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = "shared"
  task_definition = "${aws_ecs_task_definition.this.family}:${aws_ecs_task_definition.this.revision}"
  desired_count   = 3
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }
  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.this.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.this["main"].arn
    container_name   = var.name
    container_port   = var.port
  }
}
