package dev.slipway.twin.ecs;

import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.elbv2.Traffic;
import dev.slipway.twin.world.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Health checks of simulated containers, answered after a moment that chance decides. */
final class SimProbes implements DataPlane {

  private final ManualClock clock;
  private final SplittableRandom random;
  private final SimulatedTaskRuntime runtime;
  private final Map<String, ProbeResult> flaps = new HashMap<>();

  SimProbes(ManualClock clock, SplittableRandom random, SimulatedTaskRuntime runtime) {
    this.clock = clock;
    this.random = random;
    this.runtime = runtime;
  }

  /** Has a task fail its checks. */
  void flap(String ip, ProbeResult result) {
    flaps.put(ip, result);
  }

  void heal(String ip) {
    flaps.remove(ip);
  }

  void healAll() {
    flaps.clear();
  }

  @Override
  public void probe(Probe probe, Consumer<ProbeResult> done) {
    clock.schedule(Duration.ofMillis(random.nextInt(1, 60)), () -> done.accept(result(probe.ip())));
  }

  private ProbeResult result(String ip) {
    Optional<Map<String, String>> labels = runtime.labelsAt(ip);
    if (labels.isEmpty()) {
      return new ProbeResult.NoSuchHost();
    }
    ProbeResult flap = flaps.get(ip);
    return flap != null
        ? flap
        : new ProbeResult.Answered(Integer.parseInt(labels.get().getOrDefault("status", "200")));
  }

  @Override
  public String claim(String loadBalancerArn, String preferred) {
    return "front";
  }

  @Override
  public void route(Routing routing) {}

  @Override
  public void release(String loadBalancerArn) {}

  @Override
  public List<Traffic> takeTraffic() {
    return List.of();
  }

  @Override
  public void close() {}
}
