# What the registry, the roles and the alarms promise, and which values they refuse.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:shop-alarms" }
  }
}

run "registry_never_moves_a_tag_and_never_expires_a_tagged_image" {
  command = plan
  module { source = "./modules/registry" }
  variables { name = "shop/app" }

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "IMMUTABLE" && aws_ecr_repository.this.image_scanning_configuration[0].scan_on_push
    error_message = "tags must be immutable and images scanned when they are pushed"
  }
  assert {
    condition     = alltrue([for rule in jsondecode(aws_ecr_lifecycle_policy.this.policy).rules : rule.selection.tagStatus == "untagged"])
    error_message = "a tagged image may be live, so no rule may expire one"
  }
}

run "registry_refuses_capital_letters" {
  command = plan
  module { source = "./modules/registry" }
  variables { name = "Shop/App" }
  expect_failures = [var.name]
}

run "registry_refuses_to_expire_at_once" {
  command = plan
  module { source = "./modules/registry" }
  variables {
    name          = "shop/app"
    untagged_days = 0
  }
  expect_failures = [var.untagged_days]
}

run "task_role_has_no_permissions" {
  command = plan
  module { source = "./modules/identity" }
  variables {
    name           = "shop"
    repository_arn = "arn:aws:ecr:eu-central-1:123456789012:repository/shop/app"
    log_group_arn  = "arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/shop"
  }

  assert {
    condition     = aws_iam_role_policy.execution.name == "start-task" && aws_iam_role.task.name == "shop-task"
    error_message = "only the execution role may have a policy"
  }
  assert {
    condition     = alltrue([for statement in data.aws_iam_policy_document.execution.statement : statement.resources == toset(["*"]) ? statement.actions == toset(["ecr:GetAuthorizationToken"]) : true])
    error_message = "only the action that knows no resource may have all of them"
  }
  assert {
    condition     = anytrue([for condition in data.aws_iam_policy_document.trust.statement[0].condition : condition.variable == "aws:SourceAccount" && condition.values == tolist(["123456789012"])])
    error_message = "the roles must trust the tasks of this account only"
  }
}

run "alarms_name_the_service_and_tell_the_topic" {
  command = apply
  module { source = "./modules/observability" }
  variables {
    name                 = "shop"
    log_retention_days   = 14
    cluster_name         = "shop"
    service_name         = "shop"
    min_tasks            = 2
    load_balancer_suffix = "app/shop/0a1b2c3d4e5f6071"
    target_group_suffix  = "targetgroup/shop-5000/0a1b2c3d4e5f6071"
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : contains(alarm.alarm_actions, aws_sns_topic.alarms.arn) && startswith(alarm.alarm_name, "shop-")])
    error_message = "every alarm must carry the service's name and reach the topic"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["running-tasks-low"].threshold == 2 && aws_cloudwatch_metric_alarm.this["running-tasks-low"].treat_missing_data == "breaching"
    error_message = "fewer than min_tasks, or none to be counted, must raise an alarm"
  }
  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets) == 5
    error_message = "the dashboard must show tasks, requests, response time, use and log lines"
  }
}

run "observability_refuses_a_retention_that_cloudwatch_does_not_offer" {
  command = plan
  module { source = "./modules/observability" }
  variables {
    name                 = "shop"
    log_retention_days   = 10
    cluster_name         = "shop"
    service_name         = "shop"
    min_tasks            = 2
    load_balancer_suffix = "app/shop/0a1b2c3d4e5f6071"
    target_group_suffix  = "targetgroup/shop-5000/0a1b2c3d4e5f6071"
  }
  expect_failures = [var.log_retention_days]
}

run "observability_refuses_limits_that_always_alarm" {
  command = plan
  module { source = "./modules/observability" }
  variables {
    name                 = "shop"
    log_retention_days   = 14
    cluster_name         = "shop"
    service_name         = "shop"
    min_tasks            = 2
    load_balancer_suffix = "app/shop/0a1b2c3d4e5f6071"
    target_group_suffix  = "targetgroup/shop-5000/0a1b2c3d4e5f6071"
    errors_per_minute    = -1
    latency_seconds      = 0
  }
  expect_failures = [var.errors_per_minute, var.latency_seconds]
}
