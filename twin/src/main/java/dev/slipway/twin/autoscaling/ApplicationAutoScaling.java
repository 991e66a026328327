package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AlarmAction;
import dev.slipway.twin.world.World;
import java.util.List;

/** Application Auto Scaling of one world. */
public final class ApplicationAutoScaling {

  private final World world;
  private final Scaler scaler;
  private final ActionTimers timers;
  private final TargetTracking tracking;
  private final StepScaling steps;

  /** The scalable targets and policies of a world. */
  public ApplicationAutoScaling(World world) {
    this.world = world;
    this.scaler = new Scaler(world);
    this.timers = new ActionTimers(world, scaler);
    this.tracking = new TargetTracking(world, scaler);
    this.steps = new StepScaling(world, scaler);
  }

  /** Registers the operations. */
  public void register() {
    world
        .operations()
        .registerLater(
            "applicationautoscaling",
            List.of(
                new TargetApi(world, scaler, timers),
                new PolicyApi(world),
                new ScheduledActionApi(world, timers)));
  }

  /** What the alarms of scaling policies do. */
  public AlarmAction policies() {
    return (action, alarm) -> {
      tracking.ring(action, alarm);
      steps.ring(action, alarm);
    };
  }

  /** Waits for scheduled actions again, after the world's state was copied from another. */
  public void resume() {
    timers.resume();
  }
}
