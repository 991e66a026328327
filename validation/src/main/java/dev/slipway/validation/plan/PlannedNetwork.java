package dev.slipway.validation.plan;

import dev.slipway.topology.Network;
import dev.slipway.topology.Network.VpcDns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** The network as the plan will have it. */
final class PlannedNetwork {

  static final String[] SUBNETS = {"aws_subnet", "aws_default_subnet"};
  private static final String[] VPCS = {"aws_vpc", "aws_default_vpc"};

  private final Reading reading;
  private final Network live;

  /**
   * A network.
   *
   * @param live what is there already and is not of the plan, where that could be read
   */
  PlannedNetwork(Reading reading, Network live) {
    this.reading = reading;
    this.live = live;
  }

  Network network() {
    List<Subnet> subnets = reading.plan().all(SUBNETS).stream().map(this::subnet).toList();
    List<VpcEndpoint> endpoints =
        reading.plan().all("aws_vpc_endpoint").stream().map(this::endpoint).toList();
    List<RouteTable> tables = new PlannedRoutes(reading, live).tables();
    List<SecurityGroup> groups = new PlannedGroups(reading, live).groups();
    List<ManagedPrefixList> lists =
        with(lists(endpoints), live.prefixLists(), l -> l.prefixListId());
    return new Network(
        reading.plan().region(),
        with(
            reading.plan().all(VPCS).stream().map(this::vpc).toList(), live.vpcs(), v -> v.vpcId()),
        with(
            reading.plan().all(VPCS).stream().map(this::dns).toList(),
            live.vpcDns(),
            VpcDns::vpcId),
        with(subnets, live.subnets(), s -> s.subnetId()),
        tables,
        new PlannedAcls(reading).acls(live),
        groups,
        live.networkInterfaces(),
        with(gateways(), live.internetGateways(), g -> g.internetGatewayId()),
        with(
            reading.plan().all("aws_nat_gateway").stream().map(n -> nat(n, subnets)).toList(),
            live.natGateways(),
            n -> n.natGatewayId()),
        with(endpoints, live.vpcEndpoints(), e -> e.vpcEndpointId()),
        lists,
        blocks(lists, tables, groups));
  }

  /** What is planned, and what else is there and stays. */
  private <T> List<T> with(List<T> planned, List<T> there, Function<T, String> id) {
    Set<String> known = planned.stream().map(id).collect(Collectors.toSet());
    List<T> all = new ArrayList<>(planned);
    there.stream()
        .filter(t -> !known.contains(id.apply(t)) && !reading.gone(id.apply(t)))
        .forEach(all::add);
    return all;
  }

  private Vpc vpc(Planned planned) {
    return Vpc.builder()
        .vpcId(reading.id(planned))
        .cidrBlock(planned.text("cidr_block", "10.0.0.0/16"))
        .build();
  }

  private VpcDns dns(Planned planned) {
    boolean isDefault = planned.type().equals("aws_default_vpc");
    return new VpcDns(
        reading.id(planned),
        planned.flag("enable_dns_support", true),
        planned.flag("enable_dns_hostnames", isDefault || planned.unknown("enable_dns_hostnames")));
  }

  private Subnet subnet(Planned planned) {
    String vpc = reading.reference(planned, "vpc_id", VPCS);
    if (vpc.isEmpty()) {
      reading.unknown("ec2:DescribeSubnets", planned.address() + ": vpc_id");
    }
    return Subnet.builder()
        .subnetId(reading.id(planned))
        .vpcId(vpc)
        .cidrBlock(planned.text("cidr_block", "10.0.0.0/24"))
        .availabilityZone(planned.text("availability_zone", planned.address()))
        .build();
  }

