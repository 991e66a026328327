package dev.slipway.validation.fleet;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Judgement;
import dev.slipway.validation.observe.Bulk.HostCount;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;

/**
 * In every target group of the service as many hosts are healthy as tasks run, and none is
 * unhealthy, by CloudWatch's counts. Which hosts they are it does not say.
 */
final class HostCountCheck implements Check {

  private final Map<String, HostCount> hosts;

  HostCountCheck(Map<String, HostCount> hosts) {
    this.hosts = hosts;
  }

  @Override
  public String id() {
    return "targets";
  }

  @Override
  public String title() {
    return "as many targets are healthy as tasks run";
  }

  @Override
  public String expected(Goal goal) {
    return "a healthy host for every running task, and no unhealthy one";
  }

  @Override
  public Judgement judge(Snapshot snapshot, Goal goal) {
    List<String> groups =
        snapshot.rollout().service().loadBalancers().stream()
            .map(LoadBalancer::targetGroupArn)
            .filter(Objects::nonNull)
            .toList();
    if (groups.isEmpty()) {
      return new Judgement.Skipped("the service has no target group", false);
    }
    long running = snapshot.tasks().stream().filter(Tasks::runs).count();
    List<String> seen = new ArrayList<>();
    boolean well = true;
    for (String group : groups) {
      HostCount count = hosts.get(group);
      if (count == null) {
        return Judgement.notYet("CloudWatch counts no hosts of " + name(group), List.of());
      }
      seen.add(
          "%s: %d healthy hosts, %d unhealthy, %d tasks, at %s"
              .formatted(name(group), count.healthy(), count.unhealthy(), running, count.minute()));
      well &= count.healthy() == running && count.unhealthy() == 0;
    }
    String observed = String.join("; ", seen);
    return well ? Judgement.holds(observed, seen) : Judgement.notYet(observed, seen);
  }

  private static String name(String arn) {
    String[] parts = arn.split("/", -1);
    return parts.length == 3 ? parts[1] : arn;
  }
}
