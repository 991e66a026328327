data "aws_caller_identity" "current" {}

# Only ECS, and only for tasks of this account: nobody else's task can borrow the roles.
# Source: ECS developer guide, task_execution_IAM_role, "confused deputy".
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "execution" {
  # This action knows no resource.
  statement {
    sid       = "RegistryLogin"
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }

  statement {
    sid = "PullImage"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetDownloadUrlForLayer",
    ]
    resources = [var.repository_arn]
  }

  statement {
    sid = "WriteLogs"
    actions = [
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ]
    resources = ["${var.log_group_arn}:*"]
  }
}

# What Fargate needs to start the task.
resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  description        = "Lets Fargate pull the image of ${var.name} and write its logs"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "execution" {
  name   = "start-task"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.execution.json
}

# What the service itself may do in AWS: nothing, until it needs something.
resource "aws_iam_role" "task" {
  name               = "${var.name}-task"
  description        = "The service ${var.name} itself; has no permissions"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
