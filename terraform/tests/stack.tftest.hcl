# The whole stack over mocks: what it hands to the pipeline, and which values the root refuses.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1a", "eu-central-1b", "eu-central-1c"] }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_data "aws_ecr_repository" {
    defaults = {
      arn            = "arn:aws:ecr:eu-central-1:123456789012:repository/slipway/app"
      repository_url = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/slipway/app"
    }
  }
  mock_resource "aws_lb" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/slipway/0a1b2c3d4e5f6071"
      arn_suffix = "app/slipway/0a1b2c3d4e5f6071"
      dns_name   = "slipway-1234567890.eu-central-1.elb.amazonaws.com"
    }
  }
  mock_resource "aws_lb_target_group" {
    defaults = {
      arn        = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/slipway-5000/0a1b2c3d4e5f6071"
      arn_suffix = "targetgroup/slipway-5000/0a1b2c3d4e5f6071"
    }
  }
  mock_resource "aws_lb_listener" {
    defaults = { arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/slipway/0a1b2c3d4e5f6071/1a1b2c3d4e5f6071" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/slipway-any" }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:123456789012:cluster/slipway" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:eu-central-1:123456789012:task-definition/slipway:1" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/slipway" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:slipway-alarms" }
  }
}

variables {
  environment  = "test"
  image_digest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  revision     = "3f2a9c1d0b7e"
}

run "hands_over_what_the_pipeline_and_the_verifier_read" {
  command = apply

  assert {
    condition     = output.url == "http://slipway-1234567890.eu-central-1.elb.amazonaws.com"
    error_message = "url must be where the load balancer answers"
  }
  assert {
    condition     = output.cluster_name == "slipway" && output.service_name == "slipway"
    error_message = "cluster and service must carry the stack's name"
  }
  assert {
    condition     = output.image_digest == var.image_digest && output.revision == var.revision
    error_message = "digest and revision must be those that were asked for"
  }
  assert {
    condition     = output.task_definition_arn == "arn:aws:ecs:eu-central-1:123456789012:task-definition/slipway:1"
    error_message = "task_definition_arn must be the revision that the service was given"
  }
  assert {
    condition     = output.region == "eu-central-1" && output.repository_url == "123456789012.dkr.ecr.eu-central-1.amazonaws.com/slipway/app"
    error_message = "region and repository must be the stack's"
  }
  assert {
    condition     = output.log_group_name == "/ecs/slipway" && startswith(output.target_group_arn, "arn:") && output.vpc_id != ""
    error_message = "log group, target group and VPC must be told"
  }
}

run "url_is_the_domain_with_https_when_there_is_one" {
  command = apply
  variables {
    domain_name     = "shop.example.org"
    certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
  }

  assert {
    condition     = output.url == "https://shop.example.org"
    error_message = "url must be the domain, over HTTPS"
  }
}

run "refuses_a_digest_that_is_a_tag" {
  command = plan
  variables { image_digest = "latest" }
  expect_failures = [var.image_digest]
}

run "refuses_a_revision_that_is_a_branch" {
  command = plan
  variables { revision = "main" }
  expect_failures = [var.revision]
}

run "refuses_a_name_too_long_for_a_load_balancer" {
  command = plan
  variables { name = "a-name-that-is-much-too-long" }
  expect_failures = [var.name]
}

run "refuses_an_environment_with_spaces" {
  command = plan
  variables { environment = "my laptop" }
  expect_failures = [var.environment]
}

run "refuses_a_region_that_is_a_zone" {
  command = plan
  variables { region = "eu-central-1a" }
  expect_failures = [var.region]
}

run "refuses_a_domain_that_is_a_url" {
  command = plan
  variables { domain_name = "https://shop.example.org" }
  expect_failures = [var.domain_name]
}
