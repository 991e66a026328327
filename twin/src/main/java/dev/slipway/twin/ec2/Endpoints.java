package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DnsEntry;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/**
 * The life of VPC endpoints, their interfaces and their routes. Source: AWS PrivateLink guide,
 * interface endpoints; VPC user guide, gateway endpoints.
 */
@Differs(
    value = "An interface endpoint comes up after 60 seconds and goes after 30.",
    because = "AWS names no times; these are of the usual size.")
final class Endpoints {

  // The API reference has these with a capital; EC2 answers with small letters.
  static final String AVAILABLE = "available";
  private static final String PENDING = "pending";
  private static final String DELETING = "deleting";

  private static final Duration COMES_UP = Duration.ofSeconds(60);
  private static final Duration GOES_DOWN = Duration.ofSeconds(30);

  private final World world;
  private final Stores stores;
  private final Deadlines deadlines;
  private final Interfaces interfaces;
  private final EndpointServices services;
  private final EndpointRoutes routes;

  Endpoints(World world, Stores stores, Deadlines deadlines) {
    this.world = world;
    this.stores = stores;
    this.deadlines = deadlines;
    this.interfaces = new Interfaces(world, stores);
    this.services = new EndpointServices(world);
    this.routes = new EndpointRoutes(stores, new AwsPrefixLists(world));
    deadlines.on(stores.vpcEndpoints.kind(), this::proceed);
  }

  /** Brings a new endpoint into being: routes at once, interfaces in a while. */
  VpcEndpoint begin(VpcEndpoint blank, List<String> subnets, List<String> tables) {
    if (blank.vpcEndpointType() == VpcEndpointType.GATEWAY) {
      routes.check(blank, tables);
      stores.vpcEndpoints.put(blank);
      return routes.add(blank, tables);
    }
    VpcEndpoint made = addSubnets(blank, subnets);
    made = stores.vpcEndpoints.put(made.toBuilder().state(PENDING).dnsEntries(names(made)).build());
    deadlines.set(made.vpcEndpointId(), COMES_UP);
    return made;
  }

  /** The endpoint with an interface in each of the subnets; not stored yet. */
  VpcEndpoint addSubnets(VpcEndpoint endpoint, List<String> subnetIds) {
    checkSubnets(endpoint, subnetIds);
    List<String> groups = endpoint.groups().stream().map(g -> g.groupId()).toList();
    List<String> made = new ArrayList<>(endpoint.networkInterfaceIds());
    List<String> subnets = new ArrayList<>(endpoint.subnetIds());
    List<String> fresh = new ArrayList<>();
    try {
      for (String subnet : subnetIds) {
        fresh.add(createInterface(endpoint, subnet, groups).networkInterfaceId());
      }
    } catch (AwsError e) {
      fresh.forEach(interfaces::delete);
      throw e;
    }
    made.addAll(fresh);
    subnets.addAll(subnetIds);
    return endpoint.toBuilder().networkInterfaceIds(made).subnetIds(subnets).build();
  }

  private NetworkInterface createInterface(
      VpcEndpoint endpoint, String subnetId, List<String> groups) {
    return interfaces.createManaged(
        new NetworkInterfaces.Order(
            subnetId,
            groups,
            false,
            "VPC Endpoint Interface " + endpoint.vpcEndpointId(),
            "vpc_endpoint",
            "amazon-aws"));
  }

  /** The endpoint without its interfaces in the subnets; not stored yet. */
  VpcEndpoint removeSubnets(VpcEndpoint endpoint, List<String> subnetIds) {
    List<String> kept = new ArrayList<>();
    for (String id : endpoint.networkInterfaceIds()) {
      boolean goes =
          stores
              .networkInterfaces
              .find(id)
              .filter(i -> subnetIds.contains(i.subnetId()))
              .isPresent();
      if (goes) {
        interfaces.delete(id);
      } else {
        kept.add(id);
      }
    }
    return endpoint.toBuilder()
        .networkInterfaceIds(kept)
        .subnetIds(endpoint.subnetIds().stream().filter(s -> !subnetIds.contains(s)).toList())
        .build();
  }

  EndpointRoutes routes() {
    return routes;
  }

  /** Begins to take an endpoint away. */
  void delete(VpcEndpoint endpoint) {
    if (endpoint.vpcEndpointType() == VpcEndpointType.GATEWAY) {
      routes.remove(endpoint, endpoint.routeTableIds());
      stores.vpcEndpoints.remove(endpoint.vpcEndpointId());
      return;
    }
    stores.vpcEndpoints.put(endpoint.toBuilder().state(DELETING).build());
    deadlines.set(endpoint.vpcEndpointId(), GOES_DOWN);
  }

  /** The names of an interface endpoint: its own, and the service's when private DNS is on. */
  List<DnsEntry> names(VpcEndpoint endpoint) {
    EndpointServices.Service service = services.require(endpoint.serviceName());
    List<DnsEntry> names = new ArrayList<>();
    String own = endpoint.vpcEndpointId() + "-" + suffix(endpoint);
    names.add(entry(own + "." + publicPart(service)));
    if (Boolean.TRUE.equals(endpoint.privateDnsEnabled())) {
      names.add(entry(services.privateName(service)));
    }
    return names;
  }

  private String publicPart(EndpointServices.Service service) {
    return service.host().replace("*.", "") + "." + world.region() + ".vpce.amazonaws.com";
  }

  /** Eight letters that belong to the endpoint for ever. */
  private static String suffix(VpcEndpoint endpoint) {
    String digits = Integer.toHexString(endpoint.vpcEndpointId().hashCode());
    return ("00000000" + digits).substring(digits.length());
  }

  private static DnsEntry entry(String name) {
    return DnsEntry.builder().dnsName(name).hostedZoneId("Z38GZ743OKFT7T").build();
  }

  private void proceed(String id) {
    VpcEndpoint endpoint = stores.vpcEndpoints.require(id);
    if (DELETING.equals(endpoint.stateAsString())) {
      endpoint.networkInterfaceIds().forEach(interfaces::delete);
      stores.vpcEndpoints.remove(id);
    } else {
      stores.vpcEndpoints.put(endpoint.toBuilder().state(AVAILABLE).build());
    }
  }

  private void checkSubnets(VpcEndpoint endpoint, List<String> subnetIds) {
    List<String> zones = new ArrayList<>();
    endpoint.subnetIds().forEach(s -> zones.add(stores.subnets.require(s).availabilityZone()));
    for (String id : subnetIds) {
      Subnet subnet = stores.subnets.require(id);
      if (!subnet.vpcId().equals(endpoint.vpcId())) {
        throw AwsError.of(
            "InvalidParameter",
            "Subnet %s does not belong to VPC %s".formatted(id, endpoint.vpcId()));
      }
      if (zones.contains(subnet.availabilityZone())) {
        throw AwsError.of(
            "DuplicateSubnetsInSameZone",
            "Found another VPC endpoint subnet in the availability zone of " + id);
      }
      zones.add(subnet.availabilityZone());
    }
  }
}
