package dev.slipway.twin.elbv2;

import dev.slipway.topology.Network;
import dev.slipway.topology.Place;
import dev.slipway.topology.Verdict;
import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.world.Differs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * What reaches what, remembered for as long as the network stays the same. Under the world's lock.
 */
@Differs(
    value =
        "takes every client of a load balancer for a host on the internet at "
            + DataPlane.CLIENT_ADDRESS,
    because = "clients of the twin are processes on the same machine")
final class Paths {

  /** Decides whether a connection can be made. */
  @FunctionalInterface
  interface Check {
    Verdict check(Network network, Place from, Place to, int port);
  }

  private record Key(Place from, Place to, int port) {}

  private record Address(String vpcId, String ip) {}

  private final NetworkInterfaces interfaces;
  private final Check check;
  private final Map<Key, Boolean> verdicts = new HashMap<>();
  private final Map<String, NetworkInterface> byId = new HashMap<>();
  private final Map<Address, NetworkInterface> byAddress = new HashMap<>();
  private Network known;
  private long version;

  Paths(NetworkInterfaces interfaces, Check check) {
    this.interfaces = interfaces;
    this.check = check;
  }

  /** The network as it is. */
  Network network() {
    refresh();
    return known;
  }

  /** A number that grows when the network changes. */
  long version() {
    refresh();
    return version;
  }

  private void refresh() {
    Network now = interfaces.network();
    if (now == known || now.equals(known)) {
      return;
    }
    version++;
    Map<String, NetworkInterface> before = new HashMap<>(byId);
    byId.clear();
    byAddress.clear();
    for (NetworkInterface candidate : now.networkInterfaces()) {
      byId.put(candidate.networkInterfaceId(), candidate);
      byAddress.put(new Address(candidate.vpcId(), candidate.privateIpAddress()), candidate);
    }
    if (known == null || !differsInInterfacesOnly(known, now)) {
      verdicts.clear();
    } else {
      forgetChanged(before);
    }
    known = now;
  }

  // Where routes lead to gateways only, a path depends on the interfaces at its ends and no others:
  // thousands of tasks come and go, and must not cost a new look at everything each.
  private static boolean differsInInterfacesOnly(Network one, Network other) {
    return one.equalsButForInterfaces(other)
        && other.routeTables().stream()
            .flatMap(table -> table.routes().stream())
            .allMatch(route -> route.networkInterfaceId() == null);
  }

  private void forgetChanged(Map<String, NetworkInterface> before) {
    Set<Place> changed = new HashSet<>();
    before.forEach((id, value) -> {
      if (!value.equals(byId.get(id))) {
        changed.add(new Place.Interface(id));
      }
    });
    byId.keySet().stream()
        .filter(id -> !before.containsKey(id))
        .forEach(id -> changed.add(new Place.Interface(id)));
    verdicts.keySet().removeIf(key -> changed.contains(key.from()) || changed.contains(key.to()));
  }

  /** Whether a load balancer's node reaches an address in its VPC. */
  boolean fromNode(String nodeId, String vpcId, String ip, int port) {
    return interfaceAt(vpcId, ip)
        .map(target -> new Place.Interface(target.networkInterfaceId()))
        .map(target -> reaches(new Place.Interface(nodeId), target, port))
        .orElse(false);
  }

  /** Whether a client on the internet reaches a load balancer's node. */
  boolean fromInternet(String nodeId, int port) {
    return reaches(new Place.Internet(DataPlane.CLIENT_ADDRESS), new Place.Interface(nodeId), port);
  }

  /** The network interface that has an address. */
  Optional<NetworkInterface> interfaceAt(String vpcId, String ip) {
    refresh();
    return Optional.ofNullable(byAddress.get(new Address(vpcId, ip)));
  }

  /** A subnet of the network. */
  Optional<Subnet> subnet(String subnetId) {
    return network().subnets().stream()
        .filter(subnet -> subnet.subnetId().equals(subnetId))
        .findFirst();
  }

  private boolean reaches(Place from, Place to, int port) {
    refresh();
    return verdicts.computeIfAbsent(
        new Key(from, to, port), key -> check.check(known, from, to, port).reachable());
  }
}
