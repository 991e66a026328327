package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** The service {@code web} of a simulation and what people do to it. */
final class SimService {

  /** How an image behaves. */
  enum Kind {
    GOOD(Map.of()),
    /** Its tag is moved now and then. */
    MOVING(Map.of()),
    SICK(Map.of("status", "503")),
    REFUSED(Map.of("sim.refuse", "no such file")),
    CRASHING(Map.of("sim.exitAfter", "4")),
    AGEING(Map.of("sim.exitAfter", "70"));

    final Map<String, String> labels;

    Kind(Map<String, String> labels) {
      this.labels = labels;
    }

    boolean sound() {
      return this == GOOD || this == MOVING;
    }
  }

  final String arn;
  private final SimWorld sim;
  private final List<String> trace;
  private final Map<String, Kind> kinds = new HashMap<>();
  private int builds;

  SimService(SimWorld sim, List<String> trace) {
    this.sim = sim;
    this.trace = trace;
    this.arn = sim.world.arn("ecs", "service/" + SimWorld.CLUSTER + "/web");
    pushMain();
  }

  /** A new task definition; its image is pushed unless its tag moves by itself. */
  String definition(Kind kind) {
    String tag = kind == Kind.MOVING ? "main" : "v" + ++builds;
    if (kind != Kind.MOVING) {
      sim.push(tag, ++builds, kind.labels);
    }
    String definition =
        sim.call(
                RegisterTaskDefinitionRequest.builder()
                    .family("web")
                    .networkMode(NetworkMode.AWSVPC)
                    .requiresCompatibilities(Compatibility.FARGATE)
                    .cpu("256")
                    .memory("512")
                    .executionRoleArn(EcsWorld.ROLE)
                    .containerDefinitions(c ->
                        c.name("app")
                            .image(EcsWorld.REGISTRY + "/app:" + tag)
                            .portMappings(p -> p.containerPort(SimWorld.PORT)))
                    .build(),
                RegisterTaskDefinitionResponse.class)
            .taskDefinition()
            .taskDefinitionArn();
    kinds.put(definition, kind);
    return definition;
  }

  /** Moves the tag that moves. */
  void pushMain() {
    sim.push("main", ++builds, Map.of());
  }

  Kind kindOf(String definition) {
    return kinds.get(definition);
  }

  void create(
      String definition, int desired, int grace, Consumer<DeploymentConfiguration.Builder> c) {
    sim.call(
        CreateServiceRequest.builder()
            .cluster(SimWorld.CLUSTER)
            .serviceName("web")
            .taskDefinition(definition)
            .desiredCount(desired)
            .launchType(LaunchType.FARGATE)
            .healthCheckGracePeriodSeconds(grace)
            .deploymentConfiguration(c)
            .loadBalancers(b ->
                b.targetGroupArn(sim.targetGroup).containerName("app").containerPort(SimWorld.PORT))
            .networkConfiguration(n ->
                n.awsvpcConfiguration(
                    v -> v.subnets(sim.subnets).securityGroups(sim.securityGroup)))
            .build(),
        CreateServiceResponse.class);
  }

  void update(Consumer<UpdateServiceRequest.Builder> change) {
    UpdateServiceRequest.Builder request =
        UpdateServiceRequest.builder().cluster(SimWorld.CLUSTER).service("web");
    change.accept(request);
    sim.invoke(request.build());
  }

  void delete() {
    sim.invoke(
        DeleteServiceRequest.builder()
            .cluster(SimWorld.CLUSTER)
            .service("web")
            .force(true)
            .build());
  }

  /** Asks for something that may be refused. */
  void attempt(SdkRequest request) {
    try {
      sim.invoke(request);
    } catch (AwsError e) {
      trace.add("  refused: " + e.getMessage());
    }
  }

  ServiceRow row() {
    return sim.state.services().find(arn).orElseThrow();
  }

  /** The tasks that are wanted and run, oldest first. */
  List<TaskRow> running() {
    return sim.state.tasksOf(arn).stream().filter(t -> t.wanted() && t.running()).toList();
  }
}
