package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Policies;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Surroundings.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

/** Who may do what: the task's roles, its credentials, the roles that deploy it. */
final class IdentityAspects {

  static final List<Aspect> ALL =
      Aspects.all(
          DeployerAspects.ALL,
          List.of(
              Aspect.of(IdentityAspects::staticKeys, "ecs:DescribeTaskDefinition"),
              Aspect.of(IdentityAspects::secretsInEnvironment, "ecs:DescribeTaskDefinition"),
              Aspect.of(
                  IdentityAspects::wildcards,
                  "iam:GetRole",
                  "iam:ListRolePolicies",
                  "iam:GetRolePolicy",
                  "iam:ListAttachedRolePolicies",
                  "iam:GetPolicy",
                  "iam:GetPolicyVersion"),
              Aspect.of(IdentityAspects::deployers, "iam:ListRoles")));

  private static final Set<String> KEYS = Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

  private static final Pattern SECRET =
      Pattern.compile(
          "(^|_)(SECRET|PASSWORD|PASSWD|TOKEN|PRIVATE_KEY|API_KEY|APIKEY|CREDENTIALS?)$");

  /** A reference to a secret, a switch or a number is no secret. */
  private static final Pattern HARMLESS =
      Pattern.compile("(?i)arn:.*|https?://.*|/.*|true|false|\\d+|\\$\\{.*");

  private IdentityAspects() {}

  private static List<Finding> staticKeys(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (ContainerDefinition container : Aspects.containers(snapshot, goal)) {
      List<String> names =
          container.environment().stream()
              .map(KeyValuePair::name)
              .filter(KEYS::contains)
              .sorted()
              .toList();
      if (!names.isEmpty()) {
        found.add(
            new Finding(
                "iam-static-keys-shadow-task-role",
                Severity.HIGH,
                goal.taskDefinition(),
                "Container %s of %s carries AWS access keys in its environment, which take the place of the task role."
                    .formatted(container.name(), goal.revision()),
                "remove these variables and give the task role what the service needs",
                "environment = [] # without AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                "aws ecs register-task-definition --family %s --container-definitions FILE_WITHOUT_THE_KEYS"
                    .formatted(Arns.family(goal.revision())),
                List.of("environment of " + container.name() + ": " + String.join(", ", names))));
      }
    }
    return found;
  }

  private static List<Finding> secretsInEnvironment(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (ContainerDefinition container : Aspects.containers(snapshot, goal)) {
      List<String> names =
          container.environment().stream()
              .filter(v -> SECRET.matcher(Aspects.text(v.name()).toUpperCase(Locale.ROOT)).find())
              .filter(v -> !Aspects.text(v.value()).isEmpty())
              .filter(v -> !HARMLESS.matcher(v.value()).matches())
              .map(KeyValuePair::name)
              .filter(n -> !KEYS.contains(n))
              .toList();
      if (!names.isEmpty()) {
        found.add(
            new Finding(
                "td-secrets-in-env",
                Severity.HIGH,
                goal.taskDefinition(),
                "Container %s of %s has what looks like secrets as plain values: %s. Whoever may describe the task definition reads them."
                    .formatted(container.name(), goal.revision(), String.join(", ", names)),
                "keep them in Secrets Manager and name them under secrets",
                "secrets = [{ name = \"%s\", valueFrom = aws_secretsmanager_secret.this.arn }]"
                    .formatted(names.getFirst()),
                "aws secretsmanager create-secret --name %s --secret-string file://VALUE"
                    .formatted(names.getFirst()),
                List.of("environment of " + container.name() + ": " + String.join(", ", names))));
      }
    }
    return found;
  }

  private static List<Finding> wildcards(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    Aspects.roles(snapshot, goal)
        .flatMap(arn -> java.util.Optional.ofNullable(snapshot.posture().roles().get(arn)).stream())
        .filter(Role::exists)
        .forEach(role ->
            role.policies()
                .forEach((name, document) -> {
                  List<String> wide = Policies.wildcards(document);
                  if (!wide.isEmpty()) {
                    found.add(wide(role, name, wide));
                  }
                }));
    return found;
  }

  private static Finding wide(Role role, String policy, List<String> actions) {
    String name = Arns.last(role.arn());
    return new Finding(
        "iam-role-too-wide",
        Severity.HIGH,
        role.arn(),
        "Policy %s of role %s allows %s on every resource."
            .formatted(policy, name, String.join(", ", actions)),
        "allow the actions that the task uses, on the resources that it uses",
        """
        statement {
          actions   = ["s3:GetObject"]
          resources = ["${aws_s3_bucket.this.arn}/*"]
        }\
        """,
        "aws iam put-role-policy --role-name %s --policy-name %s --policy-document file://NARROW"
            .formatted(name, policy),
        List.of("policy " + policy + ": " + String.join(", ", actions) + " on *"));
  }

  /** Only roles that may deploy this service are judged: others are none of its business. */
  private static List<Finding> deployers(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    for (Role role : snapshot.posture().deployers()) {
      if (!Policies.allow(role.policies().values(), "ecs:UpdateService")) {
        continue;
      }
      String name = Arns.last(role.arn());
      Policies.looseSubject(role.trust())
          .ifPresent(reason ->
              found.add(
                  new Finding(
                      "iam-oidc-sub-too-wide",
                      Severity.CRITICAL,
                      role.arn(),
                      "Role %s may deploy the service, and GitHub workflows beyond this repository may assume it: %s."
                          .formatted(name, reason),
                      "pin the subject to repository and branch or environment, and the audience to sts.amazonaws.com",
                      """
                      condition {
                        test     = "StringEquals"
                        variable = "token.actions.githubusercontent.com:sub"
                        values   = ["repo:OWNER/REPOSITORY:ref:refs/heads/main"]
                      }\
                      """,
                      "aws iam update-assume-role-policy --role-name %s --policy-document file://SCOPED"
                          .formatted(name),
                      List.of("trust policy of " + name + ": " + reason))));
      if (role.policies().values().stream().anyMatch(Policies::administers)) {
        found.add(
            new Finding(
                "iam-ci-role-admin",
                Severity.HIGH,
                role.arn(),
                "Role %s, which GitHub workflows assume to deploy, may do everything in the account."
                    .formatted(name),
                "give it what a deployment needs, and no more",
                "# detach AdministratorAccess; see terraform/bootstrap for what a deployment needs",
                "aws iam detach-role-policy --role-name %s --policy-arn arn:aws:iam::aws:policy/AdministratorAccess"
                    .formatted(name),
                List.of(
                    "policies of " + name + ": " + String.join(", ", role.policies().keySet()))));
      }
    }
    return found;
  }
}
