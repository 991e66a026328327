package dev.slipway.twin.ecr;

import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;

/** Runs lifecycle policies once a day. */
@Differs(
    value = "a policy runs exactly 24 hours after it was put and every 24 hours from then on",
    because = "AWS says only that images expire within 24 hours")
final class LifecycleTimer {

  private static final Duration PERIOD = Duration.ofHours(24);

  private final World world;
  private final Repositories repositories;
  private final Registry registry;

  LifecycleTimer(World world, Repositories repositories, Registry registry) {
    this.world = world;
    this.repositories = repositories;
    this.registry = registry;
  }

  /** Starts the days of a policy that was put now. */
  void start(String repository, String text) {
    Instant now = world.now();
    arm(new LifecycleRow(repository, text, now, now.plus(PERIOD)));
  }

  void resume() {
    repositories.lifecycles().all().forEach(this::arm);
  }

  private void arm(LifecycleRow row) {
    repositories.lifecycles().put(row.repositoryName(), row);
    world.after(Duration.between(world.now(), row.nextRun()), () -> run(row));
  }

  private void run(LifecycleRow row) {
    // Another row means that the policy was replaced or deleted meanwhile.
    if (repositories.lifecycles().find(row.repositoryName()).filter(row::equals).isEmpty()) {
      return;
    }
    LifecyclePolicy policy = LifecyclePolicy.parse(row.text());
    new LifecycleEvaluation(registry, world.now())
        .expiring(row.repositoryName(), policy)
        .keySet()
        .forEach(registry::remove);
    arm(
        new LifecycleRow(
            row.repositoryName(), row.text(), row.nextRun(), row.nextRun().plus(PERIOD)));
  }
}