  private List<InternetGateway> gateways() {
    Map<String, Set<String>> attached = new LinkedHashMap<>();
    for (Planned planned : reading.plan().all("aws_internet_gateway")) {
      Set<String> vpcs = attached.computeIfAbsent(reading.id(planned), _ -> new LinkedHashSet<>());
      boolean written = reading.references().written(planned, "vpc_id");
      if (written || !planned.text("vpc_id").isEmpty()) {
        vpc(planned, vpcs);
      }
    }
    for (Planned planned : reading.plan().all("aws_internet_gateway_attachment")) {
      String id = reading.reference(planned, "internet_gateway_id", "aws_internet_gateway");
      vpc(planned, attached.computeIfAbsent(id, _ -> new LinkedHashSet<>()));
    }
    List<InternetGateway> all = new ArrayList<>();
    attached.forEach((id, vpcs) ->
        all.add(
            InternetGateway.builder()
                .internetGatewayId(id)
                .attachments(
                    vpcs.stream()
                        .map(v -> InternetGatewayAttachment.builder().vpcId(v).build())
                        .toList())
                .build()));
    return all;
  }

  private void vpc(Planned planned, Set<String> into) {
    String vpc = reading.reference(planned, "vpc_id", VPCS);
    if (vpc.isEmpty()) {
      reading.unknown("ec2:DescribeInternetGateways", planned.address() + ": vpc_id");
    } else {
      into.add(vpc);
    }
  }

  private NatGateway nat(Planned planned, List<Subnet> subnets) {
    Resolved resolved = reading.resolve(planned, List.of("subnet_id"), SUBNETS);
    String subnet =
        planned.text(
            "subnet_id", resolved.candidates().stream().findFirst().map(reading::id).orElse(""));
    boolean regional = planned.text("availability_mode").equals("regional");
    // Subnets of one resource have the same routes more often than not: any of them will do.
    if (!regional && (subnet.isEmpty() || (!resolved.sure() && planned.unknown("subnet_id")))) {
      reading.unknown("ec2:DescribeNatGateways", planned.address() + ": subnet_id");
    }
    String vpc =
        subnets.stream()
            .filter(s -> s.subnetId().equals(subnet))
            .map(Subnet::vpcId)
            .findFirst()
            .orElse(reading.reference(planned, "vpc_id", VPCS));
    return NatGateway.builder()
        .natGatewayId(reading.id(planned))
        .vpcId(vpc)
        .subnetId(subnet)
        .connectivityType(
            planned.text("connectivity_type", "public").equals("private")
                ? ConnectivityType.PRIVATE
                : ConnectivityType.PUBLIC)
        .state(NatGatewayState.AVAILABLE)
        .build();
  }

  private VpcEndpoint endpoint(Planned planned) {
    String action = "ec2:DescribeVpcEndpoints";
    String vpc = reading.reference(planned, "vpc_id", VPCS);
    String service = planned.text("service_name");
    if (vpc.isEmpty() || service.isEmpty()) {
      reading.unknown(
          action, planned.address() + ": " + (vpc.isEmpty() ? "vpc_id" : "service_name"));
    }
    boolean gateway = planned.text("vpc_endpoint_type", "Gateway").equals("Gateway");
    Set<String> subnets = new LinkedHashSet<>(reading.list(action, planned, "subnet_ids", SUBNETS));
    Set<String> groups =
        new LinkedHashSet<>(
            reading.list(action, planned, "security_group_ids", PlannedGroups.GROUPS));
    String id = reading.id(planned);
    joined("aws_vpc_endpoint_subnet_association", id, "subnet_id", SUBNETS, subnets);
    joined(
        "aws_vpc_endpoint_security_group_association",
        id,
        "security_group_id",
        PlannedGroups.GROUPS,
        groups);
    return VpcEndpoint.builder()
        .vpcEndpointId(id)
        .vpcId(vpc)
        .serviceName(service)
        .vpcEndpointType(planned.text("vpc_endpoint_type", "Gateway"))
        .state("available")
        .privateDnsEnabled(
            !gateway
                && (planned.flag("private_dns_enabled", false)
                    || (planned.unknown("private_dns_enabled")
                        && reading.references().written(planned, "private_dns_enabled"))))
        .subnetIds(subnets)
        .policyDocument(policy(planned, id))
        .groups(
            groups.stream().map(g -> SecurityGroupIdentifier.builder().groupId(g).build()).toList())
        .build();
  }

