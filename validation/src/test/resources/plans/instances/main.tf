# Tasks on EC2 instances in bridge mode, behind a network load balancer.
provider "aws" { region = "eu-central-1" }
resource "aws_vpc" "main" { cidr_block = "10.5.0.0/16" }
resource "aws_subnet" "a" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.5.1.0/24"
}
resource "aws_lb" "nlb" {
  name               = "tcp"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.a.id]
}
resource "aws_lb_target_group" "tcp" {
  name     = "tcp"
  port     = 6379
  protocol = "TCP"
  vpc_id   = aws_vpc.main.id
}
resource "aws_lb_listener" "tcp" {
  load_balancer_arn = aws_lb.nlb.arn
  port              = 6379
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.tcp.arn
  }
}
resource "aws_ecs_task_definition" "redis" {
  family                = "redis"
  container_definitions = jsonencode([{ name = "redis", image = "redis:7", memory = 300, portMappings = [{ containerPort = 6379, hostPort = 0 }] }])
}
resource "aws_ecs_service" "redis" {
  name            = "redis"
  cluster         = "ec2"
  task_definition = aws_ecs_task_definition.redis.arn
  desired_count   = 1
  load_balancer {
    target_group_arn = aws_lb_target_group.tcp.arn
    container_name   = "redis"
    container_port   = 6379
  }
}
