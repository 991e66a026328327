package dev.slipway.twin.iam;

import static dev.slipway.twin.iam.IamTables.noSuchEntity;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleLastUsed;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

/** Roles and their trust policies. */
public final class RoleApi {

  private static final int DEFAULT_SESSION_SECONDS = 3600;

  private final IamTables tables;

  RoleApi(IamTables tables) {
    this.tables = tables;
  }

  /** CreateRole. */
  public CreateRoleResponse createRole(CreateRoleRequest request) {
    Names.require("roleName", request.roleName(), 64);
    if (tables.roles().contains(request.roleName())) {
      throw IamTables.alreadyExists("Role with name " + request.roleName() + " already exists.");
    }
    PolicyParser.trust(request.assumeRolePolicyDocument());
    String path = request.path() == null ? "/" : request.path();
    Integer session = request.maxSessionDuration();
    Role role =
        Role.builder()
            .roleName(request.roleName())
            .roleId("AROA" + id(tables.world().ids()))
            .path(path)
            .arn(tables.arn("role" + path + request.roleName()))
            .assumeRolePolicyDocument(request.assumeRolePolicyDocument())
            .description(request.description())
            .maxSessionDuration(session == null ? DEFAULT_SESSION_SECONDS : session)
            .createDate(tables.world().now())
            .tags(request.tags())
            .build();
    tables.roles().put(role.roleName(), role);
    return CreateRoleResponse.builder().role(role).build();
  }

  /** GetRole. */
  public GetRoleResponse getRole(GetRoleRequest request) {
    Role role = tables.role(request.roleName());
    return GetRoleResponse.builder()
        .role(role.toBuilder().roleLastUsed(RoleLastUsed.builder().build()).build())
        .build();
  }

  /** ListRoles. */
  public ListRolesResponse listRoles(ListRolesRequest request) {
    String prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    Page<Role> page =
        Page.of(
            tables.roles().where(role -> role.path().startsWith(prefix)),
            request.marker(),
            request.maxItems());
    return ListRolesResponse.builder()
        .roles(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  /** DeleteRole. */
  public DeleteRoleResponse deleteRole(DeleteRoleRequest request) {
    Role role = tables.role(request.roleName());
    if (!tables.attachedTo(role.roleName()).isEmpty()) {
      throw IamTables.deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    if (!tables.inlineOf(role.roleName()).isEmpty()) {
      throw IamTables.deleteConflict("Cannot delete entity, must delete policies first.");
    }
    tables.roles().remove(role.roleName());
    return DeleteRoleResponse.builder().build();
  }

  /** UpdateAssumeRolePolicy. */
  public UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(
      UpdateAssumeRolePolicyRequest request) {
    Role role = tables.role(request.roleName());
    PolicyParser.trust(request.policyDocument());
    put(role.toBuilder().assumeRolePolicyDocument(request.policyDocument()).build());
    return UpdateAssumeRolePolicyResponse.builder().build();
  }

  /** UpdateRole. */
  public UpdateRoleResponse updateRole(UpdateRoleRequest request) {
    Role.Builder role = tables.role(request.roleName()).toBuilder();
    if (request.description() != null) {
      role.description(request.description());
    }
    if (request.maxSessionDuration() != null) {
      role.maxSessionDuration(request.maxSessionDuration());
    }
    put(role.build());
    return UpdateRoleResponse.builder().build();
  }

  /** TagRole. */
  public TagRoleResponse tagRole(TagRoleRequest request) {
    Role role = tables.role(request.roleName());
    put(role.toBuilder().tags(IamTables.retagged(role.tags(), request.tags(), List.of())).build());
    return TagRoleResponse.builder().build();
  }

  /** UntagRole. */
  public UntagRoleResponse untagRole(UntagRoleRequest request) {
    Role role = tables.role(request.roleName());
    put(
        role.toBuilder()
            .tags(IamTables.retagged(role.tags(), List.of(), request.tagKeys()))
            .build());
    return UntagRoleResponse.builder().build();
  }

  /** ListRoleTags. */
  public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest request) {
    return ListRoleTagsResponse.builder()
        .tags(tables.role(request.roleName()).tags())
        .isTruncated(false)
        .build();
  }

  /** ListInstanceProfilesForRole: always none, for Fargate has no instances. */
  public ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
      ListInstanceProfilesForRoleRequest request) {
    tables.role(request.roleName());
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(List.of())
        .isTruncated(false)
        .build();
  }

  /** CreateServiceLinkedRole, for the services that keep ECS deployments running. */
  public CreateServiceLinkedRoleResponse createServiceLinkedRole(
      CreateServiceLinkedRoleRequest request) {
    String service = request.awsServiceName();
    String name =
        switch (service == null ? "" : service.toLowerCase(Locale.ROOT)) {
          case "ecs.amazonaws.com" -> "AWSServiceRoleForECS";
          case "elasticloadbalancing.amazonaws.com" -> "AWSServiceRoleForElasticLoadBalancing";
          case "ecs.application-autoscaling.amazonaws.com" ->
              "AWSServiceRoleForApplicationAutoScaling_ECSService";
          default ->
              throw noSuchEntity("The twin knows no service-linked role of " + service + ".");
        };
    if (tables.roles().contains(name)) {
      throw AwsError.of(
          "InvalidInput",
          "Service role name "
              + name
              + " has been taken in this account, please try a different"
              + " suffix.");
    }
    String trust =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\""
            + service
            + "\"]},\"Action\":\"sts:AssumeRole\"}]}";
    CreateRoleResponse created =
        createRole(
            CreateRoleRequest.builder()
                .roleName(name)
                .path("/aws-service-role/" + service + "/")
                .assumeRolePolicyDocument(trust)
                .description(request.description())
                .build());
    return CreateServiceLinkedRoleResponse.builder().role(created.role()).build();
  }

  private void put(Role role) {
    tables.roles().put(role.roleName(), role);
  }

  private static String id(Ids ids) {
    return ids.alphanumeric(17).toUpperCase(Locale.ROOT);
  }
}
