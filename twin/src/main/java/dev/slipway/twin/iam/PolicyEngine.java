package dev.slipway.twin.iam;

import dev.slipway.twin.iam.Authority.Decision;
import dev.slipway.twin.iam.policy.Access;
import dev.slipway.twin.iam.policy.PolicyDocument;
import dev.slipway.twin.iam.policy.PolicyDocument.Effect;
import dev.slipway.twin.iam.policy.PolicyReader;
import dev.slipway.twin.iam.policy.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

/**
 * Decides by the policies of a role. Source: IAM user guide, reference_policies_evaluation-logic
 * and troubleshoot_access-denied.
 */
final class PolicyEngine {

  /** Documents are read once; a document's text decides what it says. */
  private static final int CACHED = 1_000;

  private static final Pattern SESSION =
      Pattern.compile("arn:aws:sts::\\d{12}:assumed-role/([^/]+)/.+");

  private final IamStore store;
  private final Map<String, PolicyDocument> read = new ConcurrentHashMap<>();

  PolicyEngine(IamStore store) {
    this.store = store;
  }

  Effect trust(Role role, Access access) {
    return PolicyDocument.evaluate(List.of(document(role.assumeRolePolicyDocument())), access);
  }

  /** Decides for a role. */
  Decision decide(String roleArn, Access access) {
    Optional<Role> found = store.roleOf(roleArn);
    if (found.isEmpty()) {
      return implicit("identity-based policy", access);
    }
    Role role = found.get();
    return judge(
        policiesOf(role.roleName()),
        role.permissionsBoundary(),
        withPrincipal(role.arn(), "AssumedRole", role.tags(), access));
  }

  /** Decides for whoever makes a call: a role's session or a user. */
  Decision decideFor(String callerArn, Access access) {
    Matcher session = SESSION.matcher(callerArn);
    if (session.matches()) {
      return decide(store.roles().find(session.group(1)).map(Role::arn).orElse(callerArn), access);
    }
    Optional<User> found = store.userOf(callerArn);
    if (found.isEmpty()) {
      return decide(callerArn, access);
    }
    User user = found.get();
    return judge(
        documents(store.inlineOfUser(user.userName()), store.attachedToUser(user.userName())),
        user.permissionsBoundary(),
        withPrincipal(user.arn(), "User", user.tags(), access));
  }

  /**
   * Decides for whoever makes a call on a resource that has a policy of its own. Within an account
   * either policy allows; a resource's policy that names the account, and not the caller, leaves it
   * to the caller's policies. A key is used only as its own policy says.
   *
   * <p>Source: IAM user guide, reference_policies_evaluation-logic, single account; KMS developer
   * guide, key-policies, default policy.
   */
  Decision decideFor(String callerArn, Access access, Optional<String> resourcePolicy) {
    boolean isRoot = callerArn.endsWith(":root");
    Decision own = isRoot ? new Decision(true, "") : decideFor(callerArn, access);
    boolean denied = own.reason().startsWith("with an explicit deny");
    if (denied || resourcePolicy.isEmpty()) {
      return own;
    }
    PolicyDocument policy = document(resourcePolicy.get());
    Effect whole = ofResource(policy, callerArn, access);
    if (whole == Effect.DENIED) {
      return new Decision(false, "with an explicit deny in a resource-based policy");
    }
    if (ofResource(policy.withoutAccounts(), callerArn, access) == Effect.ALLOWED) {
      return new Decision(true, "");
    }
    return access.action().startsWith("kms:") && whole == Effect.SILENT
        ? implicit("resource-based policy", access)
        : own;
  }

