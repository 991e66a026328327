# What an account is prepared with, over mocks.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }
  mock_data "aws_iam_openid_connect_provider" {
    defaults = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
  }
}

variables {
  github_repository    = "octocat/shop"
  github_owner_id      = "583231"
  github_repository_id = "1296269"
}

run "state_is_versioned_encrypted_and_private" {
  command = plan

  assert {
    condition     = aws_s3_bucket.state.bucket == "slipway-state-123456789012-eu-central-1"
    error_message = "the bucket must be named after service, account and region"
  }
  assert {
    condition     = aws_s3_bucket_versioning.state.versioning_configuration[0].status == "Enabled"
    error_message = "the state must be versioned"
  }
  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.state.block_public_acls,
      aws_s3_bucket_public_access_block.state.block_public_policy,
      aws_s3_bucket_public_access_block.state.ignore_public_acls,
      aws_s3_bucket_public_access_block.state.restrict_public_buckets,
    ])
    error_message = "the state must never be public"
  }
}

run "only_one_environment_of_one_repository_may_deploy" {
  command = plan

  assert {
    condition = join(" ", local.subjects) == join(" ", [
      "repo:octocat/shop:environment:production",
      "repo:octocat@583231/shop@1296269:environment:production",
    ])
    error_message = "the role must trust the repository under both forms of its name, and nothing wider"
  }
  assert {
    condition = anytrue([for condition in data.aws_iam_policy_document.deploy_trust.statement[0].condition :
    endswith(condition.variable, ":repository_id") && join(" ", condition.values) == "1296269"])
    error_message = "the role must be bound to the repository's number"
  }
}

run "roles_are_handed_to_tasks_only" {
  command = plan

  assert {
    condition = alltrue([for statement in data.aws_iam_policy_document.service.statement :
    !contains(statement.actions, "iam:PassRole") || length(statement.condition) == 1 && !contains(statement.resources, "*")])
    error_message = "iam:PassRole must name its roles and the service they are handed to"
  }
  assert {
    condition = alltrue([for statement in data.aws_iam_policy_document.network.statement :
    !contains(statement.resources, "*") || length(statement.condition) > 0])
    error_message = "what may be done to any network resource must be limited by tag"
  }
}

run "uses_the_identity_provider_that_the_account_has" {
  command = plan
  variables { create_oidc_provider = false }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && endswith(local.oidc_provider_arn, "token.actions.githubusercontent.com")
    error_message = "an account has one provider for GitHub"
  }
}

run "refuses_a_name_in_capitals" {
  command = plan
  variables { name = "Slipway" }
  expect_failures = [var.name]
}

run "refuses_a_region_that_is_a_zone" {
  command = plan
  variables { region = "eu-central-1a" }
  expect_failures = [var.region]
}

run "refuses_a_repository_with_a_wildcard" {
  command = plan
  variables { github_repository = "octocat/*" }
  expect_failures = [var.github_repository]
}

run "refuses_an_owner_by_name" {
  command = plan
  variables { github_owner_id = "octocat" }
  expect_failures = [var.github_owner_id]
}

run "refuses_a_repository_number_that_is_none" {
  command = plan
  variables { github_repository_id = "shop" }
  expect_failures = [var.github_repository_id]
}

run "refuses_any_environment" {
  command = plan
  variables { github_environment = "*" }
  expect_failures = [var.github_environment]
}
