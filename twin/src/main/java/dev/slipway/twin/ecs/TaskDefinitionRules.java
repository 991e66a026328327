package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PidMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * What RegisterTaskDefinition refuses for Fargate, and what the twin refuses because it lacks it.
 * What AWS finds out only when a task starts is not looked at here.
 */
final class TaskDefinitionRules {

  private final Predicate<String> ecrImage;

  /** Rules that know which image references lie in ECR. */
  TaskDefinitionRules(Predicate<String> ecrImage) {
    this.ecrImage = ecrImage;
  }

  void check(RegisterTaskDefinitionRequest request) {
    if (request.family() == null || !request.family().matches("[A-Za-z0-9_-]{1,255}")) {
      throw EcsErrors.client(
          "Family contains invalid characters. Up to 255 letters, numbers, hyphens and"
              + " underscores are allowed.");
    }
    if (request.containerDefinitions().isEmpty()) {
      throw EcsErrors.client("Container list cannot be empty.");
    }
    new Parameters()
        .without("proxyConfiguration", request.proxyConfiguration())
        .without("inferenceAccelerators", request.inferenceAccelerators())
        .without("placementConstraints", request.placementConstraints())
        .without("enableFaultInjection", request.enableFaultInjection())
        .without("ipcMode", request.ipcMode())
        .refuse();
    if (request.requiresCompatibilities().stream().anyMatch(c -> c != Compatibility.FARGATE)
        || request.requiresCompatibilities().isEmpty()) {
      throw EcsErrors.unsupported("requiresCompatibilities other than FARGATE");
    }
    if (request.networkMode() != NetworkMode.AWSVPC) {
      throw EcsErrors.client("Fargate only supports network mode ‘awsvpc’.");
    }
    if (request.pidMode() == PidMode.HOST) {
      throw EcsErrors.client(
          "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value"
              + " for pidMode is 'task'.");
    }
    FargateSizes.check(
        FargateSizes.cpuUnits(request.cpu()), FargateSizes.memoryMiB(request.memory()));
    checkStorage(request);
    checkVolumes(request);
    checkContainers(request);
    checkDependencies(request.containerDefinitions());
  }

  @Differs(
      value =
          "dependsOn that names no container, goes in a circle or waits for the end of an"
              + " essential container is refused in words of the twin's own",
      because = "AWS documents the rules and not the messages")
  private static void checkDependencies(List<ContainerDefinition> containers) {
    for (ContainerDefinition container : containers) {
      for (ContainerDependency dependency : container.dependsOn()) {
        ContainerDefinition other =
            containers.stream()
                .filter(c -> String.valueOf(c.name()).equals(dependency.containerName()))
                .findFirst()
                .orElseThrow(() ->
                    EcsErrors.client(
                        "Container '%s' depends on container '%s', which does not exist."
                            .formatted(container.name(), dependency.containerName())));
        boolean waitsForEnd =
            dependency.condition() == ContainerCondition.COMPLETE
                || dependency.condition() == ContainerCondition.SUCCESS;
        if (waitsForEnd && !Boolean.FALSE.equals(other.essential())) {
          throw EcsErrors.client(
              "Container '%s' is essential, so no container may wait for its %s."
                  .formatted(other.name(), dependency.conditionAsString()));
        }
        if (dependency.condition() == ContainerCondition.HEALTHY && other.healthCheck() == null) {
          throw EcsErrors.client(
              "Container '%s' has no health check, so it never becomes HEALTHY."
                  .formatted(other.name()));
        }
      }
    }
    StartOrder.circle(containers)
        .ifPresent(name -> {
          throw EcsErrors.client("Container '%s' depends on itself.".formatted(name));
        });
  }

  private static void checkStorage(RegisterTaskDefinitionRequest request) {
    if (request.ephemeralStorage() == null) {
      return;
    }
    int size = request.ephemeralStorage().sizeInGiB();
    if (size < 21) {
      throw EcsErrors.client("EphemeralStorage size should be at least 21");
    }
    if (size > 200) {
      throw EcsErrors.client("EphemeralStorage size should be at most 200");
    }
  }

