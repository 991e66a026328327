package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.ecs.RollingPlanner.Plan;
import dev.slipway.twin.ecs.RollingPlanner.Seen;
import dev.slipway.twin.ecs.RollingPlanner.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RollingPlannerTest {

  private static Seen task(String id, boolean current, boolean healthy) {
    return new Seen(id, current, true, healthy, false, false, "a", id.hashCode());
  }

  private static Plan plan(int desired, int lower, int upper, Seen... tasks) {
    return RollingPlanner.plan(new Situation(desired, lower, upper, 0, true, Arrays.asList(tasks)));
  }

  @Test
  void startsTheNewBeforeItStopsTheOld() {
    assertThat(plan(1, 1, 2, task("old", false, true)))
        .isEqualTo(new Plan(1, 0, List.of(), false, 0));
    assertThat(plan(1, 1, 2, task("old", false, true), task("new", true, false)))
        .isEqualTo(new Plan(0, 0, List.of(), false, 0));
    assertThat(plan(1, 1, 2, task("old", false, true), task("new", true, true)))
        .isEqualTo(new Plan(0, 0, List.of("old"), false, 0));
  }

  @Test
  void stopsFirstWhereTheMinimumAllowsIt() {
    Plan plan =
        plan(
            4,
            2,
            4,
            task("o1", false, true),
            task("o2", false, true),
            task("o3", false, true),
            task("o4", false, true));

    assertThat(plan.stops()).hasSize(2);
    assertThat(plan.starts()).isZero();
    assertThat(plan.stuck()).isFalse();
  }

  @Test
  void isStuckWhereNeitherLimitLeavesRoom() {
    assertThat(plan(2, 2, 2, task("o1", false, true), task("o2", false, true)))
        .isEqualTo(new Plan(0, 0, List.of(), true, 0));
  }

  @Test
  void scaleInKeepsTheZonesBalancedAndProtectedTasksAlive() {
    Seen a1 = new Seen("a1", true, true, true, false, false, "a", 1);
    Seen a2 = new Seen("a2", true, true, true, false, false, "a", 2);
    Seen b1 = new Seen("b1", true, true, true, false, false, "b", 3);
    Seen kept = new Seen("kept", true, true, true, false, true, "a", 4);

    assertThat(plan(3, 3, 6, a1, a2, b1, kept).stops()).containsExactly("a2");
    assertThat(plan(0, 0, 0, a1, kept).stops()).containsExactly("a1");
  }

  @Test
  void holdsItsLimitsAndEndsForEverySeed() {
    for (int seed = 0; seed < 3000; seed++) {
      rollOut(seed);
    }
  }

  /** Plays a whole rolling update with tasks that become healthy and vanish in random order. */
  private static void rollOut(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int desired = random.nextInt(1, 9);
    int lower = DeploymentSizes.minimumHealthy(desired, random.nextInt(0, 100));
    int upper = Math.max(desired + 1, DeploymentSizes.maximum(desired, random.nextInt(100, 300)));
    List<Seen> tasks = new ArrayList<>();
    for (int i = 0; i < desired; i++) {
      tasks.add(new Seen("old" + i, false, true, true, false, false, "a", i));
    }
    int leaving = 0;
    int started = 0;
    for (int tick = 0; tick < 500; tick++) {
      Plan plan =
          RollingPlanner.plan(
              new Situation(desired, lower, upper, leaving, true, List.copyOf(tasks)));
      tasks.removeIf(t -> plan.stops().contains(t.id()));
      leaving += plan.stops().size();
      for (int i = 0; i < plan.starts(); i++) {
        tasks.add(new Seen("new" + started++, true, false, false, false, false, "a", started));
      }
      long healthy = tasks.stream().filter(Seen::healthy).count();
      assertThat(healthy).as("healthy, seed %d", seed).isGreaterThanOrEqualTo(lower);
      assertThat(tasks.size() + leaving).as("all, seed %d", seed).isLessThanOrEqualTo(upper);
      if (leaving == 0
          && tasks.size() == desired
          && tasks.stream().allMatch(t -> t.current() && t.healthy())) {
        return;
      }
      leaving -= random.nextInt(leaving + 1);
      tasks.replaceAll(t ->
          t.healthy() || random.nextBoolean()
              ? t
              : new Seen(t.id(), true, true, true, false, false, "a", t.order()));
    }
    throw new AssertionError("the rollout of seed " + seed + " does not end");
  }
}
