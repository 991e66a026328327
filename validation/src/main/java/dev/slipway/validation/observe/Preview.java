package dev.slipway.validation.observe;

import dev.slipway.topology.Network;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * Reads once what a rollout depends on, before there is one: no task, no answer, no event. What may
 * not be read is a {@link Gap}; whoever cannot be asked at all ends it with {@link Ask.PollFailed}.
 */
public final class Preview {

  private final Aws aws;
  private final Ask ask = new Ask();

  /** A look at an account and region. */
  public Preview(Aws aws) {
    this.aws = aws;
  }

  /** What could not be read so far, by IAM action. */
  public Map<String, Gap> gaps() {
    return ask.gaps();
  }

  /**
   * A service as it is, with the task definition that would be rolled out.
   *
   * @throws WrongAddress when there is no such cluster, service or revision
   */
  public Snapshot service(Wanted wanted, Instant now) throws WrongAddress {
    RolloutReader rollouts = new RolloutReader(aws, wanted);
    Service service = rollouts.service();
    return around(rollouts.rollout(ask, service), wanted, now);
  }

  /**
   * A service that does not exist yet.
   *
   * @param service as it would be made
   * @param wanted names its task definition
   * @throws WrongAddress when there is no such task definition
   */
  public Snapshot planned(Service service, Wanted wanted, Instant now) throws WrongAddress {
    TaskDefinition definition = new RolloutReader(aws, wanted).wantedDefinition(ask);
    if (definition == null) {
      return around(new Rollout(service, List.of(), Map.of(), Map.of()), wanted, now);
    }
    String arn = definition.taskDefinitionArn();
    Service made = service.toBuilder().taskDefinition(arn).build();
    return around(new Rollout(made, List.of(), Map.of(), Map.of(arn, definition)), wanted, now);
  }

  private Snapshot around(Rollout rollout, Wanted wanted, Instant now) {
    Service service = rollout.service();
    Collection<TaskDefinition> definitions = rollout.taskDefinitions().values();
    Surroundings around;
    FrontDoor front;
    Registry registry;
    try (Together all = new Together()) {
      var surroundings =
          all.ask(
              () -> new SurroundingsReader(aws).surroundings(ask, service, definitions, List.of()));
      var door = all.ask(() -> new FrontDoorReader(aws).frontDoor(ask, service));
      var images = all.ask(() -> registry(definitions, wanted.imageDigest()));
      around = surroundings.get();
      front = door.get();
      registry = images.get();
    }
    String account =
        Stream.concat(
                Stream.ofNullable(service.serviceArn()),
                definitions.stream().map(TaskDefinition::taskDefinitionArn))
            .map(Arns::account)
            .filter(a -> !a.isEmpty())
            .findFirst()
            .orElse("");
    return new Snapshot(
        1,
        now,
        account,
        aws.region(),
        rollout,
        List.of(),
        front,
        registry,
        Probe.NONE,
        around,
        Posture.NONE,
        ask.gaps());
  }

  /** The networks of these subnets. */
  public Network network(List<String> subnets) {
    return new NetworkReader(aws).network(ask, subnets);
  }

  /** The target groups of a service and what leads to them. */
  public FrontDoor frontDoor(Service service) {
    return new FrontDoorReader(aws).frontDoor(ask, service);
  }

  /** The ARN of the load balancer of a name; empty when there is none, or nobody may know. */
  public Optional<String> balancer(String name) {
    return ask.quietly(
        Optional.empty(),
        () ->
            aws.elb().describeLoadBalancers(r -> r.names(name)).loadBalancers().stream()
                .findFirst()
                .map(b -> b.loadBalancerArn()));
  }

  /** The ARN of the target group of a name; empty when there is none, or nobody may know. */
  public Optional<String> targetGroup(String name) {
    return ask.quietly(
        Optional.empty(),
        () ->
            aws.elb().describeTargetGroups(r -> r.names(name)).targetGroups().stream()
                .findFirst()
                .map(g -> g.targetGroupArn()));
  }

