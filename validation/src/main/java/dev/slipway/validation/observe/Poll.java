package dev.slipway.validation.observe;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.Task;

/** Makes one snapshot: puts independent questions at the same time. Used by one thread at once. */
final class Poll {

  /** Surroundings are read again every so many polls. */
  private static final int SURROUNDINGS_EVERY = 3;

  /** The posture of a deployment that has not changed is read again every so many polls. */
  private static final int POSTURE_EVERY = 10;

  private final Wanted wanted;
  private final String region;
  private final Executor threads;
  private final Ask ask = new Ask();

  /** What the posture asks: its gaps show when it does. */
  private final Ask beside = new Ask();

  private final RolloutReader rollouts;
  private final TaskReader tasks;
  private final FrontDoorReader frontDoors;
  private final RegistryReader registries;
  private final SurroundingsReader surroundings;
  private final PostureReader postures;
  private Surroundings known = Surroundings.NONE;
  private int age;
  private CompletableFuture<Posture> posture;
  private String postureOf = "";
  private String readingOf = "";
  private Posture kept = Posture.NONE;
  private String keptOf = "";
  private int postureAge;

  Poll(Aws aws, Wanted wanted, Executor threads) {
    this.wanted = wanted;
    this.region = aws.region();
    this.threads = threads;
    this.rollouts = new RolloutReader(aws, wanted);
    this.tasks = new TaskReader(aws, wanted);
    this.frontDoors = new FrontDoorReader(aws);
    this.registries = new RegistryReader(aws);
    this.surroundings = new SurroundingsReader(aws);
    this.postures = new PostureReader(aws);
  }

  /** One look. Throws {@link Ask.PollFailed} when it comes to nothing. */
  Snapshot take(long number, Instant now, Probe probe) throws WrongAddress {
    Service service = rollouts.service();
    CompletableFuture<List<Task>> tasksRead = later(() -> tasks.tasks(ask));
    CompletableFuture<FrontDoor> frontRead = later(() -> frontDoors.frontDoor(ask, service));
    Rollout rollout = rollouts.rollout(ask, service);
    CompletableFuture<Registry> registryRead =
        later(() -> registries.registry(ask, images(rollout)));
    List<Task> all = Together.join(tasksRead);
    FrontDoor front = Together.join(frontRead);
    Surroundings around = surroundings(service, rollout, all, front, probe);
    Registry registry = Together.join(registryRead);
    if (Signs.ofAnotherPlatform(all)) {
      registry = registries.builtFor(ask, registry);
    }
    Posture beyond = posture(rollout, all, front, registry);
    return new Snapshot(
        number,
        now,
        Arns.account(service.serviceArn()),
        region,
        rollout,
        all,
        front,
        registry,
        probe,
        around,
        beyond,
        gaps(beyond));
  }

  private Surroundings surroundings(
      Service service, Rollout rollout, List<Task> all, FrontDoor front, Probe probe) {
    if (!Signs.wrong(service, all, front, probe)) {
      known = Surroundings.NONE;
      return known;
    }
    if (!known.read() || age >= SURROUNDINGS_EVERY) {
      try {
        known = surroundings.surroundings(ask, service, rollout.taskDefinitions().values(), all);
        age = 0;
      } catch (Ask.PollFailed e) {
        // What only explains may come at the next look; what is checked does not wait for it.
        if (!e.trouble().passing()) {
          throw e;
        }
      }
    }
    age++;
    return known;
  }

  /**
   * Read beside the polls, which do not wait for it, and again when the deployment has become
   * another: a running service must have logged something, and that takes a moment.
   */
  private Posture posture(Rollout rollout, List<Task> all, FrontDoor front, Registry registry) {
    String of = signature(rollout, all);
    String deployment = deployment(rollout);
    boolean idle = posture == null || posture.isDone();
    boolean failed = idle && posture != null && posture.isCompletedExceptionally();
    if (posture != null && idle && !failed) {
      kept = posture.join();
      keptOf = readingOf;
    }
    boolean news = !of.equals(postureOf) || (++postureAge >= POSTURE_EVERY && silent(all));
    if (idle && (news || failed)) {
      postureOf = of;
      readingOf = deployment;
      postureAge = 0;
      posture = later(() -> postures.posture(beside, rollout, all, front, registry));
    }
    // What was read of another deployment says nothing of this one; of other tasks of it, it does.
    return keptOf.equals(deployment) ? kept : Posture.NONE;
  }

  private Map<String, Gap> gaps(Posture beyond) {
    Map<String, Gap> all = new HashMap<>(ask.gaps());
    if (beyond.read()) {
      beside.gaps().forEach(all::putIfAbsent);
    }
    return Map.copyOf(all);
  }

  private static String signature(Rollout rollout, List<Task> all) {
    return deployment(rollout) + all.stream().filter(Tasks::runs).map(Tasks::id).sorted().toList();
  }

  private static String deployment(Rollout rollout) {
    return rollout.service().taskDefinition()
        + rollout.primary().map(p -> p.id() + p.rolloutStateAsString()).orElse("");
  }

  /** Whether a running task has logged nothing that was seen yet. */
  private boolean silent(List<Task> all) {
    return kept.logged()
        .map(l -> all.stream().filter(Tasks::runs).anyMatch(t -> !l.contains(Tasks.id(t))))
        .orElse(false);
  }

  private Set<ImageName> images(Rollout rollout) {
    Set<ImageName> images = new LinkedHashSet<>();
    for (var definition : rollout.taskDefinitions().values()) {
      for (ContainerDefinition container : definition.containerDefinitions()) {
        ImageName image = ImageName.parse(container.image());
        images.add(image);
        if (!wanted.imageDigest().isEmpty()) {
          images.add(image.at(wanted.imageDigest()));
        }
      }
    }
    for (ServiceRevision revision : rollout.revisions().values()) {
      revision.containerImages().stream()
          .filter(i -> i.imageDigest() != null && i.image() != null)
          .forEach(i -> images.add(ImageName.parse(i.image()).at(i.imageDigest())));
    }
    return images;
  }

  private <T> CompletableFuture<T> later(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, threads);
  }
}
