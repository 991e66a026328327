package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;

/** Roles and policies, with the real Terraform over the twin's IAM. */
class IdentityStackTest extends StackTest {

  private static final String ROLES =
      """
      data "aws_caller_identity" "me" {}
      data "aws_partition" "p" {}
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
            values   = [data.aws_caller_identity.me.account_id]
          }
        }
      }
      resource "aws_iam_role" "exec" {
        name               = "probe-exec"
        description        = "first"
        assume_role_policy = data.aws_iam_policy_document.trust.json
      }
      resource "aws_iam_role_policy" "exec" {
        name   = "pull"
        role   = aws_iam_role.exec.id
        policy = jsonencode({ Version = "2012-10-17", Statement = [
          { Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = "*" }] })
      }
      resource "aws_iam_policy" "p" {
        name_prefix = "probe-"
        policy      = jsonencode({ Version = "2012-10-17", Statement = [
          { Effect = "Allow", Action = ["logs:PutLogEvents"], Resource = "*" }] })
      }
      resource "aws_iam_role_policy_attachment" "a" {
        role       = aws_iam_role.exec.name
        policy_arn = aws_iam_policy.p.arn
      }
      output "account" { value = data.aws_caller_identity.me.account_id }
      """;

  @Test
  void settlesImportsAndLeavesNothing() {
    assertThat(applied(ROLES).output()).contains("account = \"123456789012\"");

    imported("aws_iam_role.exec", "probe-exec");
    imported("aws_iam_role_policy.exec", "probe-exec:pull");
    imported("aws_iam_policy.p", id("aws_iam_policy.p"));
    imported("aws_iam_role_policy_attachment.a", "probe-exec/" + id("aws_iam_policy.p"));

    terraform.destroy();
    assertThat(
            world()
                .operations()
                .call(ListRolesRequest.builder().build(), ListRolesResponse.class)
                .roles())
        .noneMatch(role -> role.roleName().startsWith("probe"));
    assertThat(
            world()
                .operations()
                .call(
                    ListPoliciesRequest.builder().scope(PolicyScopeType.LOCAL).build(),
                    ListPoliciesResponse.class)
                .policies())
        .isEmpty();
  }

  @Test
  void changesDocumentsInPlace() {
    applied(ROLES);

    String changed =
        ROLES
            .replace("logs:PutLogEvents", "logs:CreateLogStream")
            .replace("ecr:GetAuthorizationToken", "ecr:BatchGetImage")
            .replace("\"first\"", "\"second\"");
    assertThat(applied(changed).output()).contains("0 added, 3 changed, 0 destroyed");
  }

  @Test
  void takesDocumentsThatSayTheSameForTheSame() {
    applied(ROLES);

    terraform.config(
        ROLES
            .replace("[\"logs:PutLogEvents\"]", "\"logs:PutLogEvents\"")
            .replace("Effect = \"Allow\", Action", "Action"));
    assertThat(terraform.plan().exitCode()).as("a statement without effect differs").isEqualTo(2);

    terraform.config(ROLES.replace("[\"logs:PutLogEvents\"]", "\"logs:PutLogEvents\""));
    settled();
  }

  @Test
  void keepsTheProviderOfGithubsIdentities() {
    String github =
        """
        resource "aws_iam_openid_connect_provider" "gh" {
          url             = "https://token.actions.githubusercontent.com"
          client_id_list  = ["sts.amazonaws.com"]
          thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
        }
        data "aws_iam_openid_connect_provider" "gh" { url = aws_iam_openid_connect_provider.gh.url }
        output "clients" { value = data.aws_iam_openid_connect_provider.gh.client_id_list }
        """;
    applied(github);
    imported("aws_iam_openid_connect_provider.gh", id("aws_iam_openid_connect_provider.gh"));

    assertThat(applied(github.replace("6938", "7938")).output()).contains("0 added, 1 changed");
    terraform.destroy();
  }

  @Test
  void rendersDocumentsToTheByteAsTheProviderDoes() {
    applied(
        """
        data "aws_iam_policy_document" "base" {
          statement {
            sid       = "Kept"
            actions   = ["s3:Get*"]
            resources = ["arn:aws:s3:::b/&{aws:username}"]
          }
          statement {
            sid       = "Replaced"
            actions   = ["s3:Put*"]
            resources = ["*"]
          }
        }
        data "aws_iam_policy_document" "d" {
          source_policy_documents = [data.aws_iam_policy_document.base.json]
          statement {
            sid       = "Replaced"
            effect    = "Deny"
            actions   = ["b:Two", "a:One", "c:Three"]
            resources = ["*"]
            principals {
              type        = "AWS"
              identifiers = ["arn:aws:iam::1:root", "arn:aws:iam::2:root"]
            }
            condition {
              test     = "StringLike"
              variable = "aws:x<y"
              values   = ["2", "1"]
            }
          }
        }
        """);

    assertThat(terraform.values("data.aws_iam_policy_document.d").path("json").asText())
        .isEqualTo(
            """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Sid": "Kept",
                  "Effect": "Allow",
                  "Action": "s3:Get*",
                  "Resource": "arn:aws:s3:::b/${aws:username}"
                },
                {
                  "Sid": "Replaced",
                  "Effect": "Deny",
                  "Action": [
                    "c:Three",
                    "b:Two",
                    "a:One"
                  ],
                  "Resource": "*",
                  "Principal": {
                    "AWS": [
                      "arn:aws:iam::2:root",
                      "arn:aws:iam::1:root"
                    ]
                  },
                  "Condition": {
                    "StringLike": {
                      "aws:x\\u003cy": [
                        "2",
                        "1"
                      ]
                    }
                  }
                }
              ]
            }\
            """);
  }
}
