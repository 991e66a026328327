package dev.slipway.twin.elbv2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Answers health checks as told and remembers what is published. */
final class ScriptedDataPlane implements DataPlane {

  final Map<String, ProbeResult> results = new HashMap<>();
  final List<Probe> probes = new ArrayList<>();
  final Map<String, Routing> routings = new HashMap<>();
  private int claims;

  void answer(String ip, int status) {
    results.put(ip, new ProbeResult.Answered(status));
  }

  @Override
  public String claim(String loadBalancerArn, String preferred) {
    return preferred.isEmpty() ? "front-" + ++claims : preferred;
  }

  @Override
  public void route(Routing routing) {
    routings.put(routing.loadBalancerArn(), routing);
  }

  @Override
  public void release(String loadBalancerArn) {
    routings.remove(loadBalancerArn);
  }

  @Override
  public void probe(Probe probe, Consumer<ProbeResult> done) {
    probes.add(probe);
    done.accept(results.getOrDefault(probe.ip(), new ProbeResult.NoSuchHost()));
  }

  @Override
  public List<Traffic> takeTraffic() {
    return List.of();
  }

  @Override
  public void close() {}
}
