package dev.slipway.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * The slow and simple way to tell whether a connection can be made: sends the first packet and its
 * answer hop by hop, for each source port that matters. Shares nothing with the code under test.
 */
final class PacketWalker {

  private static final String NOWHERE = "";

  private final Network network;
  private final Map<String, String> bits = new HashMap<>();

  PacketWalker(Network network) {
    this.network = network;
  }

  /** From an interface to an address or a service, at every source port of a Linux host. */
  boolean fromInterface(String id, String to, int port) {
    NetworkInterface from = byId(id);
    return sourcePorts(32768, 60999).stream().allMatch(p -> connects(from, to, p, port));
  }

  /** From a host on the internet to an interface, at every source port. */
  boolean fromInternet(String host, String id, int port) {
    NetworkInterface to = byId(id);
    return to.association() != null
        && sourcePorts(1024, 65535).stream().allMatch(p -> enters(host, p, to, port));
  }

  private boolean connects(NetworkInterface from, String to, int sourcePort, int port) {
    boolean service = !Character.isDigit(to.charAt(0));
    String address = service ? lookUp(from, to) : to;
    if (address.equals(NOWHERE)) {
      return false;
    }
    NetworkInterface neighbour = neighbour(from.vpcId(), address);
    if (neighbour != null) {
      return admits(from, true, address, neighbour, "", port)
          && crosses(from, neighbour, port)
          && admits(neighbour, false, from.privateIpAddress(), from, "", port)
          && crosses(neighbour, from, sourcePort);
    }
    String name = service ? to : "";
    return admits(from, true, address, null, name, port)
        && passes(from.subnetId(), from.vpcId(), true, address, port)
        && leaves(from, address, name, sourcePort, port)
        && passes(from.subnetId(), from.vpcId(), false, address, sourcePort);
  }

  private String lookUp(NetworkInterface from, String service) {
    var dns = network.vpcDns().stream().filter(d -> d.vpcId().equals(from.vpcId())).toList();
    if (!dns.getFirst().support()) {
      return NOWHERE;
    }
    for (VpcEndpoint e : network.vpcEndpoints()) {
      if (dns.getFirst().hostnames()
          && e.vpcId().equals(from.vpcId())
          && e.serviceName().endsWith("." + service)
          && "Interface".equals(e.vpcEndpointTypeAsString())
          && "available".equals(e.stateAsString())
          && e.privateDnsEnabled()) {
        return byId(e.networkInterfaceIds().getFirst()).privateIpAddress();
      }
    }
    return service.equals("s3") ? "52.218.3.4" : "52.94.3.4";
  }

  /** Out of the VPC and, at a known interface's public address, in again. */
  private boolean leaves(
      NetworkInterface from, String address, String service, int sourcePort, int port) {
    Route route = route(from.vpcId(), from.subnetId(), address, service);
    String target = target(route);
    String seen;
    if (target.startsWith("igw-")) {
      if (from.association() == null || !attached(target, from.vpcId())) {
        return false;
      }
      seen = from.association().publicIp();
    } else if (target.startsWith("vpce-")) {
      return true;
    } else if (target.startsWith("nat-")) {
      NatGateway nat =
          network.natGateways().stream()
              .filter(n -> n.natGatewayId().equals(target))
              .findFirst()
              .orElseThrow();
      if (!throughNat(nat, from, address, service, sourcePort, port)) {
        return false;
      }
      seen = nat.natGatewayAddresses().getFirst().publicIp();
    } else {
      return false;
    }
    for (NetworkInterface i : network.networkInterfaces()) {
      if (i.association() != null && i.association().publicIp().equals(address)) {
        return sourcePorts(1024, 65535).stream().allMatch(p -> enters(seen, p, i, port));
      }
    }
    return true;
  }

  private boolean throughNat(
      NatGateway nat,
      NetworkInterface from,
      String address,
      String service,
      int sourcePort,
      int port) {
    String subnet = nat.subnetId();
    String next = target(route(nat.vpcId(), subnet, address, service));
    boolean onwards =
        next.startsWith("vpce-") || (next.startsWith("igw-") && attached(next, nat.vpcId()));
    boolean inside =
        subnet.equals(from.subnetId())
            || (passes(subnet, nat.vpcId(), false, from.privateIpAddress(), port)
                && passes(subnet, nat.vpcId(), true, from.privateIpAddress(), sourcePort));
    return "available".equals(nat.stateAsString())
        && onwards
        && inside
        && passes(subnet, nat.vpcId(), true, address, port)
        && sourcePorts(1024, 65535).stream()
            .allMatch(p -> passes(subnet, nat.vpcId(), false, address, p));
  }

  private boolean enters(String host, int sourcePort, NetworkInterface to, int port) {
    String back = target(route(to.vpcId(), to.subnetId(), host, ""));
    return back.startsWith("igw-")
        && attached(back, to.vpcId())
        && passes(to.subnetId(), to.vpcId(), false, host, port)
        && admits(to, false, host, null, "", port)
        && passes(to.subnetId(), to.vpcId(), true, host, sourcePort);
  }

  private boolean crosses(NetworkInterface from, NetworkInterface to, int port) {
    return from.subnetId().equals(to.subnetId())
        || (passes(from.subnetId(), from.vpcId(), true, to.privateIpAddress(), port)
            && passes(to.subnetId(), to.vpcId(), false, from.privateIpAddress(), port));
  }

