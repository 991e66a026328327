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
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * Decides by the policies of a role. Source: IAM user guide, reference_policies_evaluation-logic
 * and troubleshoot_access-denied.
 */
final class PolicyEngine {

  /** Documents are read once; a document's text decides what it says. */
  private static final int CACHED = 1_000;

  private final IamStore store;
  private final Map<String, PolicyDocument> read = new ConcurrentHashMap<>();

  PolicyEngine(IamStore store) {
    this.store = store;
  }

  Effect trust(Role role, Access access) {
    return PolicyDocument.evaluate(List.of(document(role.assumeRolePolicyDocument())), access);
  }

  Decision decide(String roleArn, Access access) {
    Optional<Role> found = store.roleOf(roleArn);
    if (found.isEmpty()) {
      return implicit("identity-based policy", access);
    }
    Role role = found.get();
    Access full = withPrincipal(role, access);
    Effect identity = PolicyDocument.evaluate(policiesOf(role.roleName()), full);
    Effect boundary = boundary(role, full);
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
    Access full = store.roleOf(roleArn).map(role -> withPrincipal(role, access)).orElse(access);
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

  private Effect boundary(Role role, Access access) {
    if (role.permissionsBoundary() == null) {
      return Effect.ALLOWED;
    }
    return store
        .document(role.permissionsBoundary().permissionsBoundaryArn())
        .map(text -> PolicyDocument.evaluate(List.of(document(text)), access))
        .orElse(Effect.SILENT);
  }

  private List<PolicyDocument> policiesOf(String role) {
    return Stream.concat(
            store.inlineOf(role).stream().map(IamStore.InlinePolicy::document),
            store.attachedTo(role).stream()
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

  private Access withPrincipal(Role role, Access access) {
    Map<String, List<String>> context = new TreeMap<>(access.context());
    context.put("aws:PrincipalArn", List.of(role.arn()));
    context.put("aws:PrincipalAccount", List.of(store.account()));
    context.put("aws:PrincipalType", List.of("AssumedRole"));
    context.put("aws:CurrentTime", List.of(store.home().now().toString()));
    role.tags().forEach(tag -> context.put("aws:PrincipalTag/" + tag.key(), List.of(tag.value())));
    return new Access(access.by(), access.action(), access.resource(), context);
  }

  private static Decision implicit(String kind, Access access) {
    return new Decision(false, "because no " + kind + " allows the " + access.action() + " action");
  }
}
