# One of every resource that a service on Fargate needs, with the addresses and arguments of a stack that the real
# provider was observed on, so that the states of the two can be held against each other.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}
provider "aws" {
  region     = "eu-west-1"
  access_key = "123456789012"
  default_tags { tags = { project = "probe", env = "twin" } }
}
data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
data "aws_partition" "p" {}
data "aws_availability_zones" "az" { state = "available" }
locals { azs = slice(data.aws_availability_zones.az.names, 0, 2) }
resource "aws_vpc" "v" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = "probe" }
}
resource "aws_default_security_group" "d" { vpc_id = aws_vpc.v.id }
resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "pub" {
  for_each                = toset(local.azs)
  vpc_id                  = aws_vpc.v.id
  availability_zone       = each.key
  cidr_block              = cidrsubnet("10.0.0.0/16", 8, index(local.azs, each.key))
  map_public_ip_on_launch = false
}
resource "aws_subnet" "priv" {
  for_each          = toset(local.azs)
  vpc_id            = aws_vpc.v.id
  availability_zone = each.key
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, 10 + index(local.azs, each.key))
}
resource "aws_eip" "n" { domain = "vpc" }
resource "aws_nat_gateway" "n" {
  allocation_id = aws_eip.n.id
  subnet_id     = aws_subnet.pub[local.azs[0]].id
  depends_on    = [aws_internet_gateway.i]
}
resource "aws_route_table" "pub" { vpc_id = aws_vpc.v.id }
resource "aws_route" "pub" {
  route_table_id         = aws_route_table.pub.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.i.id
}
resource "aws_route_table" "priv" { vpc_id = aws_vpc.v.id }
resource "aws_route" "priv" {
  route_table_id         = aws_route_table.priv.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.n.id
}
resource "aws_route_table_association" "pub" {
  for_each       = aws_subnet.pub
  subnet_id      = each.value.id
  route_table_id = aws_route_table.pub.id
}
resource "aws_route_table_association" "priv" {
  for_each       = aws_subnet.priv
  subnet_id      = each.value.id
  route_table_id = aws_route_table.priv.id
}
resource "aws_security_group" "alb" {
  name_prefix = "alb-"
  description = "alb"
  vpc_id      = aws_vpc.v.id
}
resource "aws_security_group" "task" {
  name        = "task"
  description = "task"
  vpc_id      = aws_vpc.v.id
}
resource "aws_vpc_security_group_ingress_rule" "alb" {
  security_group_id = aws_security_group.alb.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 80
  to_port           = 80
}
resource "aws_vpc_security_group_egress_rule" "alb" {
  security_group_id            = aws_security_group.alb.id
  referenced_security_group_id = aws_security_group.task.id
  ip_protocol                  = "tcp"
  from_port                    = 5000
  to_port                      = 5000
}
resource "aws_vpc_security_group_ingress_rule" "task" {
  security_group_id            = aws_security_group.task.id
  referenced_security_group_id = aws_security_group.alb.id
  ip_protocol                  = "tcp"
  from_port                    = 5000
  to_port                      = 5000
}
resource "aws_vpc_security_group_egress_rule" "task" {
  security_group_id = aws_security_group.task.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.v.id
  service_name      = "com.amazonaws.${data.aws_region.here.name}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.priv.id]
}
resource "aws_vpc_endpoint" "ecr" {
  vpc_id              = aws_vpc.v.id
  service_name        = "com.amazonaws.${data.aws_region.here.name}.ecr.api"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for s in aws_subnet.priv : s.id]
  security_group_ids  = [aws_security_group.task.id]
}
resource "aws_lb" "a" {
  name                       = "probe"
  load_balancer_type         = "application"
  security_groups            = [aws_security_group.alb.id]
  subnets                    = [for s in aws_subnet.pub : s.id]
  drop_invalid_header_fields = true
  idle_timeout               = 30
  # AWS puts no internet-facing load balancer into a VPC without a gateway.
  depends_on = [aws_internet_gateway.i]
}
resource "aws_lb_target_group" "t" {
  name                 = "probe"
  port                 = 5000
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = aws_vpc.v.id
  deregistration_delay = 15
  health_check {
    path                = "/q/health/ready"
    interval            = 10
    timeout             = 3
    healthy_threshold   = 2
    unhealthy_threshold = 2
    matcher             = "200"
  }
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
resource "aws_ecr_repository" "r" {
  name                 = "probe/app"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = true
  image_scanning_configuration { scan_on_push = true }
  encryption_configuration { encryption_type = "AES256" }
}
resource "aws_ecr_lifecycle_policy" "r" {
  repository = aws_ecr_repository.r.name
  policy     = jsonencode({ rules = [{ rulePriority = 1, description = "keep 20", selection = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 20 }, action = { type = "expire" } }] })
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
resource "aws_iam_role" "exec" {
  name               = "probe-exec"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role" "task" {
  name               = "probe-task"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "exec" {
  name   = "pull"
  role   = aws_iam_role.exec.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = "*" }] })
}
resource "aws_iam_policy" "p" {
  name   = "probe-policy"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = "*" }] })
}
resource "aws_iam_role_policy_attachment" "a" {
  role       = aws_iam_role.exec.name
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_openid_connect_provider" "gh" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}
resource "aws_cloudwatch_log_group" "l" {
  name              = "/ecs/probe"
  retention_in_days = 14
}
resource "aws_ecs_cluster" "c" {
  name = "probe"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
resource "aws_ecs_cluster_capacity_providers" "c" {
  cluster_name       = aws_ecs_cluster.c.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }
}
resource "aws_ecs_task_definition" "t" {
  family                   = "probe"
  cpu                      = 256
  memory                   = 512
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  execution_role_arn       = aws_iam_role.exec.arn
  task_role_arn            = aws_iam_role.task.arn
  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = "X86_64"
  }
  container_definitions = jsonencode([{ name = "app", image = "${aws_ecr_repository.r.repository_url}:1", essential = true, portMappings = [{ containerPort = 5000, protocol = "tcp" }], logConfiguration = { logDriver = "awslogs", options = { awslogs-group = aws_cloudwatch_log_group.l.name, awslogs-region = data.aws_region.here.name, awslogs-stream-prefix = "app" } } }])
}
resource "aws_ecs_service" "s" {
  name                               = "probe"
  cluster                            = aws_ecs_cluster.c.id
  task_definition                    = aws_ecs_task_definition.t.arn
  desired_count                      = var.desired
  launch_type                        = "FARGATE"
  health_check_grace_period_seconds  = 30
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = [for s in aws_subnet.priv : s.id]
    security_groups = [aws_security_group.task.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.t.arn
    container_name   = "app"
    container_port   = 5000
  }
  depends_on = [aws_lb_listener.l]
}
variable "desired" { default = 2 }
resource "aws_sns_topic" "alarms" { name = "probe-alarms" }
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name          = "probe-5xx"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = aws_lb.a.arn_suffix, TargetGroup = aws_lb_target_group.t.arn_suffix }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
}
resource "aws_cloudwatch_dashboard" "d" {
  dashboard_name = "probe"
  dashboard_body = jsonencode({ widgets = [] })
}
resource "aws_budgets_budget" "b" {
  name         = "probe"
  budget_type  = "COST"
  limit_amount = "50"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
}
resource "aws_s3_bucket" "state" { bucket = "probe-state-1234" }
resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_s3_bucket_public_access_block" "state" {
  bucket                  = aws_s3_bucket.state.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
output "dns" { value = aws_lb.a.dns_name }