  /** The ARN of a service that is not deleted; empty when there is none, or nobody may know. */
  public Optional<String> service(String name, String cluster) {
    return cluster.isEmpty()
        ? Optional.empty()
        : ask.quietly(
            Optional.empty(),
            () ->
                aws
                    .ecs()
                    .describeServices(r -> r.cluster(cluster).services(name))
                    .services()
                    .stream()
                    .filter(s -> !"INACTIVE".equals(s.status()))
                    .findFirst()
                    .map(Service::serviceArn));
  }

  /** A task definition by its ARN, {@code family:revision} or family; empty when there is none. */
  public Optional<TaskDefinition> definition(String name) {
    return ask.optional(
        "ecs:DescribeTaskDefinition",
        Optional.empty(),
        () ->
            Optional.of(
                aws.ecs().describeTaskDefinition(r -> r.taskDefinition(name)).taskDefinition()));
  }

  /**
   * The images of these definitions, as the registry knows them.
   *
   * @param digest another digest of each that is looked for; empty for none
   */
  public Registry registry(Collection<TaskDefinition> definitions, String digest) {
    Set<ImageName> images = new LinkedHashSet<>();
    definitions.stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .filter(c -> c.image() != null)
        .map(c -> ImageName.parse(c.image()))
        .forEach(i -> {
          images.add(i);
          if (!digest.isEmpty()) {
            images.add(i.at(digest));
          }
        });
    RegistryReader reader = new RegistryReader(aws);
    Registry registry = reader.registry(ask, images);
    pulledThrough(registry, images);
    return reader.builtFor(ask, registry);
  }

  /** The roles that may be read, by ARN. */
  public Map<String, Surroundings.Role> roles(Collection<String> arns) {
    RoleReader reader = new RoleReader(aws);
    Map<String, Surroundings.Role> found = new HashMap<>();
    arns.forEach(a -> reader.role(ask, a).ifPresent(r -> found.put(a, r)));
    return Map.copyOf(found);
  }

  /** Whether the log groups of these definitions exist, by name. */
  public Map<String, Boolean> logGroups(Collection<TaskDefinition> definitions) {
    return new LogReader(aws).groups(ask, List.copyOf(definitions));
  }

  /**
   * What is not in the registry may still come by a pull-through cache, which fetches it at the
   * first pull. Source: ECR user guide, pull-through cache rules.
   */
  private void pulledThrough(Registry registry, Set<ImageName> images) {
    List<ImageName> missing =
        images.stream()
            .filter(i -> registry.lookup(i).map(l -> !l.found()).orElse(true))
            .filter(
                i -> i.repository().contains(".dkr.ecr.") || registry.repositoryOf(i).isPresent())
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    List<String> prefixes =
        ask.optional(
            "ecr:DescribePullThroughCacheRules",
            List.<String>of(),
            () ->
                aws.ecr().describePullThroughCacheRulesPaginator(r -> {}).stream()
                    .flatMap(p -> p.pullThroughCacheRules().stream())
                    .map(r -> r.ecrRepositoryPrefix())
                    .toList());
    ask.forget("ecr:DescribePullThroughCacheRules", Trouble.UNSUPPORTED);
    Optional<ImageName> fetched =
        missing.stream()
            .filter(i -> prefixes.stream().anyMatch(p -> name(registry, i).startsWith(p + "/")))
            .findFirst();
    fetched.ifPresent(i ->
        ask.note(
            new Gap(
                "ecr:DescribePullThroughCacheRules",
                Trouble.PLANNED,
                "%s is fetched by a pull-through cache at its first pull".formatted(i))));
  }

  private static String name(Registry registry, ImageName image) {
    return registry
        .repositoryOf(image)
        .map(Repository::repositoryName)
        .orElse(image.repository().substring(image.repository().indexOf('/') + 1));
  }
}
