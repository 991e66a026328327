package dev.slipway.validation.diagnose;

import dev.slipway.topology.Place;
import dev.slipway.validation.observe.ImageName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** What a task of the wanted revision needs before it starts. */
final class StartNeeds {

  /** An address of the internet, reserved for examples (RFC 5737). */
  private static final Place ANYWHERE = new Place.Internet("198.51.100.1");

  private StartNeeds() {}

  /** The places that it must reach, in order. Source: aws-behaviour, order of checks. */
  static List<Place> places(Case seen) {
    List<Place> needs = new ArrayList<>();
    List<ContainerDefinition> containers = containers(seen);
    containers.stream()
        .flatMap(c -> c.secrets().stream())
        .map(s -> secretsManager(s.valueFrom()) ? "secretsmanager" : "ssm")
        .distinct()
        .forEach(name -> needs.add(new Place.AwsService(name)));
    boolean ecr = containers.stream().anyMatch(c -> inEcr(seen, c.image()));
    if (ecr) {
      needs.add(new Place.AwsService("ecr.api"));
      needs.add(new Place.AwsService("ecr.dkr"));
      needs.add(new Place.AwsService("s3"));
    }
    if (containers.stream().anyMatch(c -> !inEcr(seen, c.image()))) {
      needs.add(ANYWHERE);
    }
    if (containers.stream().anyMatch(StartNeeds::logs)) {
      needs.add(new Place.AwsService("logs"));
    }
    return needs;
  }

  /**
   * The actions that the execution role must be allowed by its own policies. What a repository's or
   * a secret's policy could allow in its stead is left out. Source: ECS developer guide,
   * task_execution_IAM_role; ECR user guide, GetAuthorizationToken knows no resource.
   */
  static List<String> actions(Case seen) {
    Set<String> needs = new LinkedHashSet<>();
    for (ContainerDefinition container : containers(seen)) {
      if (inEcr(seen, container.image())) {
        needs.add("ecr:GetAuthorizationToken");
      }
      if (logs(container)) {
        needs.add("logs:CreateLogStream");
        if ("true".equals(container.logConfiguration().options().get("awslogs-create-group"))) {
          needs.add("logs:CreateLogGroup");
        }
      }
      if (container.secrets().stream().anyMatch(s -> !secretsManager(s.valueFrom()))) {
        needs.add("ssm:GetParameters");
      }
    }
    return List.copyOf(needs);
  }

  /** Whether a secret is kept by Secrets Manager, and not as a parameter of Systems Manager. */
  private static boolean secretsManager(String valueFrom) {
    return valueFrom.contains(":secretsmanager:");
  }

  static boolean inEcr(Case seen, String image) {
    ImageName name = ImageName.parse(image);
    return name.repository().contains(".dkr.ecr.")
        || seen.snapshot().registry().repositoryOf(name).isPresent();
  }

  private static boolean logs(ContainerDefinition container) {
    return container.logConfiguration() != null
        && "awslogs".equals(container.logConfiguration().logDriverAsString());
  }

  private static List<ContainerDefinition> containers(Case seen) {
    return seen.definition().map(d -> d.containerDefinitions()).orElse(List.of());
  }
}
