package dev.slipway.validation.diagnose;

import dev.slipway.topology.Network;
import dev.slipway.topology.Place;
import dev.slipway.topology.Reachability;
import dev.slipway.topology.Verdict;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Can a task reach what it needs to start? Walks from the subnets of attempts that failed or have
 * not succeeded yet. Nothing is said while every attempt succeeds.
 */
final class NetworkRule implements Rule {

  private static final int HTTPS = 443;

  private static final StopReason[] UNREACHABLE = {
    StopReason.REGISTRY_API_UNREACHABLE,
    StopReason.REGISTRY_UNREACHABLE,
    StopReason.LAYERS_UNREACHABLE,
    StopReason.LOGS_UNREACHABLE,
    StopReason.SECRETS_UNREACHABLE
  };

  @Override
  public List<Cause> look(Case seen) {
    Starts starts = new Starts(seen);
    List<String> evidence = starts.evidence(UNREACHABLE);
    List<Task> pending = starts.pending();
    Network network = seen.snapshot().surroundings().network();
    if (seen.vpcConfiguration().isEmpty() || (evidence.isEmpty() && pending.isEmpty())) {
      return List.of();
    }
    AwsVpcConfiguration configuration = seen.vpcConfiguration().get();
    Set<String> concerned = new LinkedHashSet<>();
    Stream.concat(starts.stopped(UNREACHABLE).stream(), pending.stream())
        .forEach(t -> Tasks.subnet(t).ifPresent(concerned::add));
    List<Cause> causes = walk(seen, network, configuration, concerned, evidence);
    if (causes.isEmpty() && concerned.isEmpty()) {
      return walk(seen, network, configuration, configuration.subnets(), evidence);
    }
    // The service's other subnets most likely share the fault: say it once, not one after another.
    return causes.isEmpty()
        ? List.of()
        : walk(seen, network, configuration, all(concerned, configuration.subnets()), evidence);
  }

  @Override
  public List<Cause> foretell(Case seen) {
    return seen.vpcConfiguration()
        .map(c -> walk(seen, seen.snapshot().surroundings().network(), c, c.subnets(), List.of()))
        .orElse(List.of());
  }

  private static List<Cause> walk(
      Case seen,
      Network network,
      AwsVpcConfiguration configuration,
      Iterable<String> subnets,
      List<String> evidence) {
    List<Cause> causes = new ArrayList<>();
    for (String subnet : subnets) {
      if (network.subnets().stream().map(Subnet::subnetId).noneMatch(subnet::equals)) {
        continue;
      }
      boolean publicIp = configuration.assignPublicIp() == AssignPublicIp.ENABLED;
      Place from = new Place.Planned(subnet, configuration.securityGroups(), publicIp);
      for (Place to : StartNeeds.places(seen)) {
        if (Reachability.check(network, from, to, HTTPS) instanceof Verdict.Blocked blocked) {
          causes.add(Egress.cause(seen, network, subnet, to, blocked, evidence));
        }
      }
    }
    return causes;
  }

  private static Set<String> all(Set<String> first, List<String> others) {
    Set<String> all = new LinkedHashSet<>(first);
    all.addAll(others);
    return all;
  }
}
