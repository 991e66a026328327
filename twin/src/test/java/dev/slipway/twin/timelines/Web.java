package dev.slipway.twin.timelines;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** A service of one task behind a target group of its own. */
final class Web {

  private static final AtomicInteger PORTS = new AtomicInteger(8100);

  final Instant created;
  private final Scene scene;
  private final String name;
  private final String targetGroup;

  /** Creates it; {@code check} may be null. */
  Web(Scene scene, String name, int interval, int timeout, String behaviour, HealthCheck check) {
    this.scene = scene;
    this.name = name;
    this.targetGroup = targetGroup(interval, timeout);
    String definition = define(behaviour, check);
    created =
        scene
            .call(
                CreateServiceRequest.builder()
                    .cluster("prod")
                    .serviceName(name)
                    .taskDefinition(definition)
                    .desiredCount(1)
                    .launchType(LaunchType.FARGATE)
                    .deploymentConfiguration(
                        d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(true)))
                    .loadBalancers(
                        l -> l.containerName("app").containerPort(5000).targetGroupArn(targetGroup))
                    .networkConfiguration(n ->
                        n.awsvpcConfiguration(v ->
                            v.subnets(scene.subnets)
                                .securityGroups(scene.group)
                                .assignPublicIp(AssignPublicIp.ENABLED)))
                    .build(),
                CreateServiceResponse.class)
            .service()
            .createdAt();
  }

  private String targetGroup(int interval, int timeout) {
    String arn =
        scene
            .call(
                CreateTargetGroupRequest.builder()
                    .name(name)
                    .vpcId(scene.vpc)
                    .port(5000)
                    .protocol(ProtocolEnum.HTTP)
                    .targetType(TargetTypeEnum.IP)
                    .healthCheckIntervalSeconds(interval)
                    .healthCheckTimeoutSeconds(timeout)
                    .build(),
                CreateTargetGroupResponse.class)
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    scene.invoke(
        ModifyTargetGroupAttributesRequest.builder()
            .targetGroupArn(arn)
            .attributes(a -> a.key("deregistration_delay.timeout_seconds").value("30"))
            .build());
    scene.invoke(
        CreateListenerRequest.builder()
            .loadBalancerArn(scene.balancer)
            .port(PORTS.incrementAndGet())
            .protocol(ProtocolEnum.HTTP)
            .defaultActions(
                Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(arn).build())
            .build());
    return arn;
  }

  String define(String behaviour, HealthCheck check) {
    String image = scene.push(behaviour);
    return scene
        .call(
            RegisterTaskDefinitionRequest.builder()
                .family(name)
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .executionRoleArn("arn:aws:iam::000000000000:role/execution")
                .containerDefinitions(c ->
                    c.name("app")
                        .image(image)
                        .portMappings(p -> p.containerPort(5000))
                        .healthCheck(check))
                .build(),
            RegisterTaskDefinitionResponse.class)
        .taskDefinition()
        .taskDefinitionArn();
  }

  /** Updates it; returns when. */
  Instant update(Consumer<UpdateServiceRequest.Builder> change) {
    UpdateServiceRequest.Builder request =
        UpdateServiceRequest.builder().cluster("prod").service(name);
    change.accept(request);
    Instant now = scene.world.now();
    scene.invoke(request.build());
    return now;
  }

  /** When the first event since a moment was written whose text contains a part. */
  Instant event(String part, Instant since) {
    return scene.awaitSome(
        name + part,
        () ->
            service().events().stream()
                .filter(e -> !e.createdAt().isBefore(since) && e.message().contains(part))
                .map(ServiceEvent::createdAt)
                .min(Comparator.naturalOrder()));
  }

  Instant steady(Instant since) {
    return event(" has reached a steady state.", since);
  }

  private Service service() {
    return scene
        .call(
            DescribeServicesRequest.builder().cluster("prod").services(name).build(),
            DescribeServicesResponse.class)
        .services()
        .getFirst();
  }

  /** The first task made since a moment. */
  Task task(Instant since) {
    return scene.awaitSome(
        name + " task",
        () ->
            tasks().stream()
                .filter(t -> !t.createdAt().isBefore(since))
                .min(Comparator.comparing(Task::createdAt)));
  }

  /** The same task, once it was started. */
  Task started(Task task) {
    return scene.awaitSome(
        name + " started",
        () ->
            tasks().stream()
                .filter(t -> t.taskArn().equals(task.taskArn()) && t.startedAt() != null)
                .findFirst());
  }

  private List<Task> tasks() {
    return List.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED).stream()
        .map(status ->
            scene
                .call(
                    ListTasksRequest.builder()
                        .cluster("prod")
                        .serviceName(name)
                        .desiredStatus(status)
                        .build(),
                    ListTasksResponse.class)
                .taskArns())
        .filter(arns -> !arns.isEmpty())
        .flatMap(arns ->
            scene
                .call(
                    DescribeTasksRequest.builder().cluster("prod").tasks(arns).build(),
                    DescribeTasksResponse.class)
                .tasks()
                .stream())
        .toList();
  }

  static String ip(Task task) {
    return task.containers().getFirst().networkInterfaces().getFirst().privateIpv4Address();
  }

  /** When the target at an address is in one of several states; {@code gone} is one. */
  Instant target(String ip, String... states) {
    return scene.when(
        name + " " + ip + " " + List.of(states), () -> List.of(states).contains(state(ip)));
  }

  private String state(String ip) {
    return scene
        .call(
            DescribeTargetHealthRequest.builder().targetGroupArn(targetGroup).build(),
            DescribeTargetHealthResponse.class)
        .targetHealthDescriptions()
        .stream()
        .filter(d -> d.target().id().equals(ip))
        .map(d -> d.targetHealth().stateAsString())
        .findFirst()
        .orElse("gone");
  }
}
