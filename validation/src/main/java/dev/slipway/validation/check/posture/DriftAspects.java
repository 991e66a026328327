package dev.slipway.validation.check.posture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.TerraformState;
import dev.slipway.validation.observe.TerraformState.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.Service;

/** Where the service differs from what Terraform's state says of it. */
final class DriftAspects {

  static final List<Aspect> ALL =
      Aspects.all(
          List.of(
              Aspect.of(DriftAspects::scale, "cloudwatch:DescribeAlarms"),
              Aspect.of(DriftAspects::taskDefinition),
              Aspect.of(DriftAspects::image, "ecs:DescribeTasks"),
              Aspect.of(DriftAspects::network)),
          DriftOfFrontDoor.ALL,
          List.of(Aspect.of(DriftOfGroups::rules, "ec2:DescribeSecurityGroups")));

  private DriftAspects() {}

  /** The one finding of a difference. Its fix is to apply, or to write down what was changed. */
  static Finding differs(
      String cause, String resource, Resource of, String what, String written, String seen) {
    return new Finding(
        cause,
        Severity.MEDIUM,
        resource,
        "%s of %s is %s; Terraform's state says %s.".formatted(what, resource, seen, written),
        "apply the configuration, or write the change into it, so that both say the same",
        "# terraform plan -target='%s'".formatted(of.address()),
        "terraform plan -detailed-exitcode",
        List.of(
            "%s: %s in the state of %s, %s in AWS".formatted(what, written, of.address(), seen)));
  }

  static Optional<Resource> service(Snapshot snapshot) {
    Service service = snapshot.rollout().service();
    TerraformState state = snapshot.state();
    return state.of("aws_ecs_service").stream()
        .filter(r -> r.text("name").equals(service.serviceName()))
        .filter(r ->
            r.text("cluster").isEmpty()
                || service.clusterArn() == null
                || Arns.last(r.text("cluster")).equals(Arns.last(service.clusterArn())))
        .findFirst();
  }

  /** Somebody has scaled by hand, unless scaling is what an auto scaler does. */
  private static List<Finding> scale(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    Optional<Resource> written = service(snapshot).filter(r -> r.values().has("desired_count"));
    boolean scaled =
        !snapshot.state().of("aws_appautoscaling_target").isEmpty()
            || snapshot.posture().alarms().stream()
                .flatMap(a -> a.alarmActions().stream())
                .anyMatch(a -> a.contains(":autoscaling:"));
    if (written.isEmpty() || scaled || service.desiredCount() == null) {
      return List.of();
    }
    int count = written.get().values().path("desired_count").asInt();
    return count == service.desiredCount()
        ? List.of()
        : List.of(
            differs(
                "drift-manual-scale",
                service.serviceArn(),
                written.get(),
                "The desired count",
                Integer.toString(count),
                Integer.toString(service.desiredCount())));
  }

  /** A pipeline that says which revision it wants deploys beside Terraform on purpose. */
  private static List<Finding> taskDefinition(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    Optional<Resource> written =
        service(snapshot).filter(r -> !r.text("task_definition").isEmpty());
    if (written.isEmpty()
        || service.taskDefinition() == null
        || !goal.wanted().revision().isEmpty()) {
      return List.of();
    }
    String revision = Arns.revision(written.get().text("task_definition"));
    String runs = Arns.revision(service.taskDefinition());
    return revision.equals(runs) || (!revision.contains(":") && runs.startsWith(revision + ":"))
        ? List.of()
        : List.of(
            differs(
                "drift-task-definition",
                service.serviceArn(),
                written.get(),
                "The task definition",
                revision,
                runs));
  }

  /** The digest that the state's task definition names, against those that run. */
  private static List<Finding> image(Snapshot snapshot, Goal goal) {
    Optional<Resource> definition =
        snapshot.state().find("aws_ecs_task_definition", "arn", goal.taskDefinition());
    String digest =
        definition.map(d -> digest(d.text("container_definitions"), goal.container())).orElse("");
    Set<String> running = goal.runningDigests(snapshot);
    running.remove(digest);
    return digest.isEmpty() || running.isEmpty()
        ? List.of()
        : List.of(
            differs(
                "drift-image",
                goal.taskDefinition(),
                definition.get(),
                "The image of container " + goal.container(),
                digest,
                String.join(" ", running)));
  }

  private static String digest(String containers, String name) {
    try {
      for (JsonNode container : Json.read(containers)) {
        if (name.equals(container.path("name").asText())) {
          return ImageName.parse(container.path("image").asText()).digest();
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  private static List<Finding> network(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    Optional<Resource> written = service(snapshot);
    Optional<AwsVpcConfiguration> seen =
        Optional.ofNullable(service.networkConfiguration()).map(n -> n.awsvpcConfiguration());
    JsonNode block = written.map(r -> r.block("network_configuration")).orElse(null);
    if (block == null || block.isMissingNode() || seen.isEmpty()) {
      return List.of();
    }
    List<Finding> found = new ArrayList<>();
    compare(found, service, written.get(), "subnets", block, seen.get().subnets());
    compare(found, service, written.get(), "security_groups", block, seen.get().securityGroups());
    boolean open = seen.get().assignPublicIp() == AssignPublicIp.ENABLED;
    if (block.path("assign_public_ip").asBoolean() != open) {
      found.add(
          differs(
              "drift-network",
              service.serviceArn(),
              written.get(),
              "assign_public_ip",
              Boolean.toString(!open),
              Boolean.toString(open)));
    }
    return List.copyOf(found);
  }

  private static void compare(
      List<Finding> found,
      Service service,
      Resource written,
      String attribute,
      JsonNode block,
      List<String> seen) {
    List<String> wanted = Resource.texts(block.path(attribute));
    if (!wanted.isEmpty() && !new HashSet<>(wanted).equals(new HashSet<>(seen))) {
      found.add(
          differs(
              "drift-network",
              service.serviceArn(),
              written,
              attribute,
              String.join(" ", new TreeSet<>(wanted)),
              String.join(" ", new TreeSet<>(seen))));
    }
  }
}
