package dev.slipway.validation.observe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
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
                    policies(ask, name)));
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
    ask.optional(
        "iam:ListRolePolicies",
        false,
        () -> {
          iam.listRolePolicies(r -> r.roleName(name))
              .policyNames()
              .forEach(p ->
                  documents.put(
                      p,
                      decoded(
                          iam.getRolePolicy(r -> r.roleName(name).policyName(p))
                              .policyDocument())));
          return true;
        });
    ask.optional(
        "iam:ListAttachedRolePolicies",
        false,
        () -> {
          iam.listAttachedRolePolicies(r -> r.roleName(name))
              .attachedPolicies()
              .forEach(p -> documents.put(p.policyName(), managed(p.policyArn())));
          return true;
        });
    return Map.copyOf(documents);
  }

  private String managed(String arn) {
    IamClient iam = aws.iam();
    String version = iam.getPolicy(r -> r.policyArn(arn)).policy().defaultVersionId();
    return decoded(
        iam.getPolicyVersion(r -> r.policyArn(arn).versionId(version)).policyVersion().document());
  }

  /** IAM answers documents URL-encoded (RFC 3986). Source: botocore iam model, GetRole. */
  private static String decoded(String document) {
    if (document == null || document.startsWith("{")) {
      return document == null ? "" : document;
    }
    return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
