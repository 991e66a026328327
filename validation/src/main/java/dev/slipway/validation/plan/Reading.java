package dev.slipway.validation.plan;

import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Trouble;
import dev.slipway.validation.plan.Planned.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A plan while it is read: gives what has no id yet one, and notes what nobody can know before the
 * apply. Used by one thread.
 */
final class Reading {

  /** How AWS begins the ids of a type; the topology tells route targets apart by it. */
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("aws_vpc", "vpc"),
          Map.entry("aws_default_vpc", "vpc"),
          Map.entry("aws_subnet", "subnet"),
          Map.entry("aws_default_subnet", "subnet"),
          Map.entry("aws_internet_gateway", "igw"),
          Map.entry("aws_nat_gateway", "nat"),
          Map.entry("aws_vpn_gateway", "vgw"),
          Map.entry("aws_security_group", "sg"),
          Map.entry("aws_default_security_group", "sg"),
          Map.entry("aws_vpc_endpoint", "vpce"),
          Map.entry("aws_network_acl", "acl"),
          Map.entry("aws_default_network_acl", "acl"));

  private final PlanFile plan;
  private final References references;
  private final Map<String, String> ids = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Map<String, Gap> gaps = new LinkedHashMap<>();

  Reading(PlanFile plan) {
    this.plan = plan;
    this.references = new References(plan);
  }

  PlanFile plan() {
    return plan;
  }

  References references() {
    return references;
  }

  /** What nobody can know before the apply, by the IAM action that would ask for it. */
  Map<String, Gap> gaps() {
    return Map.copyOf(gaps);
  }

  /** The address of each resource by its id, whether AWS gave it or this reading did. */
  Map<String, String> names() {
    return Map.copyOf(names);
  }

  /** Notes that something cannot be known. The first word on an action stays. */
  void unknown(String action, String what) {
    gaps.putIfAbsent(action, new Gap(action, Trouble.PLANNED, what + " is not known before apply"));
  }

  /** Notes why something cannot be said. */
  void open(String action, String why) {
    gaps.putIfAbsent(action, new Gap(action, Trouble.PLANNED, why));
  }

  /** A resource's id: its own, or one that stands for it until it has one. */
  String id(Planned resource) {
    return id(resource, "id");
  }

  /** A resource's ARN: its own, or one that stands for it. */
  String arn(Planned resource) {
    return id(resource, "arn");
  }

  private String id(Planned resource, String attribute) {
    String known = resource.text(attribute);
    if (!known.isEmpty()) {
      names.putIfAbsent(known, resource.address());
      return known;
    }
    return ids.computeIfAbsent(
        attribute + " " + resource.address(),
        _ -> {
          String made = made(resource, attribute);
          names.put(made, resource.address());
          return made;
        });
  }

  private String made(Planned resource, String attribute) {
    String number = String.format(java.util.Locale.ROOT, "%04d", ids.size());
    if (attribute.equals("arn")) {
      String name = resource.text("name", resource.text("family", resource.name()));
      return "arn:planned:%s/%s/%s".formatted(number, resource.type(), name);
    }
    return PREFIXES.getOrDefault(resource.type(), "rtb") + "-planned" + number;
  }

  /**
   * The id that an attribute refers to.
   *
   * @param types the types that it may refer to
   * @return the id, or an empty text when it is not given or cannot be known
   */
  String reference(Planned from, String attribute, String... types) {
    String known = from.text(attribute);
    return !known.isEmpty() || !from.unknown(attribute)
        ? known
        : references.of(from, List.of(attribute), types).one().map(this::id).orElse("");
  }

  /** The resources that an unknown attribute may refer to. */
  Resolved resolve(Planned from, List<String> path, String... types) {
    return references.of(from, path, types);
  }

  /**
   * The ids in a list. Those that are unknown are every resource that the list may hold, so that a
   * list that is larger than it will be stands for one that is not known.
   *
   * @param action what asks AWS for it: noted as unknown when nobody knows what the list will hold
   */
  Set<String> list(String action, Planned from, String attribute, String... types) {
    return list(
        action, from, List.of(attribute), from.texts(attribute), from.unknown(attribute), types);
  }

  /** The same for a list in a nested block. */
  Set<String> list(
      String action, Planned from, String block, Block in, String attribute, String... types) {
    boolean one = in.texts(attribute).isEmpty() && !in.text(attribute).isEmpty();
    return list(
        action,
        from,
        List.of(block, attribute),
        one ? List.of(in.text(attribute)) : in.texts(attribute),
        in.unknown(attribute),
        types);
  }

  private Set<String> list(
      String action,
      Planned from,
      List<String> path,
      List<String> known,
      boolean open,
      String... types) {
    Set<String> all = new LinkedHashSet<>(known);
    boolean written = references.written(from, path.getFirst());
    if (open && written) {
      List<String> kinds = new ArrayList<>(List.of(types));
      Set<String> own = new LinkedHashSet<>(kinds);
      if (own.contains("aws_route_table") || own.contains("aws_security_group")) {
        kinds.add("aws_vpc");
      }
      List<Planned> found = references.of(from, path, kinds.toArray(String[]::new)).candidates();
      for (Planned each : found) {
        all.add(
            own.contains(each.type())
                ? id(each)
                : own.contains("aws_route_table") ? mainTable(each) : defaultGroup(each));
      }
      if (found.isEmpty()) {
        unknown(action, from.address() + ": " + String.join(".", path));
      }
    }
    return all;
  }

  /** The id of the route table that a VPC begins with. */
  String mainTable(Planned vpc) {
    String known = vpc.text("main_route_table_id", vpc.text("default_route_table_id"));
    return known.isEmpty() ? begun(vpc, "rtb-main-of-", " (its main route table)") : known;
  }

  /** The id of the security group that a VPC begins with. */
  String defaultGroup(Planned vpc) {
    String known = vpc.text("default_security_group_id");
    return known.isEmpty() ? begun(vpc, "sg-default-of-", " (its default security group)") : known;
  }

  private String begun(Planned vpc, String prefix, String what) {
    String made = prefix + id(vpc);
    names.putIfAbsent(made, vpc.address() + what);
    return made;
  }

  /** Whether the plan takes away what has this id. */
  boolean gone(String id) {
    return plan.removed().stream().anyMatch(r -> r.text("id").equals(id));
  }
}
