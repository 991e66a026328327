package dev.slipway.validation;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** The parts of a {@link Sample}. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
public class SampleParts {

  /** The digest that runs. */
  public static final String DIGEST = "sha256:" + "a".repeat(64);

  /** The commit that it was built from. */
  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  public static final String TASK_DEFINITION = taskDefinition(2);
  public static final String OLD_TASK_DEFINITION = taskDefinition(1);
  public static final String TARGET_GROUP =
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/orders/0123456789abcdef";
  public static final String BALANCER =
      "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/orders/fedcba9876543210";
  public static final String LISTENER = BALANCER.replace("loadbalancer", "listener") + "/1";
  public static final String REPOSITORY = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/orders";
  public static final String EXECUTION_ROLE = "arn:aws:iam::123456789012:role/orders-execution";
  public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  protected SampleParts() {}

  public static Task running(String id, String ip, String subnet) {
    return Task.builder()
        .taskArn("arn:aws:ecs:eu-central-1:123456789012:task/staging/" + id)
        .taskDefinitionArn(TASK_DEFINITION)
        .lastStatus("RUNNING")
        .desiredStatus("RUNNING")
        .startedBy("ecs-svc/2")
        .createdAt(NOW)
        .startedAt(NOW)
        .attachments(a ->
            a.type("ElasticNetworkInterface")
                .details(
                    d -> d.name("privateIPv4Address").value(ip),
                    d -> d.name("networkInterfaceId").value("eni-" + id),
                    d -> d.name("subnetId").value(subnet)))
        .containers(c -> c.name("app").imageDigest(DIGEST))
        .build();
  }

  public static TargetHealthDescription target(String ip, String state, String description) {
    return TargetHealthDescription.builder()
        .target(t -> t.id(ip).port(5000))
        .targetHealth(h -> h.state(state).description(description))
        .build();
  }

  public static Rule forward(String priority, String targetGroup) {
    return Rule.builder()
        .ruleArn(LISTENER.replace("listener/", "listener-rule/") + "/" + priority)
        .priority(priority)
        .isDefault("default".equals(priority))
        .actions(Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(targetGroup).build())
        .build();
  }

  public static Deployment deployment(
      String id, String status, int revision, DeploymentRolloutState state) {
    return Deployment.builder()
        .id(id)
        .status(status)
        .taskDefinition(taskDefinition(revision))
        .rolloutState(state)
        .updatedAt(NOW)
        .rolloutStateReason("ECS deployment " + id + " " + state + ".")
        .desiredCount(2)
        .runningCount(2)
        .pendingCount(0)
        .failedTasks(0)
        .build();
  }

  public static TaskDefinition definition(int revision, String image) {
    return TaskDefinition.builder()
        .taskDefinitionArn(taskDefinition(revision))
        .executionRoleArn(EXECUTION_ROLE)
        .memory("512")
        .containerDefinitions(
            ContainerDefinition.builder()
                .name("app")
                .image(image)
                .portMappings(m -> m.containerPort(5000))
                .essential(true)
                .logConfiguration(l ->
                    l.logDriver(LogDriver.AWSLOGS)
                        .options(
                            Map.of("awslogs-group", "/ecs/orders", "awslogs-stream-prefix", "app")))
                .build())
        .build();
  }

  protected static String taskDefinition(int revision) {
    return "arn:aws:ecs:eu-central-1:123456789012:task-definition/orders:" + revision;
  }
}
