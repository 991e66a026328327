package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Instant;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalingPolicy;

/**
 * What policies did last, and how far that holds them back. Under the world's lock.
 *
 * <p>Source: Application Auto Scaling user guide, target-tracking-scaling-policy-overview and
 * step-scaling-policy-overview, cooldown period: what a scale-out added counts as there until its
 * cooldown is over; a scale-in waits for its cooldown, unless a scale-out comes in between.
 */
final class Cooldowns {

  private static final int USUAL_SECONDS = 300;

  /**
   * What a policy did last.
   *
   * @param outAt when it scaled out
   * @param outFrom from which capacity
   * @param inAt when it scaled in
   */
  record Cooldown(Instant outAt, int outFrom, Instant inAt) {
    private static final Cooldown NONE = new Cooldown(Instant.EPOCH, 0, Instant.EPOCH);
  }

  private final World world;

  Cooldowns(World world) {
    this.world = world;
  }

  private Table<Cooldown> table() {
    return world.table("autoscaling.cooldowns");
  }

  /**
   * Notes that a policy scaled out.
   *
   * @param base from which capacity it reckoned; while a cooldown lasts, that before it began
   */
  void scaledOut(ScalingPolicy policy, int base) {
    table().put(policy.policyARN(), new Cooldown(world.now(), base, Instant.EPOCH));
  }

  /** Notes that a policy scaled in. */
  void scaledIn(ScalingPolicy policy) {
    Cooldown last = last(policy);
    table().put(policy.policyARN(), new Cooldown(last.outAt(), last.outFrom(), world.now()));
  }

  /**
   * The capacity from which a policy reckons a scale-out: until its cooldown is over, only what is
   * more than the last time is added.
   *
   * @param seconds how long the cooldown lasts; null for as long as usual
   */
  int base(ScalingPolicy policy, Integer seconds, int present) {
    Cooldown last = last(policy);
    return runs(last.outAt(), seconds) ? Math.min(present, last.outFrom()) : present;
  }

  /** Whether the cooldown of a policy's scale-in is over. */
  boolean mayShrink(ScalingPolicy policy, Integer seconds) {
    return !runs(last(policy).inAt(), seconds);
  }

  /** Forgets a policy that is gone. */
  void forget(ScalingPolicy policy) {
    table().remove(policy.policyARN());
  }

  private Cooldown last(ScalingPolicy policy) {
    return table().find(policy.policyARN()).orElse(Cooldown.NONE);
  }

  private boolean runs(Instant since, Integer seconds) {
    return since.plusSeconds(seconds == null ? USUAL_SECONDS : seconds).isAfter(world.now());
  }
}
