package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Policies;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.check.Subjects;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Surroundings.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the roles that GitHub's workflows deploy this service with can do so. */
final class DeployerAspects {

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(
              DeployerAspects::hindered,
              "iam:ListRoles",
              "iam:ListRolePolicies",
              "iam:GetRolePolicy",
              "iam:ListAttachedRolePolicies",
              "iam:GetPolicy",
              "iam:GetPolicyVersion",
              "ecs:DescribeTaskDefinition"));

  private DeployerAspects() {}

  private static List<Finding> hindered(Snapshot snapshot, Goal goal) {
    List<String> passed = Aspects.roles(snapshot, goal).toList();
    List<Finding> found = new ArrayList<>();
    for (Role role : snapshot.posture().deployers()) {
      String service = Aspects.text(snapshot.rollout().service().serviceArn());
      if (role.policies().values().stream()
          .noneMatch(d -> Policies.allow(d, "ecs:UpdateService", service))) {
        continue;
      }
      passes(role, passed).ifPresent(found::add);
      Subjects.impossible(role.trust()).ifPresent(why -> found.add(nobody(role, why)));
    }
    return found;
  }

  /**
   * A role that registers definitions and passes no role at all; one that passes others may be for
   * another service. Source: ECS developer guide, security_iam_id-based-policy-examples.
   */
  private static Optional<Finding> passes(Role role, List<String> passed) {
    var documents = role.policies().values();
    if (passed.isEmpty()
        || !Policies.allow(documents, "ecs:RegisterTaskDefinition")
        || Policies.allow(documents, "iam:PassRole")
        || Policies.allow(documents, "sts:AssumeRole")) {
      return Optional.empty();
    }
    String name = Arns.last(role.arn());
    String roles = String.join("\", \"", passed);
    return Optional.of(
        new Finding(
            "iam-passrole-missing-ci",
            Severity.HIGH,
            role.arn(),
            "Role %s, which GitHub workflows assume to deploy, may register task definitions and pass no role to them: ECS refuses the next one, which names %s."
                .formatted(name, Arns.last(passed.getFirst())),
            "allow iam:PassRole on the roles of the task, to ecs-tasks.amazonaws.com",
            """
            statement {
              actions   = ["iam:PassRole"]
              resources = ["%s"]
              condition {
                test     = "StringEquals"
                variable = "iam:PassedToService"
                values   = ["ecs-tasks.amazonaws.com"]
              }
            }\
            """
                .formatted(roles),
            "aws iam put-role-policy --role-name %s --policy-name pass-roles --policy-document file://PASS_ROLE"
                .formatted(name),
            List.of("policies of " + name + ": no iam:PassRole", "roles of the task: " + roles)));
  }

  private static Finding nobody(Role role, String why) {
    String name = Arns.last(role.arn());
    return new Finding(
        "iam-oidc-sub-mismatch",
        Severity.HIGH,
        role.arn(),
        "Role %s may deploy the service, and no GitHub workflow can assume it: %s."
            .formatted(name, why),
        "write the subject as GitHub's token has it, and compare with StringLike where it has a wildcard",
        """
        condition {
          test     = "StringEquals"
          variable = "token.actions.githubusercontent.com:sub"
          values   = ["repo:OWNER/REPOSITORY:environment:production"]
        }\
        """,
        "aws iam update-assume-role-policy --role-name %s --policy-document file://TRUST"
            .formatted(name),
        List.of("trust policy of " + name + ": " + why));
  }
}
