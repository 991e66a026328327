# What modules/service promises, and which values it refuses.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }
}

variables {
  name                      = "shop"
  image                     = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  container_port            = 5000
  cpu                       = 256
  memory                    = 512
  min_tasks                 = 2
  max_tasks                 = 6
  health_check_grace_period = 60
  vpc_id                    = "vpc-0a1b2c3d4e5f60718"
  subnet_ids                = ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]
  egress_cidr_blocks        = ["0.0.0.0/0"]
  execution_role_arn        = "arn:aws:iam::123456789012:role/shop-execution"
  task_role_arn             = "arn:aws:iam::123456789012:role/shop-task"
  log_group_name            = "/ecs/shop"
  load_balancer = {
    security_group_id = "sg-0a1b2c3d4e5f60718"
    target_group_arn  = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-5000/0a1b2c3d4e5f6071"
  }
}

run "tasks_run_the_digest_without_root_and_without_a_writable_disk" {
  command = plan
  module { source = "./modules/service" }

  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].image == var.image
    error_message = "the container must run the image by its digest"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].user == "10001" && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem
    error_message = "the container must run as a user without rights, on a read-only file system"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].logConfiguration.options.awslogs-region == "eu-central-1"
    error_message = "the logs must go to the stack's own region"
  }
}

run "a_bad_deployment_rolls_back_and_never_takes_healthy_tasks_away" {
  command = plan
  module { source = "./modules/service" }

  assert {
    condition     = aws_ecs_service.this.deployment_circuit_breaker[0].enable && aws_ecs_service.this.deployment_circuit_breaker[0].rollback
    error_message = "the circuit breaker must be on, with rollback"
  }
  assert {
    condition     = aws_ecs_service.this.deployment_minimum_healthy_percent == 100 && aws_ecs_service.this.deployment_maximum_percent == 200
    error_message = "new tasks must start before old ones stop"
  }
  assert {
    condition     = aws_ecs_service.this.network_configuration[0].assign_public_ip == false
    error_message = "tasks must have no public address"
  }
}

run "autoscaling_never_goes_below_what_the_service_starts_with" {
  command = plan
  module { source = "./modules/service" }

  assert {
    condition     = aws_appautoscaling_target.tasks.min_capacity == aws_ecs_service.this.desired_count && aws_appautoscaling_target.tasks.max_capacity == 6
    error_message = "autoscaling must work between min_tasks and max_tasks"
  }
  assert {
    condition     = aws_appautoscaling_target.tasks.resource_id == "service/shop/shop"
    error_message = "autoscaling must name the service"
  }
}

run "only_the_load_balancer_reaches_the_tasks_and_they_reach_only_https" {
  command = plan
  module { source = "./modules/service" }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.tasks_from_load_balancer.referenced_security_group_id == var.load_balancer.security_group_id && aws_vpc_security_group_ingress_rule.tasks_from_load_balancer.from_port == 5000 && aws_vpc_security_group_ingress_rule.tasks_from_load_balancer.to_port == 5000
    error_message = "the tasks' port must be open to the load balancer's security group, and to nothing else"
  }
  assert {
    condition     = aws_vpc_security_group_egress_rule.load_balancer_to_tasks.security_group_id == var.load_balancer.security_group_id && aws_vpc_security_group_egress_rule.load_balancer_to_tasks.to_port == 5000
    error_message = "the load balancer must reach the tasks' port"
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_egress_rule.tasks_https : rule.from_port == 443 && rule.to_port == 443])
    error_message = "tasks may leave by HTTPS only"
  }
}

run "refuses_an_image_by_tag" {
  command = plan
  module { source = "./modules/service" }
  variables { image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/app:latest" }
  expect_failures = [var.image]
}

run "refuses_a_port_that_only_root_may_open" {
  command = plan
  module { source = "./modules/service" }
  variables { container_port = 80 }
  expect_failures = [var.container_port]
}

run "refuses_cpu_that_fargate_does_not_offer" {
  command = plan
  module { source = "./modules/service" }
  variables { cpu = 300 }
  expect_failures = [var.cpu]
}

run "refuses_memory_that_does_not_go_with_cpu" {
  command = plan
  module { source = "./modules/service" }
  variables { memory = 4096 }
  expect_failures = [var.memory]
}

run "refuses_an_unknown_architecture" {
  command = plan
  module { source = "./modules/service" }
  variables { architecture = "RISCV" }
  expect_failures = [var.architecture]
}

run "refuses_a_service_without_tasks" {
  command = plan
  module { source = "./modules/service" }
  variables { min_tasks = 0 }
  expect_failures = [var.min_tasks]
}

run "refuses_fewer_tasks_at_most_than_at_least" {
  command = plan
  module { source = "./modules/service" }
  variables { max_tasks = 1 }
  expect_failures = [var.max_tasks]
}

run "refuses_a_cpu_target_out_of_reach" {
  command = plan
  module { source = "./modules/service" }
  variables { cpu_target = 100 }
  expect_failures = [var.cpu_target]
}

run "refuses_a_negative_grace_period" {
  command = plan
  module { source = "./modules/service" }
  variables { health_check_grace_period = -1 }
  expect_failures = [var.health_check_grace_period]
}

run "refuses_a_stop_timeout_longer_than_fargate_waits" {
  command = plan
  module { source = "./modules/service" }
  variables { stop_timeout = 300 }
  expect_failures = [var.stop_timeout]
}
