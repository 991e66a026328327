package dev.slipway.twin.iam;

import dev.slipway.twin.iam.policy.PolicyReader;
import dev.slipway.twin.world.Page;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** Roles. Source: IAM API reference. */
final class RoleApi {

  private static final int HOUR = 3600;

  private final IamStore store;

  RoleApi(IamStore store) {
    this.store = store;
  }

  public CreateRoleResponse create(CreateRoleRequest request) {
    String name = Names.checked(request.roleName(), "roleName", 64);
    String path = Names.path(request.path());
    PolicyReader.trustPolicy(request.assumeRolePolicyDocument());
    if (store.roles().contains(name)) {
      throw IamErrors.exists("Role with name " + name + " already exists.");
    }
    Role role =
        Role.builder()
            .path(path)
            .roleName(name)
            .roleId(store.id("AROA"))
            .arn(store.arn("role", path, name))
            .createDate(store.home().now())
            .assumeRolePolicyDocument(request.assumeRolePolicyDocument())
            .description(request.description())
            .maxSessionDuration(duration(request.maxSessionDuration()))
            .permissionsBoundary(boundary(request.permissionsBoundary()))
            .tags(request.hasTags() ? Names.tags(List.of(), request.tags(), List.of()) : null)
            .build();
    store.roles().put(name, role);
    return CreateRoleResponse.builder().role(role).build();
  }

  public GetRoleResponse get(GetRoleRequest request) {
    Role role = store.requireRole(request.roleName());
    return GetRoleResponse.builder()
        .role(role.toBuilder().roleLastUsed(RoleLastUsed.builder().build()).build())
        .build();
  }

  public ListRolesResponse list(ListRolesRequest request) {
    String prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    List<Role> roles =
        store.roles().where(role -> role.path().startsWith(prefix)).stream()
            .sorted(Comparator.comparing(Role::roleName))
            .toList();
    Page<Role> page = Page.of(roles, request.marker(), request.maxItems(), 100);
    return ListRolesResponse.builder()
        .roles(page.items())
        .isTruncated(page.nextToken() != null)
        .marker(page.nextToken())
        .build();
  }

  public UpdateRoleResponse update(UpdateRoleRequest request) {
    store.requireOwnRole(request.roleName());
    Integer duration =
        request.maxSessionDuration() == null ? null : duration(request.maxSessionDuration());
    change(
        request.roleName(),
        role ->
            role.toBuilder()
                .description(
                    request.description() == null ? role.description() : request.description())
                .maxSessionDuration(duration == null ? role.maxSessionDuration() : duration)
                .build());
    return UpdateRoleResponse.builder().build();
  }

  public UpdateAssumeRolePolicyResponse updateTrust(UpdateAssumeRolePolicyRequest request) {
    store.requireOwnRole(request.roleName());
    PolicyReader.trustPolicy(request.policyDocument());
    change(
        request.roleName(),
        role -> role.toBuilder().assumeRolePolicyDocument(request.policyDocument()).build());
    return UpdateAssumeRolePolicyResponse.builder().build();
  }

  public DeleteRoleResponse delete(DeleteRoleRequest request) {
    String name = store.requireOwnRole(request.roleName()).roleName();
    if (!store.attachedTo(name).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    if (!store.inlineOf(name).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
    }
    store.roles().remove(name);
    return DeleteRoleResponse.builder().build();
  }

  public PutRolePermissionsBoundaryResponse putBoundary(PutRolePermissionsBoundaryRequest request) {
    store.requireOwnRole(request.roleName());
    AttachedPermissionsBoundary boundary = boundary(request.permissionsBoundary());
    change(request.roleName(), role -> role.toBuilder().permissionsBoundary(boundary).build());
    return PutRolePermissionsBoundaryResponse.builder().build();
  }

  public DeleteRolePermissionsBoundaryResponse deleteBoundary(
      DeleteRolePermissionsBoundaryRequest request) {
    store.requireOwnRole(request.roleName());
    change(
        request.roleName(),
        role -> role.toBuilder().permissionsBoundary((AttachedPermissionsBoundary) null).build());
    return DeleteRolePermissionsBoundaryResponse.builder().build();
  }

  /** The twin has no instance profiles, which only EC2 instances need. */
  public ListInstanceProfilesForRoleResponse profiles(ListInstanceProfilesForRoleRequest request) {
    store.requireRole(request.roleName());
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(List.of())
        .isTruncated(false)
        .build();
  }

  private void change(String name, UnaryOperator<Role> change) {
    store.roles().update(name, change);
  }

  private static int duration(Integer seconds) {
    int duration = seconds == null ? HOUR : seconds;
    if (duration < HOUR || duration > 12 * HOUR) {
      throw IamErrors.invalid(
          Integer.toString(duration),
          "maxSessionDuration",
          duration < HOUR
              ? "Member must have value greater than or equal to 3600"
              : "Member must have value less than or equal to 43200");
    }
    return duration;
  }

  private AttachedPermissionsBoundary boundary(String arn) {
    if (arn == null) {
      return null;
    }
    if (store.policy(arn).isEmpty()) {
      throw IamErrors.notFound("Scope ARN: " + arn + " does not exist or is not attachable.");
    }
    return AttachedPermissionsBoundary.builder()
        .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
        .permissionsBoundaryArn(arn)
        .build();
  }
}