  /** The endpoint's policy; without one, or while nobody can know it, all may pass. */
  private String policy(Planned endpoint, String id) {
    Documents documents = new Documents(reading);
    return reading.plan().all("aws_vpc_endpoint_policy").stream()
        .filter(p -> reading.reference(p, "vpc_endpoint_id", "aws_vpc_endpoint").equals(id))
        .findFirst()
        .map(p -> documents.of(p, "policy").orElse(""))
        .orElseGet(() ->
            reading.references().written(endpoint, "policy")
                ? documents.of(endpoint, "policy").orElse("")
                : endpoint.text("policy"));
  }

  private void joined(
      String type, String endpoint, String attribute, String[] types, Set<String> into) {
    for (Planned planned : reading.plan().all(type)) {
      if (reading.reference(planned, "vpc_endpoint_id", "aws_vpc_endpoint").equals(endpoint)) {
        String id = reading.reference(planned, attribute, types);
        if (!id.isEmpty()) {
          into.add(id);
        }
      }
    }
  }

  /** The lists that AWS keeps, by the ids that rules name them with, and that routes do. */
  private List<ManagedPrefixList> lists(List<VpcEndpoint> endpoints) {
    Map<String, String> names = new LinkedHashMap<>();
    endpoints.forEach(e -> names.put(PlannedGroups.prefixList(e.serviceName()), e.serviceName()));
    for (Planned planned : reading.plan().all("aws_vpc_endpoint")) {
      if (!planned.text("prefix_list_id").isEmpty()) {
        names.put(planned.text("prefix_list_id"), planned.text("service_name"));
      }
    }
    for (String type : List.of("aws_prefix_list", "aws_ec2_managed_prefix_list")) {
      for (Planned answer : reading.plan().answers(type)) {
        names.put(answer.text("id"), answer.text("name"));
      }
    }
    List<ManagedPrefixList> all = new ArrayList<>();
    names.forEach((id, name) ->
        all.add(ManagedPrefixList.builder().prefixListId(id).prefixListName(name).build()));
    return all;
  }

  /** The blocks of lists that are kept by hand; a list of which nothing is known has them all. */
  private List<Network.PrefixListBlocks> blocks(
      List<ManagedPrefixList> lists, List<RouteTable> tables, List<SecurityGroup> groups) {
    Map<String, List<String>> known = new LinkedHashMap<>();
    live.prefixListBlocks().forEach(b -> known.put(b.prefixListId(), b.blocks()));
    for (Planned planned : reading.plan().all("aws_ec2_managed_prefix_list")) {
      known.put(
          reading.id(planned), planned.blocks("entry").stream().map(b -> b.text("cidr")).toList());
    }
    Set<String> named = lists.stream().map(l -> l.prefixListId()).collect(Collectors.toSet());
    Stream.concat(
            tables.stream().flatMap(t -> t.routes().stream()).map(r -> r.destinationPrefixListId()),
            groups.stream()
                .flatMap(g ->
                    Stream.concat(g.ipPermissions().stream(), g.ipPermissionsEgress().stream()))
                .flatMap(p -> p.prefixListIds().stream())
                .map(p -> p.prefixListId()))
        .filter(id -> id != null && !named.contains(id))
        .forEach(id -> known.putIfAbsent(id, List.of("0.0.0.0/0")));
    List<Network.PrefixListBlocks> all = new ArrayList<>();
    known.forEach((id, blocks) -> all.add(new Network.PrefixListBlocks(id, blocks)));
    return all;
  }
}
