# What outlives a service, over mocks.

mock_provider "aws" {
  mock_resource "aws_ecr_repository" {
    defaults = {
      arn            = "arn:aws:ecr:eu-central-1:123456789012:repository/slipway/app"
      repository_url = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/slipway/app"
    }
  }
}

variables {
  environment = "test"
}

run "hands_over_the_registry" {
  command = apply

  assert {
    condition     = output.repository_name == "slipway/app"
    error_message = "the repository must carry the service's name, by which the stack finds it"
  }
  assert {
    condition     = endswith(output.repository_url, "/slipway/app") && endswith(output.repository_arn, ":repository/slipway/app")
    error_message = "address and ARN must be the repository's"
  }
}

run "refuses_a_name_in_capitals" {
  command = plan
  variables { name = "Slipway" }
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
