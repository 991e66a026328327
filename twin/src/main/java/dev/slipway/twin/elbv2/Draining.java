package dev.slipway.twin.elbv2;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Deregistered targets: they are shown as draining for the whole deregistration delay, then they
 * are gone. A target that no load balancer uses goes at once. Source: ELB user guide,
 * load-balancer-target-groups. Under the world's lock.
 */
final class Draining {

  private final Store store;
  private final Consumer<String> groupChanged;

  Draining(Store store, Consumer<String> groupChanged) {
    this.store = store;
    this.groupChanged = groupChanged;
  }

  /** Deregisters a target. */
  void begin(RegisteredTarget target) {
    int delay =
        AttributeSets.TARGET_GROUP.number(
            store, target.targetGroupArn(), AttributeSets.DEREGISTRATION_DELAY);
    if (delay == 0 || store.loadBalancerOf(target.targetGroupArn()).isEmpty()) {
      store.targets().remove(target.key());
      return;
    }
    Instant end = store.world().now().plusSeconds(delay);
    RegisteredTarget draining = target.drainingUntil(end);
    store.targets().put(target.key(), draining);
    endLater(draining);
  }

  /** Arms the ends that are pending. */
  void resume() {
    store.targets().where(RegisteredTarget::draining).forEach(this::endLater);
  }

  private void endLater(RegisteredTarget draining) {
    store
        .world()
        .after(Duration.between(store.world().now(), draining.drainUntil()), () -> end(draining));
  }

  private void end(RegisteredTarget draining) {
    boolean same =
        store
            .targets()
            .find(draining.key())
            .filter(target -> draining.drainUntil().equals(target.drainUntil()))
            .isPresent();
    if (same) {
      store.targets().remove(draining.key());
      groupChanged.accept(draining.targetGroupArn());
    }
  }
}
