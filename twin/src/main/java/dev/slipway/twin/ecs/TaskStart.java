package dev.slipway.twin.ecs;

import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/**
 * What the platform does before the containers of a task start: secrets, token, files, logs,
 * images.
 */
final class TaskStart {

  private final EcsState state;
  private final World world;
  private final Secrets secrets;
  private final EnvironmentFiles files;
  private final LoggerCheck logger;
  private final ImagePull images;
  private final Timings timings;

  TaskStart(
      EcsState state,
      Secrets secrets,
      EnvironmentFiles files,
      LoggerCheck logger,
      ImagePull images,
      Timings timings) {
    this.state = state;
    this.world = state.world();
    this.secrets = secrets;
    this.files = files;
    this.logger = logger;
    this.images = images;
    this.timings = timings;
  }

  /** The task on its way to its containers, or to its failure. */
  TaskRow begin(TaskRow row, TaskDefinition definition) {
    Instant now = world.now();
    Optional<Refusal> refusal =
        secrets
            .check(row, definition)
            .or(() -> images.checkToken(row, definition))
            .or(() -> files.check(row, definition))
            .or(() -> logger.check(row, definition));
    if (refusal.isPresent()) {
      return row.failing(refusal.get().reason(), now.plus(refusal.get().after()));
    }
    return pull(row.with(t -> t.pullStartedAt(now)), definition);
  }

  private TaskRow pull(TaskRow row, TaskDefinition definition) {
    long bytes = 0;
    TaskRow pulling = row;
    List<ContainerImage> resolved = new ArrayList<>();
    for (ContainerDefinition container : definition.containerDefinitions()) {
      switch (images.pull(row, definition, container)) {
        case ImagePull.Outcome.Failed failed -> {
          return row.failing(failed.refusal().reason(), world.now().plus(failed.refusal().after()));
        }
        case ImagePull.Outcome.Pulled pulled -> {
          bytes += pulled.image().sizeInBytes();
          pulling =
              pulling.container(container.name(), c -> c.imageDigest(pulled.image().digest()));
          resolved.add(
              ContainerImage.builder()
                  .containerName(container.name())
                  .image(container.image())
                  .imageDigest(pulled.image().digest())
                  .build());
        }
      }
    }
    remember(row.origin().revisionArn(), resolved);
    return pulling.at(Step.PULL, world.now().plus(timings.pull(bytes)));
  }

  /** The first task of a service revision decides the digests of all that follow. */
  private void remember(String revisionArn, List<ContainerImage> resolved) {
    state
        .serviceRevisions()
        .update(
            revisionArn,
            r -> r.hasContainerImages() ? r : r.copy(b -> b.containerImages(resolved)));
  }
}
