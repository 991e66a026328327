# No way to the internet: endpoints by for_each, an internal load balancer, the image in an ECR repository of another stack.
provider "aws" { region = "eu-central-1" }
variable "private_dns" { default = true }
variable "services" { default = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"] }
variable "gateway" { default = true }
data "aws_availability_zones" "all" {}
resource "aws_vpc" "main" {
  cidr_block           = "10.3.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_subnet" "app" {
  for_each          = toset(slice(sort(data.aws_availability_zones.all.names), 0, 2))
  vpc_id            = aws_vpc.main.id
  availability_zone = each.value
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 8, index(sort(data.aws_availability_zones.all.names), each.value))
}
resource "aws_security_group" "endpoints" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = [aws_vpc.main.cidr_block]
  }
}
resource "aws_vpc_endpoint" "interface" {
  for_each            = toset(var.services)
  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-central-1.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = var.private_dns
  subnet_ids          = values(aws_subnet.app)[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
}
resource "aws_vpc_endpoint" "s3" {
  count           = var.gateway ? 1 : 0
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-central-1.s3"
  route_table_ids = [aws_vpc.main.main_route_table_id]
}
resource "aws_security_group" "alb" { vpc_id = aws_vpc.main.id }
resource "aws_security_group" "tasks" { vpc_id = aws_vpc.main.id }
resource "aws_vpc_security_group_ingress_rule" "alb" {
  security_group_id = aws_security_group.alb.id
  cidr_ipv4         = "10.0.0.0/8"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}
resource "aws_vpc_security_group_egress_rule" "alb" {
  security_group_id            = aws_security_group.alb.id
  referenced_security_group_id = aws_security_group.tasks.id
  ip_protocol                  = "-1"
}
resource "aws_vpc_security_group_ingress_rule" "tasks" {
  security_group_id            = aws_security_group.tasks.id
  referenced_security_group_id = aws_security_group.alb.id
  ip_protocol                  = "tcp"
  from_port                    = 1024
  to_port                      = 65535
}
resource "aws_vpc_security_group_egress_rule" "tasks" {
  security_group_id = aws_security_group.tasks.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
resource "aws_lb" "internal" {
  name            = "internal"
  internal        = true
  security_groups = [aws_security_group.alb.id]
  dynamic "subnet_mapping" {
    for_each = aws_subnet.app
    content { subnet_id = subnet_mapping.value.id }
  }
}
resource "aws_lb_target_group" "app" {
  name        = "internal"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}
resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.internal.arn
  port              = 80
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.app.arn
  }
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}
resource "aws_secretsmanager_secret" "db" { name = "db" }
data "aws_iam_policy_document" "execution" {
  statement {
    actions   = ["ecr:*", "logs:*"]
    resources = ["*"]
  }
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.db.arn]
  }
}
resource "aws_iam_role" "execution" {
  name               = "execution"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_policy" "execution" { policy = data.aws_iam_policy_document.execution.json }
resource "aws_iam_role_policy_attachment" "execution" {
  for_each   = { own = aws_iam_policy.execution.arn }
  role       = aws_iam_role.execution.id
  policy_arn = each.value
}
resource "aws_cloudwatch_log_group" "app" { name = "internal" }
resource "aws_ecs_cluster" "main" { name = "internal" }
resource "aws_ecs_task_definition" "app" {
  family                   = "internal"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = ".5 vCPU"
  memory                   = "1 GB"
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions = jsonencode([{
    name             = "app"
    image            = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1.4.2"
    portMappings     = [{ containerPort = 8080, protocol = "tcp" }]
    secrets          = [{ name = "DB", valueFrom = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf" }]
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = aws_cloudwatch_log_group.app.name, awslogs-region = "eu-central-1", awslogs-stream-prefix = "x" } }
  }])
}
resource "aws_ecs_service" "app" {
  name            = "internal"
  cluster         = aws_ecs_cluster.main.name
  task_definition = aws_ecs_task_definition.app.arn_without_revision
  desired_count   = 1
  network_configuration {
    subnets         = [for s in aws_subnet.app : s.id]
    security_groups = [aws_security_group.tasks.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.app.arn
    container_name   = "app"
    container_port   = 8080
  }
}
