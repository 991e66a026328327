package dev.slipway.topology;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/**
 * Network interfaces by id and address. A network has thousands, and is asked about many times
 * before it changes, so the last few indexes are kept. Immutable.
 */
final class InterfaceIndex {

  private static final int KEPT = 4;
  private static final Deque<InterfaceIndex> RECENT = new ArrayDeque<>();

  private record Address(String vpcId, String ip) {}

  private final List<NetworkInterface> interfaces;
  private final Map<String, NetworkInterface> byId = new HashMap<>();
  private final Map<Address, NetworkInterface> byAddress = new HashMap<>();
  private final Map<String, NetworkInterface> byPublicAddress = new HashMap<>();

  private InterfaceIndex(List<NetworkInterface> interfaces) {
    this.interfaces = interfaces;
    for (NetworkInterface each : interfaces) {
      byId.putIfAbsent(each.networkInterfaceId(), each);
      byAddress.putIfAbsent(new Address(each.vpcId(), each.privateIpAddress()), each);
      each.privateIpAddresses()
          .forEach(
              a -> byAddress.putIfAbsent(new Address(each.vpcId(), a.privateIpAddress()), each));
      if (each.association() != null) {
        byPublicAddress.putIfAbsent(each.association().publicIp(), each);
      }
    }
  }

  /** The index of a list that never changes, as those of a {@link Network} are. */
  static InterfaceIndex of(List<NetworkInterface> interfaces) {
    synchronized (RECENT) {
      for (InterfaceIndex known : RECENT) {
        if (known.interfaces == interfaces) {
          return known;
        }
      }
    }
    InterfaceIndex made = new InterfaceIndex(interfaces);
    synchronized (RECENT) {
      RECENT.addFirst(made);
      if (RECENT.size() > KEPT) {
        RECENT.removeLast();
      }
    }
    return made;
  }

  Optional<NetworkInterface> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<NetworkInterface> at(String vpcId, String address) {
    return Optional.ofNullable(byAddress.get(new Address(vpcId, address)));
  }

  Optional<NetworkInterface> withPublic(String address) {
    return Optional.ofNullable(byPublicAddress.get(address));
  }
}
