# What a deployment may do. Where AWS lets a permission name its resource, it names the service's own; EC2 and ELB
# have no names to go by when something is made, so there the tag that Terraform puts on everything is the limit.

locals {
  prefix = {
    for service in ["ecs", "ecr", "logs", "sns", "cloudwatch", "elasticloadbalancing", "application-autoscaling"] :
    service => "arn:${local.partition}:${service}:${var.region}:${local.account}"
  }
  roles = "arn:${local.partition}:iam::${local.account}:role/${var.name}"
}

data "aws_iam_policy_document" "state" {
  statement {
    sid       = "FindState"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]
  }

  statement {
    sid       = "ReadWriteStateAndLock"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/${var.name}/*"]
  }
}

data "aws_iam_policy_document" "read" {
  # What Terraform, the verifier and the sweep look at. None of these actions knows a resource, or they list.
  statement {
    sid = "Look"
    actions = [
      "application-autoscaling:Describe*",
      "application-autoscaling:ListTagsForResource",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetDashboard",
      "cloudwatch:ListDashboards",
      "cloudwatch:ListTagsForResource",
      "ec2:Describe*",
      "ec2:GetManagedPrefixListEntries",
      "ecr:DescribeRepositories",
      "ecr:GetAuthorizationToken",
      "ecs:Describe*",
      "ecs:List*",
      "elasticloadbalancing:Describe*",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
      "logs:Describe*",
      "logs:FilterLogEvents",
      "logs:GetLogEvents",
      "logs:ListTagsForResource",
      "sns:GetTopicAttributes",
      "sns:ListTagsForResource",
      "sns:ListTopics",
      "tag:GetResources",
    ]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "service" {
  statement {
    sid       = "Images"
    actions   = ["ecr:*"]
    resources = ["${local.prefix["ecr"]}:repository/${var.name}/*"]
  }

  statement {
    sid     = "Service"
    actions = ["ecs:*"]
    resources = [
      "${local.prefix["ecs"]}:cluster/${var.name}",
      "${local.prefix["ecs"]}:service/${var.name}/*",
      "${local.prefix["ecs"]}:task/${var.name}/*",
      "${local.prefix["ecs"]}:task-definition/${var.name}:*",
    ]
  }

  # These actions know no resource.
  statement {
    sid       = "Revisions"
    actions   = ["ecs:CreateCluster", "ecs:DeregisterTaskDefinition", "ecs:RegisterTaskDefinition"]
    resources = ["*"]
  }

  statement {
    sid       = "Scaling"
    actions   = ["application-autoscaling:*"]
    resources = ["${local.prefix["application-autoscaling"]}:scalable-target/*"]
  }

  statement {
    sid     = "LogsAlarmsDashboard"
    actions = ["cloudwatch:*", "logs:*", "sns:*"]
    resources = [
      "${local.prefix["logs"]}:log-group:/ecs/${var.name}*",
      "${local.prefix["sns"]}:${var.name}-alarms",
      "${local.prefix["cloudwatch"]}:alarm:${var.name}-*",
      "arn:${local.partition}:cloudwatch::${local.account}:dashboard/${var.name}",
    ]
  }

  statement {
    sid = "Roles"
    actions = [
      "iam:CreateRole",
      "iam:DeleteRole",
      "iam:DeleteRolePolicy",
      "iam:PutRolePolicy",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ]
    resources = ["${local.roles}-execution", "${local.roles}-task"]
  }

  statement {
    sid       = "HandRolesToTasks"
    actions   = ["iam:PassRole"]
    resources = ["${local.roles}-execution", "${local.roles}-task"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }

  # A new account has none of these roles; AWS makes each when its service is first used.
  statement {
    sid       = "ServiceLinkedRoles"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/aws-service-role/*"]

    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values = [
        "ecs.amazonaws.com",
        "ecs.application-autoscaling.amazonaws.com",
        "elasticloadbalancing.amazonaws.com",
      ]
    }
  }
}

data "aws_iam_policy_document" "network" {
  statement {
    sid = "MakeTagged"
    actions = [
      "ec2:AllocateAddress",
      "ec2:CreateInternetGateway",
      "ec2:CreateNatGateway",
      "ec2:CreateRouteTable",
      "ec2:CreateSecurityGroup",
      "ec2:CreateSubnet",
      "ec2:CreateVpc",
      "ec2:CreateVpcEndpoint",
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:CreateRule",
      "elasticloadbalancing:CreateTargetGroup",
    ]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Project"
      values   = [var.name]
    }
  }

  # Making one of these also touches what it is made in or from, which has no tag in the request but has its own.
  statement {
    sid       = "MakeWithin"
    actions   = ["ec2:CreateNatGateway", "ec2:CreateRouteTable", "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateVpcEndpoint"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Project"
      values   = [var.name]
    }
  }

  statement {
    sid       = "TagWhatIsMade"
    actions   = ["ec2:CreateTags", "elasticloadbalancing:AddTags"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/Project"
      values   = [var.name]
    }
  }

  statement {
    sid = "ChangeOwn"
    actions = [
      "ec2:AssociateAddress",
      "ec2:AssociateRouteTable",
      "ec2:AttachInternetGateway",
      "ec2:AuthorizeSecurityGroup*",
      "ec2:CreateRoute",
      "ec2:CreateTags",
      "ec2:Delete*",
      "ec2:DetachInternetGateway",
      "ec2:DisassociateAddress",
      "ec2:DisassociateRouteTable",
      "ec2:ModifySecurityGroupRules",
      "ec2:ModifySubnetAttribute",
      "ec2:ModifyVpcAttribute",
      "ec2:ModifyVpcEndpoint",
      "ec2:ReleaseAddress",
      "ec2:ReplaceRoute",
      "ec2:RevokeSecurityGroup*",
      "ec2:UpdateSecurityGroupRuleDescriptions*",
      "elasticloadbalancing:AddTags",
      "elasticloadbalancing:Delete*",
      "elasticloadbalancing:Modify*",
      "elasticloadbalancing:RemoveTags",
      "elasticloadbalancing:SetIpAddressType",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
    ]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/Project"
      values   = [var.name]
    }
  }

  # AWS makes a VPC's default security group without a tag; Terraform empties it and tags it.
  statement {
    sid       = "EmptyDefaultSecurityGroup"
    actions   = ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"]
    resources = ["arn:${local.partition}:ec2:${var.region}:${local.account}:security-group/*"]
  }
}

resource "aws_iam_role_policy" "deploy" {
  for_each = {
    state   = data.aws_iam_policy_document.state.json
    read    = data.aws_iam_policy_document.read.json
    service = data.aws_iam_policy_document.service.json
    network = data.aws_iam_policy_document.network.json
  }

  name   = each.key
  role   = aws_iam_role.deploy.id
  policy = each.value
}