  private static void checkVolumes(RegisterTaskDefinitionRequest request) {
    request
        .volumes()
        .forEach(v ->
            new Parameters()
                .without("volumes.efsVolumeConfiguration", v.efsVolumeConfiguration())
                .without("volumes.s3filesVolumeConfiguration", v.s3filesVolumeConfiguration())
                .without("volumes.dockerVolumeConfiguration", v.dockerVolumeConfiguration())
                .without("volumes.configuredAtLaunch", v.configuredAtLaunch())
                .without("volumes.host", v.host() == null ? null : v.host().sourcePath())
                .without(
                    "volumes.fsxWindowsFileServerVolumeConfiguration",
                    v.fsxWindowsFileServerVolumeConfiguration())
                .refuse());
  }

  private void checkContainers(RegisterTaskDefinitionRequest request) {
    List<ContainerDefinition> containers = request.containerDefinitions();
    Set<String> names = new HashSet<>();
    for (ContainerDefinition container : containers) {
      if (container.name() == null || container.name().isEmpty()) {
        throw EcsErrors.client("Container.name should not be null or empty.");
      }
      if (container.image() == null || container.image().isEmpty()) {
        throw EcsErrors.client("Container.image should not be null or empty.");
      }
      if (!names.add(container.name())) {
        throw EcsErrors.client("Container names must be unique within a task definition.");
      }
      checkContainer(request, container);
    }
    if (containers.stream().allMatch(c -> Boolean.FALSE.equals(c.essential()))) {
      throw EcsErrors.client("At least one container must be essential.");
    }
  }

  private void checkContainer(RegisterTaskDefinitionRequest request, ContainerDefinition c) {
    boolean role = request.executionRoleArn() != null && !request.executionRoleArn().isEmpty();
    if (!role && ecrImage.test(c.image())) {
      throw needsRole("ECR images");
    }
    if (!role && !c.secrets().isEmpty()) {
      throw needsRole("secrets");
    }
    if (c.logConfiguration() != null) {
      if (c.logConfiguration().logDriver() != LogDriver.AWSLOGS) {
        throw EcsErrors.unsupported("logDriver " + c.logConfiguration().logDriverAsString());
      }
      if (!role) {
        throw needsRole("log driver awslogs");
      }
      if (!c.logConfiguration().options().containsKey("awslogs-stream-prefix")) {
        throw EcsErrors.client(
            "Log driver awslogs requires option 'awslogs-stream-prefix' when the Fargate launch"
                + " type is used.");
      }
    }
    for (PortMapping mapping : c.portMappings()) {
      if (mapping.hostPort() != null
          && mapping.hostPort() != 0
          && !mapping.hostPort().equals(mapping.containerPort())) {
        throw EcsErrors.client(
            "When networkMode=awsvpc, the host ports and container ports in port mappings must"
                + " match.");
      }
    }
    if (Boolean.TRUE.equals(c.privileged())) {
      throw EcsErrors.client("Fargate does not support privileged containers.");
    }
    if (!role && !c.environmentFiles().isEmpty()) {
      throw needsRole("environment files");
    }
    ContainerRules.checkFiles(c.environmentFiles());
    ContainerRules.checkRestarts(c.restartPolicy());
    checkHealth(c.healthCheck());
    refuseMissing(c);
  }

  private static void checkHealth(HealthCheck check) {
    if (check == null) {
      return;
    }
    if (check.command().isEmpty()) {
      throw EcsErrors.client("Health check command should not be empty.");
    }
    inRange("interval", check.interval(), 5, 300);
    inRange("timeout", check.timeout(), 2, 60);
    inRange("retries", check.retries(), 1, 10);
    inRange("startPeriod", check.startPeriod(), 0, 300);
  }

  private static void inRange(String name, Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw EcsErrors.client(
          "Health check " + name + " must be between " + least + " and " + most + ".");
    }
  }

  private static void refuseMissing(ContainerDefinition c) {
    new Parameters()
        .without("repositoryCredentials", c.repositoryCredentials())
        .without("links", c.links())
        .without("volumesFrom", c.volumesFrom())
        .without("disableNetworking", c.disableNetworking())
        .without("extraHosts", c.extraHosts())
        .without("dnsServers", c.dnsServers())
        .without("resourceRequirements", c.resourceRequirements())
        .without("firelensConfiguration", c.firelensConfiguration())
        .without("credentialSpecs", c.credentialSpecs())
        .refuse();
  }

  private static RuntimeException needsRole(String what) {
    return EcsErrors.client(
        "Fargate requires task definition to have execution role ARN to support " + what + ".");
  }
}
