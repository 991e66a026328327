package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusRequest;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * Roles that belong to services of AWS. Source: ECS developer guide, using-service-linked-roles;
 * ELB user guide, elb-service-linked-roles.
 */
final class ServiceRoleApi {

  private static final Map<String, String> NAMES =
      Map.of(
          "ecs.amazonaws.com", "AWSServiceRoleForECS",
          "elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing",
          "ecs.application-autoscaling.amazonaws.com",
              "AWSServiceRoleForApplicationAutoScaling_ECSService");

  private final IamStore store;

  ServiceRoleApi(IamStore store) {
    this.store = store;
  }

  public CreateServiceLinkedRoleResponse create(CreateServiceLinkedRoleRequest request) {
    String service =
        Parameters.required(request.awsServiceName(), "ValidationError", "aWSServiceName");
    String name = NAMES.get(service);
    if (name == null || request.customSuffix() != null) {
      throw AwsError.of(
          "InvalidInput",
          "Service-linked roles of " + service + ", and suffixes, are not supported by the twin");
    }
    if (store.roles().contains(name)) {
      throw AwsError.of(
          "InvalidInput",
          "Service role name "
              + name
              + " has been taken in this account, please try a different suffix.");
    }
    String path = "/aws-service-role/" + service + "/";
    Role role =
        Role.builder()
            .path(path)
            .roleName(name)
            .roleId(store.id("AROA"))
            .arn(store.arn("role", path, name))
            .createDate(store.home().now())
            .description(request.description())
            .maxSessionDuration(3600)
            .assumeRolePolicyDocument(
                """
                {"Version":"2012-10-17","Statement":[{"Action":["sts:AssumeRole"],\
                "Effect":"Allow","Principal":{"Service":["%s"]}}]}\
                """
                    .formatted(service))
            .build();
    store.roles().put(name, role);
    return CreateServiceLinkedRoleResponse.builder().role(role).build();
  }

  public DeleteServiceLinkedRoleResponse delete(DeleteServiceLinkedRoleRequest request) {
    Role role = store.requireRole(request.roleName());
    if (!role.path().startsWith("/aws-service-role/")) {
      throw AwsError.of("InvalidInput", "The role " + role.roleName() + " is not service-linked");
    }
    store.roles().remove(role.roleName());
    return DeleteServiceLinkedRoleResponse.builder()
        .deletionTaskId("task" + role.path() + role.roleName() + "/" + store.home().ids().uuid())
        .build();
  }

  /** A deletion is done at once, so every task that is asked for has succeeded. */
  public GetServiceLinkedRoleDeletionStatusResponse status(
      GetServiceLinkedRoleDeletionStatusRequest request) {
    String task =
        Parameters.required(request.deletionTaskId(), "ValidationError", "deletionTaskId");
    if (!task.startsWith("task/aws-service-role/")) {
      throw IamErrors.notFound("Deletion task " + request.deletionTaskId() + " cannot be found.");
    }
    return GetServiceLinkedRoleDeletionStatusResponse.builder()
        .status(DeletionTaskStatusType.SUCCEEDED)
        .build();
  }
}
