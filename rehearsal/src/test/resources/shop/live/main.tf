# Somebody else's service: other names, port, health path and status, a rule, no breaker, no alarms, a sidecar.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
  backend "s3" {
    bucket = "shop-state"
    key    = "live"
    region = "eu-west-1"
  }
}
provider "aws" { region = var.region }
variable "region" { default = "eu-west-1" }
variable "release" { type = string }
variable "second" { default = false }
module "network" { source = "../network" }
resource "aws_security_group" "front" {
  name   = "shop-front"
  vpc_id = module.network.vpc
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "basket" {
  name   = "shop-basket"
  vpc_id = module.network.vpc
  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    security_groups = [aws_security_group.front.id]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_lb" "shop" {
  name            = "shop"
  security_groups = [aws_security_group.front.id]
  subnets         = module.network.subnets
}
resource "aws_lb_target_group" "basket" {
  name        = "basket"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = module.network.vpc
  health_check {
    path              = "/basket/alive"
    interval          = 10
    timeout           = 4
    healthy_threshold = 2
    matcher           = "204"
  }
}
resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}
resource "aws_lb_listener_rule" "basket" {
  listener_arn = aws_lb_listener.shop.arn
  priority     = 1
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.basket.arn
  }
  condition {
    path_pattern { values = ["/basket/*"] }
  }
}
resource "aws_ecr_repository" "basket" {
  name         = "shop/basket"
  force_delete = true
}
resource "aws_iam_role" "pull" {
  name = "shop-pull"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}
resource "aws_iam_role_policy_attachment" "pull" {
  role       = aws_iam_role.pull.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}
resource "aws_cloudwatch_log_group" "basket" { name = "shop-basket" }
resource "aws_ecs_cluster" "shop" { name = "shop" }
resource "aws_ecs_task_definition" "basket" {
  family                   = "basket"
  cpu                      = 256
  memory                   = 512
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.pull.arn
  container_definitions = jsonencode([
    {
      name         = "basket"
      image        = "${aws_ecr_repository.basket.repository_url}:${var.release}"
      command      = ["serve", "--port", "8080"]
      portMappings = [{ containerPort = 8080 }]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.basket.name
          awslogs-region        = var.region
          awslogs-stream-prefix = "basket"
        }
      }
    },
    {
      name      = "metrics"
      image     = "docker.io/prom/statsd-exporter:v0.27.1"
      essential = false
    },
  ])
}
resource "aws_ecs_service" "basket" {
  count                              = var.second ? 2 : 1
  name                               = "basket${count.index == 0 ? "" : "-${count.index}"}"
  cluster                            = aws_ecs_cluster.shop.id
  task_definition                    = aws_ecs_task_definition.basket.arn
  desired_count                      = 2
  launch_type                        = "FARGATE"
  wait_for_steady_state              = true
  health_check_grace_period_seconds  = 60
  deployment_minimum_healthy_percent = 50
  network_configuration {
    subnets          = module.network.subnets
    security_groups  = [aws_security_group.basket.id]
    assign_public_ip = true
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.basket.arn
    container_name   = "basket"
    container_port   = 8080
  }
  depends_on = [aws_lb_listener_rule.basket]
}
