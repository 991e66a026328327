# What modules/load-balancer promises with and without HTTPS, and which values it refuses.

mock_provider "aws" {
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/shop/0a1b2c3d4e5f6071" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-5000/0a1b2c3d4e5f6071" }
  }
  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/shop/0a1b2c3d4e5f6071/1a1b2c3d4e5f6071" }
  }
}

variables {
  name                 = "shop"
  vpc_id               = "vpc-0a1b2c3d4e5f60718"
  subnet_ids           = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]
  target_port          = 5000
  ingress_cidr_blocks  = ["0.0.0.0/0"]
  certificate_arn      = null
  deregistration_delay = 30
  health_check = {
    path                = "/q/health/ready"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }
}

run "plain_http_forwards_to_tasks_by_address" {
  command = apply
  module { source = "./modules/load-balancer" }

  assert {
    condition     = aws_lb_target_group.this.target_type == "ip" && aws_lb_target_group.this.health_check[0].path == "/q/health/ready"
    error_message = "Fargate tasks are targets by address, and readiness decides whether they get requests"
  }
  assert {
    condition     = aws_lb_listener.http.default_action[0].type == "forward" && aws_lb_listener.http.default_action[0].target_group_arn == aws_lb_target_group.this.arn
    error_message = "port 80 must forward to the tasks"
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.this) == 1 && output.scheme == "http"
    error_message = "only port 80 may be open"
  }
  assert {
    condition     = aws_lb.this.idle_timeout < 75 && aws_lb.this.drop_invalid_header_fields
    error_message = "the load balancer must give an idle connection up before the service does"
  }
  assert {
    condition     = aws_lb_listener_rule.blocked[0].action[0].fixed_response[0].status_code == "404" && aws_lb_listener_rule.blocked[0].listener_arn == aws_lb_listener.http.arn
    error_message = "metrics must not be reachable from outside"
  }
}

run "https_serves_and_http_only_redirects" {
  command = apply
  module { source = "./modules/load-balancer" }
  variables { certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9" }

  assert {
    condition     = aws_lb_listener.http.default_action[0].type == "redirect" && aws_lb_listener.http.default_action[0].redirect[0].protocol == "HTTPS"
    error_message = "port 80 must do nothing but redirect"
  }
  assert {
    condition     = aws_lb_listener.https[0].default_action[0].target_group_arn == aws_lb_target_group.this.arn && startswith(aws_lb_listener.https[0].ssl_policy, "ELBSecurityPolicy-TLS13")
    error_message = "port 443 must forward to the tasks, with TLS 1.2 or newer"
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.this) == 2 && output.scheme == "https"
    error_message = "ports 80 and 443 must be open"
  }
}

run "refuses_sources_that_are_no_ranges" {
  command = plan
  module { source = "./modules/load-balancer" }
  variables { ingress_cidr_blocks = ["everyone"] }
  expect_failures = [var.ingress_cidr_blocks]
}

run "refuses_a_certificate_that_is_no_arn" {
  command = plan
  module { source = "./modules/load-balancer" }
  variables { certificate_arn = "shop.example.org" }
  expect_failures = [var.certificate_arn]
}

run "refuses_a_health_check_without_a_path" {
  command = plan
  module { source = "./modules/load-balancer" }
  variables { health_check = { path = "health", interval = 10, timeout = 5, healthy_threshold = 2, unhealthy_threshold = 3 } }
  expect_failures = [var.health_check]
}

run "refuses_probes_faster_than_load_balancers_probe" {
  command = plan
  module { source = "./modules/load-balancer" }
  variables { health_check = { path = "/", interval = 3, timeout = 2, healthy_threshold = 2, unhealthy_threshold = 3 } }
  expect_failures = [var.health_check]
}

run "refuses_a_probe_that_lasts_longer_than_the_interval" {
  command = plan
  module { source = "./modules/load-balancer" }
  variables { health_check = { path = "/", interval = 10, timeout = 10, healthy_threshold = 2, unhealthy_threshold = 3 } }
  expect_failures = [var.health_check]
}

run "refuses_a_threshold_of_one" {
  command = plan
  module { source = "./modules/load-balancer" }
  variables { health_check = { path = "/", interval = 10, timeout = 5, healthy_threshold = 1, unhealthy_threshold = 3 } }
  expect_failures = [var.health_check]
}

run "refuses_a_deregistration_delay_of_two_hours" {
  command = plan
  module { source = "./modules/load-balancer" }
  variables { deregistration_delay = 7200 }
  expect_failures = [var.deregistration_delay]
}

run "refuses_a_blocked_path_that_is_no_path" {
  command = plan
  module { source = "./modules/load-balancer" }
  variables { blocked_paths = ["metrics"] }
  expect_failures = [var.blocked_paths]
}
