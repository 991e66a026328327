package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.RegisterScalableTargetRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * The roles that a call hands to a service, each with that service. Source: IAM user guide,
 * id_roles_use_passrole; ECS developer guide, security_iam_id-based-policy-examples.
 */
final class RolePasses {

  private static final String TASKS = "ecs-tasks.amazonaws.com";

  private final World world;

  RolePasses(World world) {
    this.world = world;
  }

  Map<String, String> of(SdkRequest request) {
    Map<String, String> roles = new LinkedHashMap<>();
    switch (request) {
      case RegisterTaskDefinitionRequest register -> {
        add(roles, register.executionRoleArn(), TASKS);
        add(roles, register.taskRoleArn(), TASKS);
      }
      case RunTaskRequest run -> ofTask(run, roles);
      case CreateServiceRequest service -> add(roles, service.role(), "ecs.amazonaws.com");
      case RegisterScalableTargetRequest target ->
          add(roles, target.roleARN(), "application-autoscaling.amazonaws.com");
      default -> {}
    }
    return roles;
  }

  /** Overrides win over what the task definition names. */
  private void ofTask(RunTaskRequest run, Map<String, String> roles) {
    String execution = run.overrides() == null ? null : run.overrides().executionRoleArn();
    String task = run.overrides() == null ? null : run.overrides().taskRoleArn();
    try {
      TaskDefinition definition =
          world
              .operations()
              .call(
                  DescribeTaskDefinitionRequest.builder()
                      .taskDefinition(run.taskDefinition())
                      .build(),
                  DescribeTaskDefinitionResponse.class)
              .taskDefinition();
      add(roles, execution == null ? definition.executionRoleArn() : execution, TASKS);
      add(roles, task == null ? definition.taskRoleArn() : task, TASKS);
    } catch (AwsError unknown) {
      // RunTask itself says that there is no such definition.
      add(roles, execution, TASKS);
      add(roles, task, TASKS);
    }
  }

  private void add(Map<String, String> roles, String role, String service) {
    if (role != null && !role.isEmpty()) {
      String arn = "arn:aws:iam::" + world.account() + ":role/" + role;
      roles.put(role.startsWith("arn:") ? role : arn, service);
    }
  }
}
