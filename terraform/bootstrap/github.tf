# GitHub's jobs get short-lived credentials by proving who they are; no key is stored anywhere.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.create_oidc_provider ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]

  # AWS trusts GitHub by its certificate authority and ignores this; older providers demand it.
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

data "aws_iam_openid_connect_provider" "github" {
  count = var.create_oidc_provider ? 0 : 1

  url = "https://token.actions.githubusercontent.com"
}

locals {
  issuer            = "token.actions.githubusercontent.com"
  oidc_provider_arn = var.create_oidc_provider ? aws_iam_openid_connect_provider.github[0].arn : data.aws_iam_openid_connect_provider.github[0].arn

  owner      = split("/", var.github_repository)[0]
  repository = split("/", var.github_repository)[1]

  # Repositories made, renamed or moved since 15 July 2026 carry numeric ids in the subject; older ones do not.
  # Source: GitHub changelog 2026-04-23, "Immutable subject claims for GitHub Actions OIDC tokens".
  subjects = [
    "repo:${var.github_repository}:environment:${var.github_environment}",
    "repo:${local.owner}@${var.github_owner_id}/${local.repository}@${var.github_repository_id}:environment:${var.github_environment}",
  ]
}

data "aws_iam_policy_document" "deploy_trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.oidc_provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = local.subjects
    }

    # A name can be given away and taken by others, this number cannot.
    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:repository_id"
      values   = [var.github_repository_id]
    }
  }
}

resource "aws_iam_role" "deploy" {
  name                 = "${var.name}-deploy"
  description          = "Deploys ${var.name} from ${var.github_repository}, environment ${var.github_environment}"
  assume_role_policy   = data.aws_iam_policy_document.deploy_trust.json
  max_session_duration = 3600
}
