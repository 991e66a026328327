package dev.slipway.twin.ecs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** The service {@code web} in the cluster {@code prod} behind one target group, and its clock. */
final class AppService {

  final EcsWorld ecs;
  final String targetGroup;

  AppService(EcsWorld ecs) {
    this.ecs = ecs;
    this.targetGroup = ecs.elb.targetGroup("web", TargetTypeEnum.IP, true);
  }

  /** A world with a cluster and the image {@code app:1}. */
  static AppService fresh() {
    EcsWorld ecs = new EcsWorld();
    ecs.image("app:1", Map.of());
    ecs.world.operations().invoke(CreateClusterRequest.builder().clusterName("prod").build());
    return new AppService(ecs);
  }

  String register(String tag) {
    return register(tag, c -> {});
  }

  String register(String tag, Consumer<ContainerDefinition.Builder> change) {
    return ecs.call(definition(tag, change).build(), RegisterTaskDefinitionResponse.class)
        .taskDefinition()
        .taskDefinitionArn();
  }

  static RegisterTaskDefinitionRequest.Builder definition(
      String tag, Consumer<ContainerDefinition.Builder> change) {
    ContainerDefinition.Builder container =
        ContainerDefinition.builder()
            .name("app")
            .image(EcsWorld.REGISTRY + "/app:" + tag)
            .portMappings(p -> p.containerPort(5000))
            .logConfiguration(l ->
                l.logDriver(LogDriver.AWSLOGS)
                    .options(
                        Map.of(
                            "awslogs-group", "/app",
                            "awslogs-region", "eu-west-1",
                            "awslogs-stream-prefix", "web")));
    change.accept(container);
    return RegisterTaskDefinitionRequest.builder()
        .family("web")
        .networkMode(NetworkMode.AWSVPC)
        .requiresCompatibilities(Compatibility.FARGATE)
        .cpu("256")
        .memory("512")
        .executionRoleArn(EcsWorld.ROLE)
        .containerDefinitions(container.build());
  }

  CreateServiceRequest.Builder request(String definition, int desired) {
    return CreateServiceRequest.builder()
        .cluster("prod")
        .serviceName("web")
        .taskDefinition(definition)
        .desiredCount(desired)
        .launchType(LaunchType.FARGATE)
        .loadBalancers(b -> b.targetGroupArn(targetGroup).containerName("app").containerPort(5000))
        .networkConfiguration(n ->
            n.awsvpcConfiguration(v -> v.subnets("subnet-a", "subnet-b").securityGroups("sg-1")));
  }

  Service create(CreateServiceRequest.Builder request) {
    return ecs.call(request.build(), CreateServiceResponse.class).service();
  }

  Service update(Consumer<UpdateServiceRequest.Builder> change) {
    UpdateServiceRequest.Builder request =
        UpdateServiceRequest.builder().cluster("prod").service("web");
    change.accept(request);
    return ecs.call(request.build(), UpdateServiceResponse.class).service();
  }

  /** A service with the breaker on that runs the image {@code app:1} and is steady. */
  static AppService steady(int desired) {
    AppService app = fresh();
    app.create(
        app.request(app.register("1"), desired)
            .deploymentConfiguration(
                d -> d.deploymentCircuitBreaker(b -> b.enable(true).rollback(true))));
    app.pass(Duration.ofMinutes(5));
    return app;
  }

  void pass(Duration time) {
    ecs.clock.advance(time);
  }

  Service service() {
    return ecs.call(
            DescribeServicesRequest.builder().cluster("prod").services("web").build(),
            DescribeServicesResponse.class)
        .services()
        .getFirst();
  }

  Deployment primary() {
    return service().deployments().getFirst();
  }

  /** The events, oldest first, without the prefix and with ids taken out. */
  List<String> story() {
    return service().events().reversed().stream()
        .map(e -> e.message())
        .map(m ->
            m.replaceFirst("^\\(service web\\) ", "")
                .replaceAll("task [0-9a-f]{32}", "task ID")
                .replaceAll("ecs-svc/[0-9]{19}", "DEP")
                .replace(targetGroup, "TG"))
        .toList();
  }

  List<Task> tasks() {
    return new EcsState(ecs.world).tasks().all().stream().map(TaskRow::task).toList();
  }
}
