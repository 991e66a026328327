package dev.slipway.rehearsal.stage;

import dev.slipway.validation.observe.Aws;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * What an image must have so that a service can run it and its load balancer finds it healthy,
 * whatever else its program does.
 *
 * @param architecture the processor, in the words of OCI
 * @param entryPoint the words that the task definition starts it with; empty for the image's own
 * @param healthPath the path that the load balancer asks; empty for none
 * @param healthStatus a status that it takes for health
 */
record Fitting(String architecture, List<String> entryPoint, String healthPath, int healthStatus) {

  private static final int OK = 200;

  /** What a container of a service needs. */
  static Fitting of(Aws aws, Service service, TaskDefinition definition, String container) {
    List<String> entryPoint =
        definition.containerDefinitions().stream()
            .filter(c -> c.name().equals(container))
            .map(ContainerDefinition::entryPoint)
            .findFirst()
            .orElse(List.of());
    return service.loadBalancers().stream()
        .filter(l -> container.equals(l.containerName()) && l.targetGroupArn() != null)
        .map(l ->
            aws.elb()
                .describeTargetGroups(r -> r.targetGroupArns(l.targetGroupArn()))
                .targetGroups()
                .getFirst())
        .findFirst()
        .map(
            g -> new Fitting(architecture(definition), entryPoint, g.healthCheckPath(), healthy(g)))
        .orElseGet(() -> new Fitting(architecture(definition), entryPoint, "", OK));
  }

  /** The processor that a task definition is for, in the words of OCI. */
  static String architecture(TaskDefinition definition) {
    boolean arm =
        definition.runtimePlatform() != null
            && "ARM64".equals(definition.runtimePlatform().cpuArchitectureAsString());
    return arm ? "arm64" : "amd64";
  }

  /** The program with an answer that is healthy here, where it has none of its own. */
  Program fit(Program program) {
    return healthStatus == OK || healthPath.isEmpty()
        ? program
        : program.answering(healthPath, healthStatus);
  }

  /** The first status that the matcher takes, 200 before all others. */
  static int healthy(TargetGroup group) {
    if (group.matcher() == null || group.matcher().httpCode() == null) {
      return OK;
    }
    for (String part : group.matcher().httpCode().split(",", -1)) {
      String[] ends = part.strip().split("-", -1);
      if (Integer.parseInt(ends[0]) <= OK && OK <= Integer.parseInt(ends[ends.length - 1])) {
        return OK;
      }
    }
    return Integer.parseInt(group.matcher().httpCode().split("[,-]", -1)[0].strip());
  }
}
