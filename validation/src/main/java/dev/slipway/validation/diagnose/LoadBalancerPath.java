package dev.slipway.validation.diagnose;

import dev.slipway.topology.Network;
import dev.slipway.topology.Place;
import dev.slipway.topology.Reachability;
import dev.slipway.topology.Verdict;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.topology.Verdict.ObstacleKind;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** The ways to and from a load balancer's own interfaces. */
final class LoadBalancerPath {

  private LoadBalancerPath() {}

  /** What keeps the load balancer from a target that does not answer in time. */
  static Optional<Cause> blocked(Case seen, Unhealthy target) {
    Network network = seen.snapshot().surroundings().network();
    Optional<LoadBalancer> balancer = balancer(seen, target.targetGroup());
    Optional<Place> task = target.task().flatMap(t -> place(seen, network, t));
    if (balancer.isEmpty() || task.isEmpty()) {
      return Optional.empty();
    }
    for (Place from : interfaces(network, balancer.get())) {
      if (Reachability.check(network, from, task.get(), target.port())
          instanceof Verdict.Blocked b) {
        return Optional.of(cause(balancer.get(), target, b.obstacle()));
      }
    }
    return Optional.empty();
  }

  /** What keeps clients on the internet from a listener. */
  static Optional<Obstacle> fromInternet(Network network, LoadBalancer balancer, int port) {
    return interfaces(network, balancer).stream()
        .map(to -> Reachability.check(network, new Place.Internet("198.51.100.1"), to, port))
        .filter(v -> v instanceof Verdict.Blocked)
        .map(v -> ((Verdict.Blocked) v).obstacle())
        .findFirst();
  }

  private static Cause cause(LoadBalancer balancer, Unhealthy target, Obstacle obstacle) {
    String source = balancer.securityGroups().stream().findFirst().orElse("LOAD_BALANCER_GROUP");
    boolean ingress = obstacle.kind() == ObstacleKind.SECURITY_GROUP_INGRESS;
    boolean egress = obstacle.kind() == ObstacleKind.SECURITY_GROUP_EGRESS;
    String id =
        ingress
            ? "net-task-sg-ingress-missing-alb"
            : egress ? "net-alb-sg-egress-blocked" : "net-network-acl-blocks";
    Fix fix =
        ingress
            ? Fixes.ingress(obstacle.resourceId(), target.port(), source)
            : egress
                ? Fixes.egressTo(obstacle.resourceId(), target.port())
                : Fixes.networkAcl(obstacle.resourceId(), "the tasks");
    return new Cause(
        id,
        obstacle.resourceId(),
        obstacle.explanation()
            + " Load balancer %s cannot reach the task on port %d."
                .formatted(balancer.loadBalancerName(), target.port()),
        fix,
        List.of(target.evidence()),
        Rank.APPLICATION,
        true);
  }

  private static Optional<LoadBalancer> balancer(Case seen, String targetGroup) {
    return seen.snapshot()
        .frontDoor()
        .targetGroup(targetGroup)
        .flatMap(g -> g.loadBalancerArns().stream().findFirst())
        .flatMap(a -> seen.snapshot().frontDoor().loadBalancer(a));
  }

  /** The task's interface; where it was, when it is gone. */
  private static Optional<Place> place(Case seen, Network network, Task task) {
    Optional<Place> known =
        Tasks.networkInterface(task)
            .filter(id ->
                network.networkInterfaces().stream()
                    .anyMatch(i -> id.equals(i.networkInterfaceId())))
            .map(Place.Interface::new);
    return known.or(() ->
        Tasks.subnet(task)
            .flatMap(subnet ->
                seen.vpcConfiguration()
                    .map(c -> new Place.Planned(subnet, c.securityGroups(), false))));
  }

  /** Source: AWS describes an ALB's interfaces as {@code ELB app/<name>/<id>}. */
  private static List<Place> interfaces(Network network, LoadBalancer balancer) {
    String arn = balancer.loadBalancerArn();
    String description = "ELB " + arn.substring(arn.indexOf("loadbalancer/") + 13);
    List<Place> known =
        network.networkInterfaces().stream()
            .filter(i -> description.equals(i.description()))
            .map(NetworkInterface::networkInterfaceId)
            .<Place>map(Place.Interface::new)
            .toList();
    if (!known.isEmpty()) {
      return known;
    }
    List<Place> planned = new ArrayList<>();
    boolean open = "internet-facing".equals(balancer.schemeAsString());
    Stream.ofNullable(balancer.availabilityZones())
        .flatMap(List::stream)
        .forEach(
            z -> planned.add(new Place.Planned(z.subnetId(), balancer.securityGroups(), open)));
    return planned;
  }
}
