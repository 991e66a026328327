package dev.slipway.validation.plan;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Task definitions as the plan will have them, as far as a rollout depends on them. */
final class PlannedDefinitions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Reading reading;

  PlannedDefinitions(Reading reading) {
    this.reading = reading;
  }

  /** A task definition; empty when its containers are only known after the apply. */
  Optional<TaskDefinition> definition(Planned planned) {
    JsonNode containers = containers(planned);
    if (containers == null) {
      return Optional.empty();
    }
    List<ContainerDefinition> all = new ArrayList<>();
    containers.forEach(c -> all.add(container(c)));
    TaskDefinition.Builder definition =
        TaskDefinition.builder()
            .taskDefinitionArn(reading.arn(planned))
            .family(planned.text("family"))
            .networkMode(planned.text("network_mode", "bridge"))
            .requiresCompatibilitiesWithStrings(planned.texts("requires_compatibilities"))
            .executionRoleArn(role(planned, "execution_role_arn"))
            .taskRoleArn(role(planned, "task_role_arn"))
            .containerDefinitions(all);
    if (!planned.text("cpu").isEmpty()) {
      definition.cpu(planned.text("cpu"));
    }
    if (!planned.text("memory").isEmpty()) {
      definition.memory(planned.text("memory"));
    }
    planned.blocks("runtime_platform").stream()
        .findFirst()
        .ifPresent(p ->
            definition.runtimePlatform(r ->
                r.cpuArchitecture(p.text("cpu_architecture"))
                    .operatingSystemFamily(p.text("operating_system_family"))));
    return Optional.of(definition.build());
  }

  private static JsonNode containers(Planned planned) {
    try {
      JsonNode parsed = JSON.readTree(planned.text("container_definitions"));
      return parsed.isArray() ? parsed : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /** A role's ARN; null when none is given. */
  private String role(Planned planned, String attribute) {
    String known = planned.text(attribute);
    if (!known.isEmpty()) {
      return known;
    }
    if (!planned.unknown(attribute)) {
      return null;
    }
    Optional<Planned> one = reading.resolve(planned, List.of(attribute), "aws_iam_role").one();
    if (one.isEmpty()) {
      reading.unknown("iam:GetRole", planned.address() + ": " + attribute);
    }
    return one.map(reading::arn).orElse(null);
  }

  /** Source: Terraform AWS provider: the JSON of the ECS API, its names in either case. */
  private static ContainerDefinition container(JsonNode given) {
    JsonNode node = lower(given);
    ContainerDefinition.Builder container =
        ContainerDefinition.builder()
            .name(Planned.text(node.path("name")))
            .image(Planned.text(node.path("image")))
            .essential(!"false".equals(Planned.text(node.path("essential"))));
    if (Planned.text(node.path("memory")).matches("\\d{1,9}")) {
      container.memory(node.path("memory").asInt());
    }
    List<PortMapping> ports = new ArrayList<>();
    for (JsonNode each : node.path("portmappings")) {
      PortMapping.Builder mapping = PortMapping.builder();
      if (Planned.text(each.path("containerport")).matches("\\d{1,5}")) {
        mapping.containerPort(each.path("containerport").asInt());
      }
      String range = Planned.text(each.path("containerportrange"));
      ports.add(range.isEmpty() ? mapping.build() : mapping.containerPortRange(range).build());
    }
    List<Secret> secrets = new ArrayList<>();
    for (JsonNode each : node.path("secrets")) {
      secrets.add(Secret.builder().valueFrom(Planned.text(each.path("valuefrom"))).build());
    }
    JsonNode start = node.path("healthcheck").path("startperiod");
    if (Planned.text(start).matches("\\d{1,4}")) {
      container.healthCheck(h -> h.startPeriod(start.asInt()));
    }
    JsonNode log = node.path("logconfiguration");
    if (log.isObject()) {
      Map<String, String> options = new HashMap<>();
      log.path("options")
          .properties()
          .forEach(o -> options.put(o.getKey(), Planned.text(o.getValue())));
      container.logConfiguration(
          LogConfiguration.builder()
              .logDriver(Planned.text(log.path("logdriver")))
              .options(options)
              .build());
    }
    return container.portMappings(ports).secrets(secrets).build();
  }

  /** The names of members in small letters; those of options are data and stay. */
  private static JsonNode lower(JsonNode node) {
    if (node.isArray()) {
      var all = JSON.createArrayNode();
      node.forEach(n -> all.add(lower(n)));
      return all;
    }
    if (!node.isObject()) {
      return node;
    }
    var all = JSON.createObjectNode();
    node.properties()
        .forEach(p -> {
          String name = p.getKey().toLowerCase(java.util.Locale.ROOT);
          all.set(name, name.equals("options") ? p.getValue() : lower(p.getValue()));
        });
    return all;
  }
}
