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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** The ways to and from a load balancer's own interfaces. */
final class LoadBalancerPath {

  /** What can be foretold; that an end is not known is no obstacle. */
  private static final Set<ObstacleKind> ON_THE_WAY =
      Set.of(
          ObstacleKind.SECURITY_GROUP_INGRESS,
          ObstacleKind.SECURITY_GROUP_EGRESS,
          ObstacleKind.NETWORK_ACL_EGRESS,
          ObstacleKind.NETWORK_ACL_INGRESS);

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
        return Optional.of(
            cause(balancer.get(), target.port(), List.of(target.evidence()), b.obstacle()));
      }
    }
    return Optional.empty();
  }

  /** What keeps every client out, and the cause that it is. */
  static final Map<ObstacleKind, String> CLOSES =
      Map.of(
          ObstacleKind.SECURITY_GROUP_INGRESS, "net-alb-sg-listener-port-closed",
          ObstacleKind.INTERNET_GATEWAY_DETACHED, "net-igw-missing",
          ObstacleKind.NO_ROUTE, "net-alb-subnet-not-public",
          ObstacleKind.NO_ROUTE_IN_MAIN_TABLE, "net-alb-subnet-not-public",
          ObstacleKind.NETWORK_ACL_INGRESS, "net-network-acl-blocks",
          ObstacleKind.NETWORK_ACL_EGRESS, "net-network-acl-blocks");

  /** What keeps clients on the internet from a listener. */
  static Optional<Obstacle> fromInternet(Network network, LoadBalancer balancer, int port) {
    return interfaces(network, balancer).stream()
        .map(to -> Reachability.check(network, new Place.Internet("198.51.100.1"), to, port))
        .filter(v -> v instanceof Verdict.Blocked)
        .map(v -> ((Verdict.Blocked) v).obstacle())
        .findFirst();
  }

  /** What keeps every client from a listener of a load balancer that faces the internet. */
  static Optional<Cause> closedToAll(Network network, LoadBalancer balancer, int port) {
    return fromInternet(network, balancer, port)
        .filter(o ->
            o.kind() == ObstacleKind.INTERNET_GATEWAY_DETACHED
                || (o.kind() == ObstacleKind.SECURITY_GROUP_INGRESS
                    && !balancer.securityGroups().isEmpty()
                    && !opens(network, balancer, port)))
        .map(o -> closed(network, o, port, List.of()));
  }

  /** Whether its groups let anybody at all in on the port; who that is, is its owner's choice. */
  private static boolean opens(Network network, LoadBalancer balancer, int port) {
    return network.securityGroups().stream()
        .filter(g -> balancer.securityGroups().contains(g.groupId()))
        .flatMap(g -> g.ipPermissions().stream())
        .anyMatch(p ->
            "-1".equals(p.ipProtocol())
                || p.fromPort() == null
                || (p.fromPort() <= port && port <= p.toPort()));
  }

  /** The cause that an obstacle between clients and a load balancer is. */
  static Cause closed(Network network, Obstacle obstacle, int port, List<String> evidence) {
    String resource = obstacle.resourceId();
    String id = CLOSES.get(obstacle.kind());
    return new Cause(
        id,
        resource,
        obstacle.explanation() + " Clients cannot reach the load balancer on port " + port + ".",
        switch (id) {
          case "net-alb-sg-listener-port-closed" -> Fixes.openListener(resource, port);
          case "net-alb-subnet-not-public" -> Fixes.toInternet(resource);
          case "net-network-acl-blocks" -> Fixes.networkAcl(resource, "clients");
          default -> Fixes.internetGateway(network, "", resource);
        },
        evidence,
        Rank.FRONT_DOOR,
        true);
  }

  /** What will keep a load balancer from tasks in these subnets. */
  static Optional<Cause> foretold(
      Network network, LoadBalancer balancer, AwsVpcConfiguration tasks, int port) {
    for (Place from : interfaces(network, balancer)) {
      for (String subnet : tasks.subnets()) {
        Place to = new Place.Planned(subnet, tasks.securityGroups(), false);
        if (Reachability.check(network, from, to, port) instanceof Verdict.Blocked b
            && ON_THE_WAY.contains(b.obstacle().kind())) {
          return Optional.of(cause(balancer, port, List.of(), b.obstacle()));
        }
      }
    }
    return Optional.empty();
  }

  private static Cause cause(
      LoadBalancer balancer, int port, List<String> evidence, Obstacle obstacle) {
    String source = balancer.securityGroups().stream().findFirst().orElse("LOAD_BALANCER_GROUP");
    boolean ingress = obstacle.kind() == ObstacleKind.SECURITY_GROUP_INGRESS;
    boolean egress = obstacle.kind() == ObstacleKind.SECURITY_GROUP_EGRESS;
    String id =
        ingress
            ? "net-task-sg-ingress-missing-alb"
            : egress ? "net-alb-sg-egress-blocked" : "net-network-acl-blocks";
    Fix fix =
        ingress
            ? Fixes.ingress(obstacle.resourceId(), port, source)
            : egress
                ? Fixes.egressTo(obstacle.resourceId(), port)
                : Fixes.networkAcl(obstacle.resourceId(), "the tasks");
    return new Cause(
        id,
        obstacle.resourceId(),
        obstacle.explanation()
            + " Load balancer %s cannot reach the task on port %d."
                .formatted(balancer.loadBalancerName(), port),
        fix,
        evidence,
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
