package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.util.List;

/**
 * Faults of the roles that pipelines deploy with, and of policies that take back what others give.
 */
final class DeployerFaults {

  private static final String ISSUER = "token.actions.githubusercontent.com";
  private static final String ONE_BRANCH =
      "\"StringEquals\":{\"%1$s:aud\":\"sts.amazonaws.com\",\"%1$s:sub\":\"repo:acme/app:ref:refs/heads/main\"}"
          .formatted(ISSUER);
  private static final String FURTHER = "further";
  private static final String DEPLOY =
      "\"Action\":[\"ecs:RegisterTaskDefinition\",\"ecs:UpdateService\",\"ecs:DescribeServices\"]";
  private static final String DEPLOY_AND_PASS = DEPLOY.replace("]", ",\"iam:PassRole\"]");

  static final List<Fault> ALL =
      List.of(
          Fault.of("iam-oidc-sub-too-wide", Layer.IAM, Severity.CRITICAL)
              .wrong("Every repository of the organisation may assume the role that deploys")
              .on(Kind.STANDING)
              .make(stage ->
                  deployer(
                      stage,
                      "\"StringEquals\":{\"%1$s:aud\":\"sts.amazonaws.com\"},\"StringLike\":{\"%1$s:sub\":\"repo:acme/*\"}"
                          .formatted(ISSUER),
                      DEPLOY_AND_PASS))
              .seenBy("identity-posture")
              .source("https://github.com/aws-actions/configure-aws-credentials/issues/318")
              .build(),
          Fault.of("iam-oidc-any-owner", Layer.IAM, Severity.CRITICAL)
              .wrong("Anybody's repository of the right name may assume the role that deploys")
              .on(Kind.STANDING)
              .make(stage ->
                  deployer(
                      stage,
                      "\"StringEquals\":{\"%1$s:aud\":\"sts.amazonaws.com\"},\"StringLike\":{\"%1$s:sub\":\"repo:*/app:ref:refs/heads/main\"}"
                          .formatted(ISSUER),
                      DEPLOY_AND_PASS))
              .seenBy("identity-posture")
              .named("iam-oidc-sub-too-wide")
              .source("https://github.com/aws-actions/configure-aws-credentials/issues/1100")
              .build(),
          Fault.of("iam-ci-role-admin", Layer.IAM, Severity.HIGH)
              .wrong("The role that the pipeline deploys with is an administrator")
              .on(Kind.STANDING)
              .make(stage -> deployer(stage, ONE_BRANCH, "\"Action\":\"*\""))
              .seenBy("identity-posture")
              .build(),
          Fault.of("iam-passrole-missing-ci", Layer.IAM, Severity.HIGH)
              .wrong(
                  "The role that the pipeline deploys with may not pass the roles of the task to ECS")
              .on(Kind.STANDING)
              .make(stage -> deployer(stage, ONE_BRANCH, DEPLOY))
              .seenBy("identity-posture")
              .source(
                  "https://github.com/ministryofjustice/modernisation-platform/pull/8443",
                  "https://github.com/aws/containers-roadmap/issues/1390")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("iam-oidc-sub-mismatch", Layer.IAM, Severity.HIGH)
              .wrong(
                  "The trust of the role that deploys wants a subject that no token of GitHub has")
              .on(Kind.STANDING)
              .make(stage ->
                  deployer(
                      stage, ONE_BRANCH.replace(":ref:refs/heads/main", ":*"), DEPLOY_AND_PASS))
              .seenBy("identity-posture")
              .source(
                  "https://github.com/aws-actions/configure-aws-credentials/issues/1100",
                  "https://github.com/aws-actions/configure-aws-credentials/issues/1024")
              .build(),
          Fault.of("iam-execution-role-denied", Layer.IAM, Severity.CRITICAL)
              .wrong("A second policy of the execution role denies what the first one allows")
              .make(stage ->
                  Policies.put(
                      stage,
                      stage.its().executionRole(),
                      FURTHER,
                      "\"Effect\":\"Deny\",\"Action\":\"ecr:*\",\"Resource\":\"*\""))
              .seenBy("rollout", "tasks")
              .named("iam-execution-role-missing-ecr")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("iam-execution-role-other-repository", Layer.IAM, Severity.CRITICAL)
              .wrong("The execution role may pull from a repository that is not the service's")
              .make(stage -> {
                String role = stage.its().executionRole();
                Policies.deleteAll(stage, role);
                Policies.put(
                    stage,
                    role,
                    FURTHER,
                    "\"Effect\":\"Allow\",\"Action\":[\"ecr:GetAuthorizationToken\",\"logs:CreateLogStream\",\"logs:PutLogEvents\"],\"Resource\":\"*\"},{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"arn:aws:ecr:*:*:repository/another\"");
              })
              .seenBy("rollout", "tasks")
              .named("iam-execution-role-missing-ecr")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("iam-permissions-boundary-too-tight", Layer.IAM, Severity.CRITICAL)
              .wrong("The execution role got a permissions boundary that leaves the registry out")
              .make(stage -> {
                String boundary =
                    stage
                        .iam()
                        .createPolicy(r ->
                            r.policyName("boundary")
                                .policyDocument(
                                    Policies.document(
                                        "\"Effect\":\"Allow\",\"Action\":[\"logs:*\",\"s3:*\"],\"Resource\":\"*\"")))
                        .policy()
                        .arn();
                stage
                    .iam()
                    .putRolePermissionsBoundary(
                        r -> r.roleName(stage.its().executionRole()).permissionsBoundary(boundary));
              })
              .seenBy("rollout", "tasks")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("iam-role-trust-of-another-account", Layer.IAM, Severity.CRITICAL)
              .wrong("The execution role trusts the tasks of another account only")
              .make(stage ->
                  Policies.trust(
                      stage,
                      "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ecs-tasks.amazonaws.com\"},\"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\"}}"))
              .seenBy("rollout", "tasks")
              .named("iam-role-trust-wrong")
              .needs(Need.EXECUTION_ROLE)
              .build());

  private DeployerFaults() {}

  /** Makes a role for workflows of GitHub, as the guides for it do. */
  private static void deployer(Stage stage, String condition, String actions) {
    String provider =
        stage.iam().listOpenIDConnectProviders().openIDConnectProviderList().stream()
            .map(p -> p.arn())
            .filter(arn -> arn.endsWith("/" + ISSUER))
            .findFirst()
            .orElseGet(() ->
                stage
                    .iam()
                    .createOpenIDConnectProvider(
                        r -> r.url("https://" + ISSUER).clientIDList("sts.amazonaws.com"))
                    .openIDConnectProviderArn());
    stage
        .iam()
        .createRole(r ->
            r.roleName("pipeline")
                .assumeRolePolicyDocument(
                    Policies.document(
                        "\"Effect\":\"Allow\",\"Principal\":{\"Federated\":\"%s\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\",\"Condition\":{%s}"
                            .formatted(provider, condition))));
    Policies.put(
        stage, "pipeline", FURTHER, "\"Effect\":\"Allow\"," + actions + ",\"Resource\":\"*\"");
  }
}
