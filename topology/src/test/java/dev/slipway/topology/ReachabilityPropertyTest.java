package dev.slipway.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.topology.Verdict.Blocked;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** The pure function against a packet walker of another making, over networks drawn by chance. */
class ReachabilityPropertyTest {

  private static final int NETWORKS = 60;
  private static final List<String> TARGETS =
      List.of(
          "10.0.0.10",
          "10.0.1.11",
          "10.1.2.10",
          "10.0.0.77",
          "198.51.100.7",
          "203.0.113.1",
          "203.0.113.112");

  private final EnumSet<Verdict.ObstacleKind> met = EnumSet.noneOf(Verdict.ObstacleKind.class);
  private Set<String> known = Set.of();
  private int reached;

  @Test
  void agreesWithAWalkerThatSendsEachPacket() {
    for (int seed = 0; seed < NETWORKS; seed++) {
      Network network = new RandomNetwork(new SplittableRandom(seed)).network();
      PacketWalker walker = new PacketWalker(network);
      known = ids(network);
      for (NetworkInterface from : network.networkInterfaces()) {
        for (int port : RandomNetwork.PORTS) {
          check(seed, network, walker, from.networkInterfaceId(), port);
        }
      }
    }
    // Chance must have drawn both outcomes often, or the agreement says nothing.
    assertThat(reached).isBetween(1_000, 10_000);
    assertThat(met)
        .contains(
            Verdict.ObstacleKind.NO_ROUTE,
            Verdict.ObstacleKind.NO_ROUTE_IN_MAIN_TABLE,
            Verdict.ObstacleKind.BLACKHOLE_ROUTE,
            Verdict.ObstacleKind.NO_PUBLIC_ADDRESS,
            Verdict.ObstacleKind.INTERNET_GATEWAY_DETACHED,
            Verdict.ObstacleKind.NAT_NOT_AVAILABLE,
            Verdict.ObstacleKind.NAT_WITHOUT_INTERNET,
            Verdict.ObstacleKind.SECURITY_GROUP_EGRESS,
            Verdict.ObstacleKind.SECURITY_GROUP_INGRESS,
            Verdict.ObstacleKind.ENDPOINT_SECURITY_GROUP,
            Verdict.ObstacleKind.ENDPOINT_NOT_AVAILABLE,
            Verdict.ObstacleKind.ENDPOINT_PRIVATE_DNS_OFF,
            Verdict.ObstacleKind.VPC_DNS_OFF,
            Verdict.ObstacleKind.NETWORK_ACL_EGRESS,
            Verdict.ObstacleKind.NETWORK_ACL_INGRESS,
            Verdict.ObstacleKind.UNKNOWN_PLACE);
  }

  private void check(int seed, Network network, PacketWalker walker, String eni, int port) {
    Place place = new Place.Interface(eni);
    for (String to : TARGETS) {
      agree(
          "seed %d, %s to %s:%d".formatted(seed, eni, to, port),
          Reachability.check(network, place, new Place.Internet(to), port),
          walker.fromInterface(eni, to, port));
    }
    for (String service : List.of("logs", "s3", "ecr.api")) {
      agree(
          "seed %d, %s to %s:%d".formatted(seed, eni, service, port),
          Reachability.check(network, place, new Place.AwsService(service), port),
          walker.fromInterface(eni, service, port));
    }
    agree(
        "seed %d, the internet to %s:%d".formatted(seed, eni, port),
        Reachability.check(network, new Place.Internet("198.51.100.7"), place, port),
        walker.fromInternet("198.51.100.7", eni, port));
  }

  private void agree(String what, Verdict verdict, boolean walked) {
    if (verdict.reachable() != walked) {
      throw new AssertionError("%s: the walker says %s, not %s".formatted(what, walked, verdict));
    }
    if (verdict instanceof Blocked blocked) {
      met.add(blocked.obstacle().kind());
      assertThat(blocked.obstacle().explanation())
          .as(what)
          .contains(blocked.obstacle().resourceId());
      if (blocked.obstacle().kind() != Verdict.ObstacleKind.UNKNOWN_PLACE) {
        assertThat(known).as(what).contains(blocked.obstacle().resourceId());
      }
    } else {
      reached++;
      assertThat(verdict.path()).as(what).isNotEmpty();
    }
  }

  private static Set<String> ids(Network network) {
    Set<String> ids =
        network.networkInterfaces().stream()
            .map(NetworkInterface::networkInterfaceId)
            .collect(Collectors.toSet());
    network.vpcs().forEach(v -> ids.add(v.vpcId()));
    network.subnets().forEach(s -> ids.add(s.subnetId()));
    network.routeTables().forEach(t -> ids.add(t.routeTableId()));
    network.networkAcls().forEach(a -> ids.add(a.networkAclId()));
    network.securityGroups().forEach(g -> ids.add(g.groupId()));
    network.internetGateways().forEach(g -> ids.add(g.internetGatewayId()));
    network.natGateways().forEach(n -> ids.add(n.natGatewayId()));
    network.vpcEndpoints().forEach(e -> ids.add(e.vpcEndpointId()));
    return ids;
  }
}
