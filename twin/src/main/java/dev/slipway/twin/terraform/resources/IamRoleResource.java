package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.CallFailed;
import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** {@code aws_iam_role}, with its inline and managed policies where the configuration has them. */
final class IamRoleResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_iam_role";
  }

  @Override
  public String label() {
    return "IAM Role";
  }

  @Override
  public Traits traits() {
    return IamDocuments.traits("assume_role_policy", "inline_policy.policy");
  }

  @Override
  public void create(Context context, Attributes planned) {
    String name = context.name(planned);
    CreateRoleRequest request =
        CreateRoleRequest.builder()
            .roleName(name)
            .path(planned.text("path"))
            .assumeRolePolicyDocument(planned.text("assume_role_policy"))
            .description(planned.text("description"))
            .maxSessionDuration(planned.positive("max_session_duration"))
            .permissionsBoundary(planned.text("permissions_boundary"))
            .tags(TagChanges.all(planned, IamRoleResource::tag))
            .build();
    // A principal that was made a moment ago may not be known everywhere yet.
    context
        .waiter()
        .retry(
            IamDocuments.PROPAGATION,
            e -> e.is("MalformedPolicyDocument") && e.awsMessage().contains("Invalid principal"),
            () -> context.call(request, CreateRoleResponse.class));
    planned.set("id", name).set("name", name);
    planned.blocks("inline_policy").forEach(policy -> putInline(context, name, policy));
    planned.texts("managed_policy_arns").forEach(arn -> attach(context, name, arn));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    String name = state.id();
    Optional<Role> found =
        context.find(() ->
            context
                .call(GetRoleRequest.builder().roleName(name).build(), GetRoleResponse.class)
                .role());
    if (found.isEmpty()) {
      return false;
    }
    Role role = found.get();
    state
        .set("arn", role.arn())
        .set("name", role.roleName())
        .set("name_prefix", Context.namePrefix(role.roleName()))
        .set("path", role.path())
        .set("unique_id", role.roleId())
        .set("create_date", role.createDate().toString())
        .setText("description", role.description())
        .set(
            "max_session_duration",
            role.maxSessionDuration() == null ? 3600 : role.maxSessionDuration())
        .setText(
            "permissions_boundary",
            role.permissionsBoundary() == null
                ? null
                : role.permissionsBoundary().permissionsBoundaryArn())
        .set("force_detach_policies", state.flag("force_detach_policies"));
    IamDocuments.set(state, "assume_role_policy", role.assumeRolePolicyDocument());
    state.setTexts("managed_policy_arns", attached(context, name));
    state.setBlocks("inline_policy", inline(context, state, name));
    context.setTags(state, role.tags(), Tag::key, Tag::value);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    String name = planned.id();
    if (planned.differs(prior, "assume_role_policy")) {
      context.call(
          UpdateAssumeRolePolicyRequest.builder()
              .roleName(name)
              .policyDocument(planned.text("assume_role_policy"))
              .build(),
          UpdateAssumeRolePolicyResponse.class);
    }
    if (planned.differs(prior, "description", "max_session_duration")) {
      context.call(
          UpdateRoleRequest.builder()
              .roleName(name)
              .description(planned.text("description", ""))
              .maxSessionDuration(planned.positive("max_session_duration"))
              .build(),
          UpdateRoleResponse.class);
    }
    if (planned.differs(prior, "permissions_boundary")) {
      updateBoundary(context, planned, name);
    }
    if (planned.differs(prior, "inline_policy")) {
      updateInline(context, prior, planned, name);
    }
    if (planned.differs(prior, "managed_policy_arns")) {
      List<String> wanted = planned.texts("managed_policy_arns");
      List<String> before = prior.texts("managed_policy_arns");
      before.stream()
          .filter(arn -> !wanted.contains(arn))
          .forEach(arn -> detach(context, name, arn));
      wanted.stream()
          .filter(arn -> !before.contains(arn))
          .forEach(arn -> attach(context, name, arn));
    }
    TagChanges.between(prior, planned)
        .apply(
            IamRoleResource::tag,
            keys ->
                context.call(
                    UntagRoleRequest.builder().roleName(name).tagKeys(keys).build(),
                    UntagRoleResponse.class),
            tags ->
                context.call(
                    TagRoleRequest.builder().roleName(name).tags(tags).build(),
                    TagRoleResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    String name = state.id();
    boolean force = state.flag("force_detach_policies");
    if (force || !state.texts("managed_policy_arns").isEmpty()) {
      attached(context, name).forEach(arn -> detach(context, name, arn));
    }
    if (force || !state.blocks("inline_policy").isEmpty()) {
      inlineNames(context, name).forEach(policy -> deleteInline(context, name, policy));
    }
    // Others may still be detaching their policies.
    DeleteRoleRequest request = DeleteRoleRequest.builder().roleName(name).build();
    context
        .waiter()
        .retry(
            IamDocuments.PROPAGATION,
            (CallFailed e) -> e.is("DeleteConflict"),
            () -> context.call(request, DeleteRoleResponse.class));
  }

  private static void updateBoundary(Context context, Attributes planned, String name) {
    if (planned.has("permissions_boundary")) {
      context.call(
          PutRolePermissionsBoundaryRequest.builder()
              .roleName(name)
              .permissionsBoundary(planned.text("permissions_boundary"))
              .build(),
          PutRolePermissionsBoundaryResponse.class);
    } else {
      context.call(
          DeleteRolePermissionsBoundaryRequest.builder().roleName(name).build(),
          DeleteRolePermissionsBoundaryResponse.class);
    }
  }

  private static void updateInline(
      Context context, Attributes prior, Attributes planned, String name) {
    List<String> wanted =
        planned.blocks("inline_policy").stream().map(policy -> policy.text("name")).toList();
    prior.blocks("inline_policy").stream()
        .map(policy -> policy.text("name"))
        .filter(policy -> policy != null && !wanted.contains(policy))
        .forEach(policy -> deleteInline(context, name, policy));
    planned.blocks("inline_policy").forEach(policy -> putInline(context, name, policy));
  }

  private static void putInline(Context context, String role, Attributes policy) {
    if (policy.has("policy")) {
      context.call(
          PutRolePolicyRequest.builder()
              .roleName(role)
              .policyName(policy.text("name"))
              .policyDocument(policy.text("policy"))
              .build(),
          PutRolePolicyResponse.class);
    }
  }

  private static void deleteInline(Context context, String role, String policy) {
    context.find(() ->
        context.call(
            DeleteRolePolicyRequest.builder().roleName(role).policyName(policy).build(),
            DeleteRolePolicyResponse.class));
  }

  private static void attach(Context context, String role, String arn) {
    context.call(
        AttachRolePolicyRequest.builder().roleName(role).policyArn(arn).build(),
        AttachRolePolicyResponse.class);
  }

  private static void detach(Context context, String role, String arn) {
    context.find(() ->
        context.call(
            DetachRolePolicyRequest.builder().roleName(role).policyArn(arn).build(),
            DetachRolePolicyResponse.class));
  }

  private static List<String> attached(Context context, String role) {
    ListAttachedRolePoliciesRequest request =
        ListAttachedRolePoliciesRequest.builder().roleName(role).build();
    return context.call(request, ListAttachedRolePoliciesResponse.class).attachedPolicies().stream()
        .map(AttachedPolicy::policyArn)
        .toList();
  }

  private static List<String> inlineNames(Context context, String role) {
    ListRolePoliciesRequest request = ListRolePoliciesRequest.builder().roleName(role).build();
    return context.call(request, ListRolePoliciesResponse.class).policyNames();
  }

  private static List<Attributes> inline(Context context, Attributes state, String role) {
    List<Attributes> policies = new ArrayList<>();
    for (String name : inlineNames(context, role)) {
      GetRolePolicyRequest request =
          GetRolePolicyRequest.builder().roleName(role).policyName(name).build();
      Attributes policy =
          state.blocks("inline_policy").stream()
              .filter(before -> name.equals(before.text("name")))
              .findFirst()
              .orElseGet(() -> new Attributes().set("name", name));
      String document = context.call(request, GetRolePolicyResponse.class).policyDocument();
      IamDocuments.set(policy, "policy", document);
      policies.add(policy);
    }
    return policies;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
