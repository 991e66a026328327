package dev.slipway.validation.plan;

import dev.slipway.topology.Network;
import dev.slipway.validation.plan.Planned.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.PortRange;

/**
 * The network ACLs as the plan will have them. A rule of which something is not known before the
 * apply is taken to admit. A VPC whose default ACL the plan does not name admits everything.
 */
final class PlannedAcls {

  private static final String ACTION = "ec2:DescribeNetworkAcls";
  private static final String[] ACLS = {"aws_network_acl", "aws_default_network_acl"};
  private static final String[] VPCS = {"aws_vpc", "aws_default_vpc"};

  /** The names that Terraform takes for IANA's numbers, which AWS answers. */
  private static final Map<String, String> PROTOCOLS =
      Map.of("all", "-1", "tcp", "6", "udp", "17", "icmp", "1");

  private final Reading reading;
  private final Map<String, Acl> acls = new LinkedHashMap<>();

  /** An ACL in the making; a rule is known by its direction and number. */
  private static final class Acl {
    private final String vpc;
    private final boolean first;
    private final Map<String, NetworkAclEntry> entries = new LinkedHashMap<>();
    private final Set<String> subnets = new LinkedHashSet<>();

    Acl(String vpc, boolean first) {
      this.vpc = vpc;
      this.first = first;
    }

    void add(NetworkAclEntry entry) {
      entries.put(entry.egress() + " " + entry.ruleNumber(), entry);
    }
  }

  PlannedAcls(Reading reading) {
    this.reading = reading;
  }

  /** All of them: the plan's, and those of what is there already that stay. */
  List<NetworkAcl> acls(Network live) {
    live.networkAcls().stream()
        .filter(a -> !reading.gone(a.networkAclId()))
        .forEach(a -> acls.put(a.networkAclId(), there(a)));
    reading.plan().all(ACLS).forEach(this::acl);
    reading.plan().all("aws_network_acl_rule").forEach(this::rule);
    reading.plan().all("aws_network_acl_association").forEach(this::association);
    List<NetworkAcl> all = new ArrayList<>();
    acls.forEach((id, acl) -> all.add(built(id, acl)));
    return all;
  }

  private static Acl there(NetworkAcl known) {
    Acl acl = new Acl(known.vpcId(), Boolean.TRUE.equals(known.isDefault()));
    known.entries().forEach(acl::add);
    known.associations().forEach(a -> acl.subnets.add(a.subnetId()));
    return acl;
  }

  private void acl(Planned planned) {
    boolean first = planned.type().equals("aws_default_network_acl");
    String vpc =
        first
            ? reading
                .resolve(planned, List.of("default_network_acl_id"), VPCS)
                .one()
                .map(reading::id)
                .orElse(planned.text("vpc_id"))
            : reading.reference(planned, "vpc_id", VPCS);
    boolean sure =
        first
            || !planned.unknown("subnet_ids")
            || !reading.references().written(planned, "subnet_ids")
            || reading.resolve(planned, List.of("subnet_ids"), PlannedNetwork.SUBNETS).sure();
    if (vpc.isEmpty() || !sure) {
      reading.unknown(ACTION, planned.address() + ": " + (sure ? "vpc_id" : "subnet_ids"));
      return;
    }
    String id = reading.id(planned);
    if (first) {
      acls.values().removeIf(a -> a.first && a.vpc.equals(vpc));
    }
    Acl acl = acls.computeIfAbsent(id, _ -> new Acl(vpc, first));
    acl.entries.clear();
    join(acl, reading.list(ACTION, planned, "subnet_ids", PlannedNetwork.SUBNETS));
    for (String direction : List.of("ingress", "egress")) {
      boolean written = reading.references().written(planned, direction);
      for (Block block : planned.blocks(direction)) {
        NetworkAclEntry entry =
            entry(
                direction.equals("egress"),
                block::text,
                block::unknown,
                block.number("rule_no").orElse(1),
                block.text("action"));
        if (written || !removed(id, entry)) {
          acl.add(entry);
        }
      }
      if (written && planned.blocks(direction).isEmpty() && planned.unknown(direction)) {
        reading.unknown(ACTION, planned.address() + ": " + direction);
      }
    }
  }

  /** A subnet has one ACL: the newest that claims it. */
  private void join(Acl acl, Set<String> subnets) {
    acls.values().forEach(a -> a.subnets.removeAll(subnets));
    acl.subnets.addAll(subnets);
  }

  private void rule(Planned planned) {
    Optional<Acl> acl = target(planned);
    acl.ifPresent(a ->
        a.add(
            entry(
                planned.flag("egress", false),
                planned::text,
                planned::unknown,
                planned.number("rule_number").orElse(1),
                planned.text("rule_action"))));
  }

  private void association(Planned planned) {
    String subnet = reading.reference(planned, "subnet_id", PlannedNetwork.SUBNETS);
    if (subnet.isEmpty()) {
      reading.unknown(ACTION, planned.address() + ": subnet_id");
    } else {
      target(planned).ifPresent(a -> join(a, Set.of(subnet)));
    }
  }

  private Optional<Acl> target(Planned planned) {
    String id = reading.reference(planned, "network_acl_id", ACLS);
    if (id.isEmpty()) {
      // The one that a VPC begins with admits everything; what is added to it can only deny.
      reading.unknown(ACTION, planned.address() + ": network_acl_id");
    }
    return Optional.ofNullable(acls.get(id));
  }

  private static NetworkAclEntry entry(
      boolean egress,
      Function<String, String> text,
      Predicate<String> unknown,
      int number,
      String action) {
    boolean open =
        List.of("protocol", "cidr_block", "from_port", "to_port", "action", "rule_action").stream()
            .anyMatch(unknown);
    String protocol = text.apply("protocol").toLowerCase(java.util.Locale.ROOT);
    NetworkAclEntry.Builder entry =
        NetworkAclEntry.builder()
            .egress(egress)
            .ruleNumber(number)
            .protocol(open ? "-1" : PROTOCOLS.getOrDefault(protocol, protocol))
            .ruleAction(open || action.equalsIgnoreCase("allow") ? "allow" : "deny");
    String block = text.apply("cidr_block");
    if (open || !block.isEmpty()) {
      entry.cidrBlock(open ? "0.0.0.0/0" : block);
    }
    if (!open
        && text.apply("from_port").matches("\\d{1,5}")
        && !entry.build().protocol().equals("-1")) {
      int from = Integer.parseInt(text.apply("from_port"));
      int to =
          text.apply("to_port").matches("\\d{1,5}")
              ? Integer.parseInt(text.apply("to_port"))
              : from;
      entry.portRange(PortRange.builder().from(from).to(to).build());
    }
    return entry.build();
  }

  /** A rule of its own that the state still shows in its ACL while the plan takes it away. */
  private boolean removed(String acl, NetworkAclEntry entry) {
    return reading.plan().removed().stream()
        .filter(r -> r.type().equals("aws_network_acl_rule"))
        .filter(r -> r.text("network_acl_id").equals(acl))
        .anyMatch(r ->
            r.flag("egress", false) == entry.egress()
                && r.number("rule_number").filter(entry.ruleNumber()::equals).isPresent());
  }

  private static NetworkAcl built(String id, Acl acl) {
    return NetworkAcl.builder()
        .networkAclId(id)
        .vpcId(acl.vpc)
        .isDefault(acl.first)
        .entries(acl.entries.values())
        .associations(
            acl.subnets.stream()
                .map(s -> NetworkAclAssociation.builder().subnetId(s).networkAclId(id).build())
                .toList())
        .build();
  }
}
