package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.check.Finding;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles that deploy the service, and those that only look as if they could not. */
class DeployersTest {

  private static final String REGISTER = "\"ecs:RegisterTaskDefinition\",\"ecs:UpdateService\"";

  private final PosturedSample sample = new PosturedSample();

  private List<String> causes() {
    return Postures.findings(sample.snapshot(), sample.goal()).stream()
        .map(Finding::cause)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {REGISTER, "\"ecs:*\"", REGISTER + ",\"iam:GetRole\""})
  void aRoleThatRegistersDefinitionsAndPassesNoRoleCannotDeploy(String actions) {
    sample.deployer("repo:acme/shop:ref:refs/heads/main", true, "[" + actions + "]");
    assertThat(causes()).containsExactly("iam-passrole-missing-ci");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        REGISTER + ",\"iam:PassRole\"",
        REGISTER + ",\"iam:Pass*\"",
        REGISTER + ",\"sts:AssumeRole\"",
        "\"ecs:UpdateService\"",
        "\"ecs:RegisterTaskDefinition\",\"ecs:RunTask\"",
        "\"ecs:Describe*\"",
        "\"s3:PutObject\""
      })
  void aRoleThatPassesRolesOrDoesNotRegisterThemIsNobodysTrouble(String actions) {
    sample.deployer("repo:acme/shop:ref:refs/heads/main", true, "[" + actions + "]");
    assertThat(causes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repo:acme/shop:refs/heads/main",
        "repo:acme/shop:branch:main",
        "repo:acme/shop:main",
        "acme/shop:ref:refs/heads/main",
        "https://github.com/acme/shop"
      })
  void aRoleWhoseSubjectNoTokenHasCannotBeAssumed(String subject) {
    sample.deployer(subject, true, "[" + REGISTER + ",\"iam:PassRole\"]");
    assertThat(causes()).contains("iam-oidc-sub-mismatch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repo:acme/shop:ref:refs/heads/main",
        "repo:acme/shop:ref:refs/tags/v*",
        "repo:acme/shop:environment:main",
        "repo:acme/shop:pull_request",
        "repo:acme/shop:*",
        "repo:acme@1234/shop@5678:ref:refs/heads/main",
        "repo:acme/shop:workflow:deploy:environment:production",
        "repo:acme/main:environment:branch:main",
        "repo:acme/shop"
      })
  void aSubjectThatATokenMayHaveIsNotTold(String subject) {
    sample.deployer(subject, true, "[" + REGISTER + ",\"iam:PassRole\"]");
    assertThat(causes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iam:ListRolePolicies", "iam:GetPolicyVersion"})
  void nothingIsCalledMissingWherePoliciesCouldNotBeRead(String permission) {
    sample.gap(permission);
    sample.deployer("repo:acme/shop:ref:refs/heads/main", true, "[" + REGISTER + "]");
    assertThat(causes()).isEmpty();
  }
}
