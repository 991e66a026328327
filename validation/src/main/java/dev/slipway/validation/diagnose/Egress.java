package dev.slipway.validation.diagnose;

import dev.slipway.topology.Network;
import dev.slipway.topology.Place;
import dev.slipway.topology.Verdict;
import dev.slipway.topology.Verdict.Obstacle;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;

/** From an obstacle on a task's way out to a cause. */
final class Egress {

  private static final Map<String, String> ENDPOINT_CAUSES =
      Map.of(
          "ecr.api", "net-ecr-api-endpoint-missing",
          "ecr.dkr", "net-ecr-dkr-endpoint-missing",
          "s3", "net-s3-gateway-endpoint-missing",
          "logs", "net-logs-endpoint-missing",
          "secretsmanager", "net-secrets-endpoint-missing",
          "ssm", "net-secrets-endpoint-missing");

  private Egress() {}

  static Cause cause(
      Case seen,
      Network network,
      String subnet,
      Place to,
      Verdict.Blocked blocked,
      List<String> evidence) {
    Obstacle obstacle = blocked.obstacle();
    String service = to instanceof Place.AwsService s ? s.name() : "the image's registry";
    String region = seen.snapshot().region();
    String id = id(network, obstacle, service);
    List<String> lines = new ArrayList<>();
    lines.add("a task in subnet %s cannot reach %s".formatted(subnet, service));
    blocked.path().forEach(hop -> lines.add("path: " + hop.what() + " " + hop.resourceId()));
    lines.addAll(evidence);
    return new Cause(
        id,
        obstacle.resourceId(),
        obstacle.explanation() + " A task in subnet " + subnet + " needs " + service + " to start.",
        fix(id, network, obstacle, subnet, service, region),
        List.copyOf(lines),
        Rank.START,
        true);
  }

  private static String id(Network network, Obstacle obstacle, String service) {
    return switch (obstacle.kind()) {
      case NO_ROUTE_IN_MAIN_TABLE ->
          better(network, obstacle).isEmpty()
              ? "net-no-egress-route"
              : "net-route-table-not-associated";
      case NO_PUBLIC_ADDRESS -> "net-public-subnet-no-public-ip";
      case INTERNET_GATEWAY_DETACHED -> "net-igw-missing";
      case SECURITY_GROUP_EGRESS -> "net-task-sg-egress-blocked";
      case ENDPOINT_SECURITY_GROUP, SECURITY_GROUP_INGRESS -> "net-endpoint-sg-blocks-443";
      case VPC_DNS_OFF -> "net-vpc-dns-off";
      case ENDPOINT_MISSING,
          ENDPOINT_NOT_AVAILABLE,
          ENDPOINT_PRIVATE_DNS_OFF,
          GATEWAY_ENDPOINT_NOT_ON_ROUTE_TABLE ->
          ENDPOINT_CAUSES.getOrDefault(service, "net-no-egress-route");
      case NETWORK_ACL_EGRESS, NETWORK_ACL_INGRESS -> "net-network-acl-blocks";
      default -> "net-no-egress-route";
    };
  }

  /** Route tables of the VPC that would lead out, were the subnet associated with one. */
  private static List<String> better(Network network, Obstacle obstacle) {
    return network.routeTables().stream()
        .filter(t -> obstacle.relatedIds().contains(t.routeTableId()))
        .filter(t -> t.associations().stream().noneMatch(a -> Boolean.TRUE.equals(a.main())))
        .map(t -> t.routeTableId())
        .toList();
  }

  private static Fix fix(
      String id, Network network, Obstacle obstacle, String subnet, String service, String region) {
    String resource = obstacle.resourceId();
    return switch (id) {
      case "net-no-egress-route" -> route(network, obstacle, subnet);
      case "net-route-table-not-associated" ->
          Fixes.associate(subnet, better(network, obstacle).getFirst());
      case "net-public-subnet-no-public-ip" -> Fixes.publicAddress(subnet);
      case "net-igw-missing" -> Fixes.internetGateway(network, subnet, resource);
      case "net-task-sg-egress-blocked" -> Fixes.egress(resource);
      case "net-endpoint-sg-blocks-443" -> Fixes.endpointGroup(resource, subnet);
      case "net-vpc-dns-off" -> Fixes.dns(resource);
      case "net-network-acl-blocks" -> Fixes.networkAcl(resource, subnet);
      default -> Fixes.endpoint(network, obstacle, subnet, service, region);
    };
  }

  private static Fix route(Network network, Obstacle obstacle, String subnet) {
    return switch (obstacle.kind()) {
      case NAT_NOT_AVAILABLE, NAT_WITHOUT_INTERNET ->
          Fixes.natGateway(obstacle.resourceId(), obstacle.relatedIds());
      default -> Fixes.route(table(obstacle, subnet), subnet, nat(network, subnet));
    };
  }

  /** The route table that has to get the route. */
  private static String table(Obstacle obstacle, String subnet) {
    if (obstacle.resourceId().startsWith("rtb-")) {
      return obstacle.resourceId();
    }
    return obstacle.relatedIds().stream()
        .filter(r -> r.startsWith("rtb-"))
        .findFirst()
        .orElse("the route table of " + subnet);
  }

  /** A NAT gateway of the subnet's VPC, empty when there is none. */
  private static String nat(Network network, String subnet) {
    String vpc =
        network.subnets().stream()
            .filter(s -> subnet.equals(s.subnetId()))
            .map(s -> s.vpcId())
            .findFirst()
            .orElse("");
    return network.natGateways().stream()
        .filter(n -> vpc.equals(n.vpcId()) && n.state() == NatGatewayState.AVAILABLE)
        .map(NatGateway::natGatewayId)
        .findFirst()
        .orElse("");
  }
}
