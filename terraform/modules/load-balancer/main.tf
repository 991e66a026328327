locals {
  https         = var.certificate_arn != null
  serving_ports = local.https ? { http = 80, https = 443 } : { http = 80 }
  serving_arn   = local.https ? aws_lb_listener.https[0].arn : aws_lb_listener.http.arn
  ingress_per_cidr = merge([
    for name, port in local.serving_ports : {
      for cidr in var.ingress_cidr_blocks : "${name}-${cidr}" => { cidr = cidr, port = port }
    }
  ]...)
}

resource "aws_security_group" "this" {
  name        = "${var.name}-alb"
  description = "Front door of ${var.name}"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-alb" }
}

# The way on to the tasks is opened by the service, towards its own security group only.
resource "aws_vpc_security_group_ingress_rule" "this" {
  for_each = local.ingress_per_cidr

  security_group_id = aws_security_group.this.id
  description       = "Port ${each.value.port} from ${each.value.cidr}"
  cidr_ipv4         = each.value.cidr
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
}

resource "aws_lb" "this" {
  name               = var.name
  load_balancer_type = "application"
  internal           = false
  security_groups    = [aws_security_group.this.id]
  subnets            = var.subnet_ids

  # The service keeps idle connections for 75 s, longer than this, so that it never closes one that is about to be used.
  idle_timeout               = 60
  drop_invalid_header_fields = true
  enable_deletion_protection = var.deletion_protection
}

# The port is in the name because it cannot be changed: a new group stands beside the old one until that is unused.
resource "aws_lb_target_group" "this" {
  name                 = "${var.name}-${var.target_port}"
  port                 = var.target_port
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = var.vpc_id
  deregistration_delay = var.deregistration_delay

  health_check {
    path                = var.health_check.path
    interval            = var.health_check.interval
    timeout             = var.health_check.timeout
    healthy_threshold   = var.health_check.healthy_threshold
    unhealthy_threshold = var.health_check.unhealthy_threshold
    matcher             = "200"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = local.https ? "redirect" : "forward"
    target_group_arn = local.https ? null : aws_lb_target_group.this.arn

    dynamic "redirect" {
      for_each = local.https ? [443] : []

      content {
        port        = tostring(redirect.value)
        protocol    = "HTTPS"
        status_code = "HTTP_301"
      }
    }
  }
}

resource "aws_lb_listener" "https" {
  count = local.https ? 1 : 0

  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_lb_listener_rule" "blocked" {
  count = length(var.blocked_paths) > 0 ? 1 : 0

  listener_arn = local.serving_arn
  priority     = 10

  condition {
    path_pattern {
      values = var.blocked_paths
    }
  }

  action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "not found"
      status_code  = "404"
    }
  }
}
