package dev.slipway.validation.observe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Reads a role with its trust and every policy's document. */
final class RoleReader {

  private final Aws aws;

  RoleReader(Aws aws) {
    this.aws = aws;
  }

  /** The role; empty when it may not be read. */
  Optional<Surroundings.Role> role(Ask ask, String arn) {
    String name = Arns.last(arn);
    IamClient iam = aws.iam();
    return ask.optional(
        "iam:GetRole",
        Optional.empty(),
        () -> {
          try {
            var role = iam.getRole(r -> r.roleName(name)).role();
            return Optional.of(
                new Surroundings.Role(
                    true,
                    role.arn(),
                    decoded(role.assumeRolePolicyDocument()),
                    policies(ask, name),
                    Optional.ofNullable(role.permissionsBoundary())
                        .map(b -> b.permissionsBoundaryArn())
                        .map(b -> new Surroundings.Boundary(b, managed(ask, b)))));
          } catch (NoSuchEntityException e) {
            return Optional.of(new Surroundings.Role(false, arn, "", Map.of()));
          }
        });
  }

  /**
   * The roles that GitHub's workflows may assume. Source: GitHub, OpenID Connect in AWS: the
   * provider's name stands in the trust policy.
   */
  List<Surroundings.Role> deployers(Ask ask) {
    return ask.optional(
        "iam:ListRoles",
        List.<Surroundings.Role>of(),
        () ->
            aws.iam().listRolesPaginator().roles().stream()
                .filter(r ->
                    decoded(r.assumeRolePolicyDocument())
                        .contains("token.actions.githubusercontent.com"))
                .map(r ->
                    new Surroundings.Role(
                        true,
                        r.arn(),
                        decoded(r.assumeRolePolicyDocument()),
                        policies(ask, r.roleName())))
                .toList());
  }

  private Map<String, String> policies(Ask ask, String name) {
    IamClient iam = aws.iam();
    Map<String, String> documents = new LinkedHashMap<>();
    List<String> inline =
        ask.optional(
            "iam:ListRolePolicies",
            List.<String>of(),
            () -> iam.listRolePolicies(r -> r.roleName(name)).policyNames());
    for (String policy : inline) {
      String document =
          ask.optional(
              "iam:GetRolePolicy",
              "",
              () ->
                  decoded(
                      iam.getRolePolicy(r -> r.roleName(name).policyName(policy))
                          .policyDocument()));
      if (!document.isEmpty()) {
        documents.put(policy, document);
      }
    }
    List<AttachedPolicy> attached =
        ask.optional(
            "iam:ListAttachedRolePolicies",
            List.<AttachedPolicy>of(),
            () -> iam.listAttachedRolePolicies(r -> r.roleName(name)).attachedPolicies());
    for (AttachedPolicy policy : attached) {
      String document = managed(ask, policy.policyArn());
      if (!document.isEmpty()) {
        documents.put(policy.policyName(), document);
      }
    }
    return Map.copyOf(documents);
  }

  /** The document of a policy's default version; empty when it may not be read. */
  private String managed(Ask ask, String arn) {
    IamClient iam = aws.iam();
    String version =
        ask.optional(
            "iam:GetPolicy",
            "",
            () -> iam.getPolicy(r -> r.policyArn(arn)).policy().defaultVersionId());
    return version.isEmpty()
        ? ""
        : ask.optional(
            "iam:GetPolicyVersion",
            "",
            () ->
                decoded(
                    iam.getPolicyVersion(r -> r.policyArn(arn).versionId(version))
                        .policyVersion()
                        .document()));
  }

  /** IAM answers documents URL-encoded (RFC 3986). Source: botocore iam model, GetRole. */
  private static String decoded(String document) {
    if (document == null || document.startsWith("{")) {
      return document == null ? "" : document;
    }
    return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