  private boolean passes(String subnet, String vpc, boolean egress, String peer, int port) {
    NetworkAcl acl = null;
    for (NetworkAcl a : network.networkAcls()) {
      boolean own = a.associations().stream().anyMatch(s -> s.subnetId().equals(subnet));
      if (own || (acl == null && a.isDefault() && a.vpcId().equals(vpc))) {
        acl = a;
      }
    }
    NetworkAclEntry first = null;
    for (NetworkAclEntry e : Objects.requireNonNull(acl).entries()) {
      boolean matches =
          e.egress() == egress
              && length(e.cidrBlock(), peer) >= 0
              && e.portRange().from() <= port
              && port <= e.portRange().to();
      if (matches && (first == null || e.ruleNumber() < first.ruleNumber())) {
        first = e;
      }
    }
    return first != null && first.ruleActionAsString().equals("allow");
  }

  private boolean admits(
      NetworkInterface member,
      boolean egress,
      String address,
      NetworkInterface peer,
      String service,
      int port) {
    List<IpPermission> rules = new ArrayList<>();
    for (SecurityGroup g : network.securityGroups()) {
      if (member.groups().stream().anyMatch(m -> m.groupId().equals(g.groupId()))) {
        rules.addAll(egress ? g.ipPermissionsEgress() : g.ipPermissions());
      }
    }
    return rules.stream()
        .filter(r -> r.ipProtocol().equals("-1") || r.fromPort() == port)
        .anyMatch(r ->
            r.ipRanges().stream().anyMatch(b -> length(b.cidrIp(), address) >= 0)
                || r.prefixListIds().stream()
                    .anyMatch(p -> listed(p.prefixListId(), address, service) >= 0)
                || (peer != null
                    && r.userIdGroupPairs().stream()
                        .anyMatch(u ->
                            peer.groups().stream()
                                .anyMatch(g -> g.groupId().equals(u.groupId())))));
  }

  private Route route(String vpc, String subnet, String address, String service) {
    RouteTable table = null;
    for (RouteTable t : network.routeTables()) {
      boolean own = t.associations().stream().anyMatch(a -> subnet.equals(a.subnetId()));
      boolean main = t.vpcId().equals(vpc) && t.associations().getFirst().main();
      if (own || (table == null && main)) {
        table = t;
      }
    }
    Route best = null;
    double longest = -1;
    for (Route r : Objects.requireNonNull(table).routes()) {
      double length =
          r.destinationPrefixListId() == null
              ? length(r.destinationCidrBlock(), address)
              : listed(r.destinationPrefixListId(), address, service) - 0.5;
      if (length > longest) {
        longest = length;
        best = r;
      }
    }
    return best;
  }

  private static String target(Route route) {
    if (route == null || "blackhole".equals(route.stateAsString())) {
      return NOWHERE;
    }
    return route.natGatewayId() == null ? route.gatewayId() : route.natGatewayId();
  }

  private int listed(String list, String address, String service) {
    if (list.equals("pl-s3")) {
      return service.equals("s3") ? 32 : -1;
    }
    return Stream.of("198.51.100.0/24", "10.0.2.0/24")
        .mapToInt(b -> length(b, address))
        .max()
        .orElse(-1);
  }

  /** The block's prefix length when it has the address, else -1; bit by bit. */
  private int length(String block, String address) {
    int prefix = Integer.parseInt(block.substring(block.indexOf('/') + 1));
    return bits(block.substring(0, block.indexOf('/'))).regionMatches(0, bits(address), 0, prefix)
        ? prefix
        : -1;
  }

  private String bits(String address) {
    return bits.computeIfAbsent(address, PacketWalker::write);
  }

  private static String write(String address) {
    StringBuilder bits = new StringBuilder();
    for (String part : address.split("\\.", -1)) {
      bits.append(Integer.toBinaryString(256 + Integer.parseInt(part)).substring(1));
    }
    return bits.toString();
  }

  private boolean attached(String gateway, String vpc) {
    return network.internetGateways().stream()
        .filter(g -> g.internetGatewayId().equals(gateway))
        .anyMatch(g -> g.attachments().stream().anyMatch(a -> a.vpcId().equals(vpc)));
  }

  private NetworkInterface byId(String id) {
    return network.networkInterfaces().stream()
        .filter(i -> i.networkInterfaceId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private NetworkInterface neighbour(String vpc, String address) {
    return network.networkInterfaces().stream()
        .filter(i -> i.vpcId().equals(vpc) && i.privateIpAddress().equals(address))
        .findFirst()
        .orElse(null);
  }

  /** The ports of a range next to which some rule begins or ends. */
  private Set<Integer> sourcePorts(int from, int to) {
    TreeSet<Integer> ports = new TreeSet<>(List.of(from, to));
    for (NetworkAcl acl : network.networkAcls()) {
      for (NetworkAclEntry e : acl.entries()) {
        for (int near = -1; near <= 1; near++) {
          ports.add(e.portRange().from() + near);
          ports.add(e.portRange().to() + near);
        }
      }
    }
    return new TreeSet<>(ports.subSet(from, true, to, true));
  }
}
