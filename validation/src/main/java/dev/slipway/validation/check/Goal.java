package dev.slipway.validation.check;

import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import dev.slipway.validation.observe.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * What ought to be, worked out from what the user asks and what AWS was last told to do.
 *
 * @param wanted what the user asks
 * @param taskDefinition the ARN of the task definition that ought to run
 * @param container the container that serves: the one behind the load balancer, else the first
 *     essential one
 * @param image the image of that container, as the task definition names it; empty when unknown
 * @param digest the digest that ought to run; empty when nothing says which
 */
public record Goal(
    Wanted wanted, String taskDefinition, String container, String image, String digest) {

  /**
   * The goal. Without a wanted revision it is the one that the newest service deployment leads to:
   * after a rollback that is still the revision that was rolled out, not the one that came back.
   */
  public static Goal of(Snapshot snapshot, Wanted wanted) {
    String arn = taskDefinition(snapshot, wanted);
    Optional<TaskDefinition> definition = snapshot.rollout().taskDefinition(arn);
    String container =
        definition.map(d -> container(snapshot, d)).orElseGet(() -> container(snapshot));
    String image = definition.flatMap(d -> definition(d, container)).map(c -> c.image()).orElse("");
    return new Goal(wanted, arn, container, image, digest(snapshot, wanted, arn, container, image));
  }

  /** {@code family:revision}. */
  public String revision() {
    return Arns.revision(taskDefinition);
  }

  /** The tasks of its revision that run, and are meant to. */
  public List<Task> running(Snapshot snapshot) {
    return snapshot.tasks().stream()
        .filter(Tasks::runs)
        .filter(t -> taskDefinition.equals(t.taskDefinitionArn()))
        .toList();
  }

  /** The digests of its container that these tasks run, without those that are not yet known. */
  public SortedSet<String> runningDigests(Snapshot snapshot) {
    return running(snapshot).stream()
        .flatMap(t -> Tasks.digest(t, container).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String taskDefinition(Snapshot snapshot, Wanted wanted) {
    var rollout = snapshot.rollout();
    if (!wanted.revision().isEmpty()) {
      return rollout.taskDefinitions().keySet().stream()
          .filter(a -> a.equals(wanted.revision()) || Arns.revision(a).equals(wanted.revision()))
          .findFirst()
          .or(() -> deployed(snapshot, wanted.revision()))
          .or(() -> newestOf(snapshot, wanted.revision()))
          .orElse(wanted.revision());
    }
    return rollout
        .newest()
        .flatMap(rollout::target)
        .map(ServiceRevision::taskDefinition)
        .or(() -> rollout.primary().map(p -> p.taskDefinition()))
        .orElse(rollout.service().taskDefinition());
  }

  /** The ARN of a revision that one of the service's deployments has, read or not. */
  private static Optional<String> deployed(Snapshot snapshot, String revision) {
    return snapshot.rollout().service().deployments().stream()
        .map(d -> d.taskDefinition())
        .filter(a -> a.equals(revision) || Arns.revision(a).equals(revision))
        .findFirst();
  }

  /** A family without a number means its newest revision that was read. */
  private static Optional<String> newestOf(Snapshot snapshot, String family) {
    return snapshot.rollout().taskDefinitions().keySet().stream()
        .filter(a -> Arns.family(a).equals(family))
        .max((a, b) -> Integer.compare(Arns.number(a), Arns.number(b)));
  }

  private static String container(Snapshot snapshot, TaskDefinition definition) {
    return snapshot.rollout().service().loadBalancers().stream()
        .map(LoadBalancer::containerName)
        .filter(name -> name != null && definition(definition, name).isPresent())
        .findFirst()
        .or(() ->
            definition.containerDefinitions().stream()
                .filter(c -> !Boolean.FALSE.equals(c.essential()))
                .map(ContainerDefinition::name)
                .findFirst())
        .orElse("");
  }

  /**
   * Where the task definition was not read, the service names the container behind its balancer.
   */
  private static String container(Snapshot snapshot) {
    var rollout = snapshot.rollout();
    return rollout.service().loadBalancers().stream()
        .map(LoadBalancer::containerName)
        .filter(name -> name != null)
        .findFirst()
        .or(() ->
            rollout
                .newest()
                .flatMap(rollout::target)
                .filter(r -> r.containerImages().size() == 1)
                .map(r -> r.containerImages().getFirst().containerName()))
        .orElse("");
  }

  private static Optional<ContainerDefinition> definition(TaskDefinition definition, String name) {
    return definition.containerDefinitions().stream()
        .filter(c -> name.equals(c.name()))
        .findFirst();
  }

  private static String digest(
      Snapshot snapshot, Wanted wanted, String arn, String container, String image) {
    if (!wanted.imageDigest().isEmpty()) {
      return wanted.imageDigest();
    }
    String pinned = image.isEmpty() ? "" : ImageName.parse(image).digest();
    return pinned.isEmpty() ? resolved(snapshot, arn, container) : pinned;
  }

  /** ECS resolves a tag once for each service revision. Source: botocore ecs, ServiceRevision. */
  private static String resolved(Snapshot snapshot, String arn, String container) {
    var rollout = snapshot.rollout();
    List<ServiceDeployment> deployments = rollout.serviceDeployments();
    return deployments.stream()
        .flatMap(d -> rollout.target(d).stream())
        .filter(r -> arn.equals(r.taskDefinition()))
        .flatMap(r -> r.containerImages().stream())
        .filter(i -> container.equals(i.containerName()) && i.imageDigest() != null)
        .map(i -> i.imageDigest())
        .findFirst()
        .orElse("");
  }
}