  /** A session is named by its own ARN or by its role's. */
  private Effect ofResource(PolicyDocument policy, String callerArn, Access access) {
    Matcher session = SESSION.matcher(callerArn);
    Optional<Role> role =
        session.matches() ? store.roles().find(session.group(1)) : store.roleOf(callerArn);
    Access full =
        role.map(r -> withPrincipal(r.arn(), "AssumedRole", r.tags(), access))
            .or(() ->
                store.userOf(callerArn).map(u -> withPrincipal(u.arn(), "User", u.tags(), access)))
            .orElseGet(() -> withPrincipal(callerArn, "Account", List.of(), access));
    List<Effect> effects =
        Stream.concat(Stream.of(callerArn), role.stream().map(Role::arn))
            .distinct()
            .map(arn -> new Statement.Principal("AWS", arn))
            .map(by -> new Access(by, full.action(), full.resource(), full.context()))
            .map(as -> PolicyDocument.evaluate(List.of(policy), as))
            .toList();
    if (effects.contains(Effect.DENIED)) {
      return Effect.DENIED;
    }
    return effects.contains(Effect.ALLOWED) ? Effect.ALLOWED : Effect.SILENT;
  }

  private Decision judge(
      List<PolicyDocument> policies, AttachedPermissionsBoundary bounds, Access access) {
    Effect identity = PolicyDocument.evaluate(policies, access);
    Effect boundary = boundary(bounds, access);
    if (identity == Effect.DENIED) {
      return new Decision(false, "with an explicit deny in an identity-based policy");
    }
    if (boundary == Effect.DENIED) {
      return new Decision(false, "with an explicit deny in a permissions boundary");
    }
    if (identity == Effect.SILENT) {
      return implicit("identity-based policy", access);
    }
    return boundary == Effect.ALLOWED
        ? new Decision(true, "")
        : implicit("permissions boundary", access);
  }

  /** What an endpoint's policy says; the caller's own policies are another matter. */
  Decision endpoint(String document, String roleArn, Access access) {
    Access full =
        store
            .roleOf(roleArn)
            .map(role -> withPrincipal(role.arn(), "AssumedRole", role.tags(), access))
            .orElse(access);
    Access named =
        new Access(
            new Statement.Principal("AWS", roleArn),
            full.action(),
            full.resource(),
            full.context());
    return switch (PolicyDocument.evaluate(List.of(document(document)), named)) {
      case ALLOWED -> new Decision(true, "");
      case DENIED -> new Decision(false, "with an explicit deny in a VPC endpoint policy");
      case SILENT -> implicit("VPC endpoint policy", access);
    };
  }

  private Effect boundary(AttachedPermissionsBoundary bounds, Access access) {
    if (bounds == null) {
      return Effect.ALLOWED;
    }
    return store
        .document(bounds.permissionsBoundaryArn())
        .map(text -> PolicyDocument.evaluate(List.of(document(text)), access))
        .orElse(Effect.SILENT);
  }

  private List<PolicyDocument> policiesOf(String role) {
    return documents(store.inlineOf(role), store.attachedTo(role));
  }

  private List<PolicyDocument> documents(
      List<IamStore.InlinePolicy> inline, List<IamStore.Attachment> attached) {
    return Stream.concat(
            inline.stream().map(IamStore.InlinePolicy::document),
            attached.stream()
                .flatMap(attachment -> store.document(attachment.policyArn()).stream()))
        .map(this::document)
        .toList();
  }

  private PolicyDocument document(String text) {
    if (read.size() > CACHED) {
      read.clear();
    }
    return read.computeIfAbsent(text, PolicyReader::read);
  }

  private Access withPrincipal(String arn, String type, List<Tag> tags, Access access) {
    Map<String, List<String>> context = new TreeMap<>(access.context());
    context.put("aws:PrincipalArn", List.of(arn));
    context.put("aws:PrincipalAccount", List.of(store.account()));
    context.put("aws:PrincipalType", List.of(type));
    context.put("aws:CurrentTime", List.of(store.home().now().toString()));
    tags.forEach(tag -> context.put("aws:PrincipalTag/" + tag.key(), List.of(tag.value())));
    return new Access(access.by(), access.action(), access.resource(), context);
  }

  private static Decision implicit(String kind, Access access) {
    return new Decision(false, "because no " + kind + " allows the " + access.action() + " action");
  }
}
