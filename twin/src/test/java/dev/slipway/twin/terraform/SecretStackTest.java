package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Secrets, parameters and settings of the account, with the real Terraform. */
class SecretStackTest extends StackTest {

  private static final String SECRETS =
      """
      resource "aws_ssm_parameter" "p" {
        name        = "/probe/url"
        type        = "String"
        value       = "one"
        description = "where"
      }
      resource "aws_secretsmanager_secret" "s" {
        name                    = "probe"
        description             = "what"
        recovery_window_in_days = 0
      }
      resource "aws_ecs_account_setting_default" "s" {
        name  = "containerInsights"
        value = "enabled"
      }
      resource "aws_ecr_registry_scanning_configuration" "r" {
        scan_type = "BASIC"
      }
      """;

  @Test
  void settlesImportsAndLeavesNothing() {
    applied(SECRETS);

    imported("aws_ssm_parameter.p", "/probe/url");
    imported("aws_ecr_registry_scanning_configuration.r", "123456789012");
    imported("aws_ecs_account_setting_default.s", "containerInsights");
    terraform.destroy();
    assertThat(terraform.run("state", "list").output()).isEmpty();
  }

  @Test
  void changesInPlace() {
    applied(SECRETS);

    String changed = SECRETS.replace("\"one\"", "\"two\"").replace("\"what\"", "\"other\"");
    assertThat(applied(changed).output()).contains("0 added, 2 changed, 0 destroyed");
    assertThat(terraform.values("aws_ssm_parameter.p").path("version").asInt()).isEqualTo(2);
  }
}
