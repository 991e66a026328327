package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** What IAM keeps for an account. Keys: a role by name, a policy by ARN. */
final class IamTables {

  /** An inline policy of a role. */
  record InlinePolicy(String role, String name, String document) {}

  /** A managed policy on a role. */
  record Attachment(String role, String policyArn) {}

  /** A policy's document under its version id. */
  record Version(String policyArn, PolicyVersion version) {}

  /** An OpenID Connect provider. */
  record OidcProvider(
      String arn,
      String url,
      List<String> clientIds,
      List<String> thumbprints,
      java.time.Instant created,
      List<Tag> tags) {}

  private final World world;
  private final Table<Role> roles;
  private final Table<InlinePolicy> inline;
  private final Table<Attachment> attachments;
  private final Table<Policy> policies;
  private final Table<Version> versions;
  private final Table<OidcProvider> oidc;

  IamTables(World world) {
    this.world = world;
    this.roles = world.table("iam.roles");
    this.inline = world.table("iam.rolePolicies");
    this.attachments = world.table("iam.attachments");
    this.policies = world.table("iam.policies");
    this.versions = world.table("iam.policyVersions");
    this.oidc = world.table("iam.oidcProviders");
  }

  World world() {
    return world;
  }

  Table<Role> roles() {
    return roles;
  }

  Table<InlinePolicy> inline() {
    return inline;
  }

  Table<Attachment> attachments() {
    return attachments;
  }

  Table<Policy> policies() {
    return policies;
  }

  Table<Version> versions() {
    return versions;
  }

  Table<OidcProvider> oidc() {
    return oidc;
  }

  /** {@code arn:aws:iam::<account>:<resource>}: IAM has no region. */
  String arn(String resource) {
    return "arn:aws:iam::" + world.account() + ":" + resource;
  }

  Role role(String name) {
    return roles
        .find(name)
        .orElseThrow(() -> noSuchEntity("The role with name " + name + " cannot be found."));
  }

  Optional<Role> roleByArn(String arn) {
    return roles.where(role -> role.arn().equals(arn)).stream().findFirst();
  }

  /** A customer's policy or one that AWS manages. */
  Optional<Policy> policy(String arn) {
    return policies
        .find(arn)
        .or(() -> ManagedPolicies.find(arn).map(ManagedPolicies.Managed::policy));
  }

  /** The document of a policy's default version. */
  Optional<String> documentOf(String policyArn) {
    return versions
        .where(v -> v.policyArn().equals(policyArn) && v.version().isDefaultVersion())
        .stream()
        .findFirst()
        .map(v -> v.version().document())
        .or(() -> ManagedPolicies.find(policyArn).map(ManagedPolicies.Managed::document));
  }

  List<InlinePolicy> inlineOf(String role) {
    return inline.where(policy -> policy.role().equals(role));
  }

  List<Attachment> attachedTo(String role) {
    return attachments.where(attachment -> attachment.role().equals(role));
  }

  /** Every identity policy of a role. */
  List<PolicyDocument> policiesOf(String role) {
    List<String> documents = new java.util.ArrayList<>();
    inlineOf(role).forEach(policy -> documents.add(policy.document()));
    attachedTo(role).forEach(a -> documentOf(a.policyArn()).ifPresent(documents::add));
    return documents.stream().map(PolicyParser::identity).toList();
  }

  static String key(String role, String other) {
    return role + '\n' + other;
  }

  static AwsError noSuchEntity(String message) {
    return new AwsError("NoSuchEntity", 404, message);
  }

  static AwsError deleteConflict(String message) {
    return new AwsError("DeleteConflict", 409, message);
  }

  static AwsError alreadyExists(String message) {
    return new AwsError("EntityAlreadyExists", 409, message);
  }

  /** Tags with some set and some removed. */
  static List<Tag> retagged(List<Tag> before, List<Tag> set, List<String> removed) {
    Map<String, Tag> tags = new java.util.LinkedHashMap<>();
    before.forEach(tag -> tags.put(tag.key(), tag));
    set.forEach(tag -> tags.put(tag.key(), tag));
    removed.forEach(tags::remove);
    return List.copyOf(tags.values());
  }
}
