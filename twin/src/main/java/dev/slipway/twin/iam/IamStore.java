package dev.slipway.twin.iam;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.User;

/** The tables of IAM, which an account has once. Under the account's lock. */
final class IamStore {

  private static final String SERVICE_PATH = "/aws-service-role/";

  /** An inline policy of a role. */
  record InlinePolicy(String roleName, String name, String document) {}

  /** A managed policy on a role. */
  record Attachment(String roleName, String policyArn, String policyName) {}

  /** A version of a managed policy. */
  record Version(String policyArn, PolicyVersion version) {}

  private final World home;

  IamStore(World home) {
    this.home = home;
  }

  World home() {
    return home;
  }

  String account() {
    return home.account();
  }

  Table<Role> roles() {
    return home.table("iam.roles");
  }

  Table<InlinePolicy> inlinePolicies() {
    return home.table("iam.rolePolicies");
  }

  Table<Attachment> attachments() {
    return home.table("iam.attachments");
  }

  Table<Policy> policies() {
    return home.table("iam.policies");
  }

  Table<Version> versions() {
    return home.table("iam.policyVersions");
  }

  Table<User> users() {
    return home.table("iam.users");
  }

  /** Inline policies of users; the role's name is the user's. */
  Table<InlinePolicy> userPolicies() {
    return home.table("iam.userPolicies");
  }

  /** Managed policies on users; the role's name is the user's. */
  Table<Attachment> userAttachments() {
    return home.table("iam.userAttachments");
  }

  List<InlinePolicy> inlineOfUser(String user) {
    return userPolicies().where(policy -> policy.roleName().equals(user));
  }

  List<Attachment> attachedToUser(String user) {
    return userAttachments().where(attachment -> attachment.roleName().equals(user));
  }

  User requireUser(String name) {
    return users().find(name).orElseThrow(() -> IamErrors.noUser(name));
  }

  Optional<User> userOf(String arn) {
    return users().find(arn.substring(arn.lastIndexOf('/') + 1)).filter(u -> u.arn().equals(arn));
  }

  /** {@code arn:aws:iam::<account>:<kind><path><name>}. */
  String arn(String kind, String path, String name) {
    return "arn:aws:iam::" + account() + ":" + kind + path + name;
  }

  /** A unique id such as {@code AROA…}. */
  String id(String prefix) {
    return prefix + home.ids().alphanumeric(17).toUpperCase(Locale.ROOT);
  }

  Role requireRole(String name) {
    return roles().find(name).orElseThrow(() -> IamErrors.noRole(name));
  }

  /** The role, unless it is one that only AWS may change. */
  Role requireOwnRole(String name) {
    Role role = requireRole(name);
    if (role.path().startsWith(SERVICE_PATH)) {
      throw IamErrors.unmodifiable(name);
    }
    return role;
  }

  Optional<Role> roleOf(String arn) {
    return roles().find(arn.substring(arn.lastIndexOf('/') + 1)).filter(r -> r.arn().equals(arn));
  }

  List<InlinePolicy> inlineOf(String role) {
    return inlinePolicies().where(policy -> policy.roleName().equals(role));
  }

  List<Attachment> attachedTo(String role) {
    return attachments().where(attachment -> attachment.roleName().equals(role));
  }

  List<Attachment> attachmentsOf(String policyArn) {
    return attachments().where(attachment -> attachment.policyArn().equals(policyArn));
  }

  List<Attachment> usersWith(String policyArn) {
    return userAttachments().where(attachment -> attachment.policyArn().equals(policyArn));
  }

  List<PolicyVersion> versionsOf(String policyArn) {
    return versions().where(row -> row.policyArn().equals(policyArn)).stream()
        .map(Version::version)
        .toList();
  }

  /** A managed policy of the account or of AWS, with its attachments counted. */
  Optional<Policy> policy(String arn) {
    return policies()
        .find(arn)
        .or(() -> ManagedPolicies.find(arn).map(ManagedPolicies.Managed::policy))
        .map(policy ->
            policy.toBuilder()
                .attachmentCount(attachmentsOf(arn).size() + usersWith(arn).size())
                .build());
  }

  /** The text of a managed policy in its default version. */
  Optional<String> document(String arn) {
    return ManagedPolicies.find(arn)
        .map(ManagedPolicies.Managed::document)
        .or(() ->
            versionsOf(arn).stream()
                .filter(PolicyVersion::isDefaultVersion)
                .map(PolicyVersion::document)
                .findFirst());
  }
}
