package dev.slipway.validation.diagnose;

import dev.slipway.topology.Network;
import dev.slipway.validation.observe.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * The way from clients over the load balancer to tasks that do not exist yet, and to those that do
 * from when a request gets no answer. Their health checks fail later: see {@link TargetRule}.
 */
final class WayInRule implements Rule {

  @Override
  public List<Cause> look(Case seen) {
    return seen.snapshot().surroundings().read() && unanswered(seen.snapshot().probe())
        ? foretell(seen)
        : List.of();
  }

  /** A load balancer that cannot reach a target answers 504, and later than most would wait. */
  private static boolean unanswered(Probe probe) {
    return probe.overdue()
        || probe.answers().stream()
            .anyMatch(a -> a.status() == 504 || a.error().startsWith("timed out"));
  }

  @Override
  public List<Cause> foretell(Case seen) {
    List<Cause> causes = new ArrayList<>();
    Network network = seen.snapshot().surroundings().network();
    seen.service().loadBalancers().stream()
        .filter(l -> l.targetGroupArn() != null && l.containerPort() != null)
        .forEach(l ->
            seen.snapshot()
                .frontDoor()
                .targetGroup(l.targetGroupArn())
                .ifPresent(g ->
                    balancers(seen, g)
                        .forEach(b -> way(seen, network, b, ports(g, l.containerPort()), causes))));
    return causes;
  }

  private static void way(
      Case seen, Network network, LoadBalancer balancer, int[] ports, List<Cause> causes) {
    AwsVpcConfiguration tasks = seen.vpcConfiguration().orElse(null);
    if (tasks != null) {
      for (int port : ports) {
        LoadBalancerPath.foretold(network, balancer, tasks, port).ifPresent(causes::add);
      }
    }
    if ("internet-facing".equals(balancer.schemeAsString())) {
      seen.snapshot().frontDoor().listeners().stream()
          .filter(l -> balancer.loadBalancerArn().equals(l.loadBalancerArn()))
          .map(Listener::port)
          .filter(p -> p != null)
          .distinct()
          .forEach(p -> LoadBalancerPath.closedToAll(network, balancer, p).ifPresent(causes::add));
    }
  }

  /** Network load balancers have rules of their own: most have no security group at all. */
  private static List<LoadBalancer> balancers(Case seen, TargetGroup group) {
    return group.loadBalancerArns().stream()
        .flatMap(a -> seen.snapshot().frontDoor().loadBalancer(a).stream())
        .filter(b -> b.type() == null || b.type() == LoadBalancerTypeEnum.APPLICATION)
        .toList();
  }

  /** The port of requests, and that of health checks where it is another. */
  private static int[] ports(TargetGroup group, int containerPort) {
    String health = String.valueOf(group.healthCheckPort());
    return health.matches("\\d{1,5}")
        ? IntStream.of(containerPort, Integer.parseInt(health)).distinct().toArray()
        : new int[] {containerPort};
  }
}
