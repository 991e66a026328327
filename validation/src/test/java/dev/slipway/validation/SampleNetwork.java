package dev.slipway.validation;

import dev.slipway.topology.Network;
import dev.slipway.validation.observe.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.ConnectivityType;
import software.amazon.awssdk.services.ec2.model.InternetGateway;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/** The surroundings of a {@link Sample}: a VPC with a NAT gateway, sound roles, a log group. */
// The SDK\'s builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
public final class SampleNetwork {

  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}
      """;

  /** As AWS has it. Source: ECS developer guide, task_execution_IAM_role. */
  private static final String EXECUTION =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[
       "ecr:GetAuthorizationToken","ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer",
       "ecr:BatchGetImage","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}
      """;

  public final List<Route> privateRoutes = new ArrayList<>();
  public final List<Route> publicRoutes =
      new ArrayList<>(
          List.of(
              local(),
              Route.builder().destinationCidrBlock("0.0.0.0/0").gatewayId("igw-1").build()));
  public boolean associated = true;
  public boolean gatewayAttached = true;
  public List<IpPermission> taskIngress = List.of(from("sg-alb", 5000));
  public List<IpPermission> taskEgress = List.of(anywhere(-1));
  public List<IpPermission> balancerIngress = List.of(anywhere(80));
  public List<IpPermission> balancerEgress = List.of(anywhere(-1));
  public final Map<String, Integer> freeAddresses = new HashMap<>();
  public final List<VpcEndpoint> endpoints = new ArrayList<>();
  public final List<NatGateway> natGateways = new ArrayList<>();
  public boolean dnsSupport = true;
  public String trust = TRUST;
  public String execution = EXECUTION;
  public Optional<Surroundings.Boundary> boundary = Optional.empty();
  public boolean logGroup = true;
  public final Map<String, List<String>> logTails = new HashMap<>();

  public SampleNetwork() {
    privateRoutes.add(local());
    privateRoutes.add(
        Route.builder().destinationCidrBlock("0.0.0.0/0").natGatewayId("nat-1").build());
    natGateways.add(
        NatGateway.builder()
            .natGatewayId("nat-1")
            .vpcId("vpc-1")
            .subnetId("subnet-p")
            .connectivityType(ConnectivityType.PUBLIC)
            .state(NatGatewayState.AVAILABLE)
            .build());
  }

  /** No way out at all: what {@code egress = "none"} makes. */
  public SampleNetwork withoutEgress() {
    privateRoutes.removeIf(r -> r.natGatewayId() != null);
    natGateways.clear();
    return this;
  }

  public Surroundings surroundings() {
    return new Surroundings(
        true,
        network(),
        Map.of(
            Sample.EXECUTION_ROLE,
            new Surroundings.Role(
                true, Sample.EXECUTION_ROLE, trust, Map.of("execution", execution), boundary)),
        Map.of("/ecs/orders", logGroup),
        Map.copyOf(logTails));
  }

  public Network network() {
    List<RouteTable> tables = new ArrayList<>();
    tables.add(table("rtb-main", List.of(local()), List.of(), true));
    tables.add(
        table(
            "rtb-private",
            privateRoutes,
            associated ? List.of("subnet-a", "subnet-b") : List.of(),
            false));
    tables.add(table("rtb-public", publicRoutes, List.of("subnet-p", "subnet-q"), false));
    return OtherNetwork.beside(own(tables));
  }

  private Network own(List<RouteTable> tables) {
    return new Network(
        "eu-central-1",
        List.of(Vpc.builder().vpcId("vpc-1").cidrBlock("10.0.0.0/16").build()),
        List.of(new Network.VpcDns("vpc-1", dnsSupport, dnsSupport)),
        List.of(
            subnet("subnet-a", 1),
            subnet("subnet-b", 2),
            subnet("subnet-p", 3),
            subnet("subnet-q", 4)),
        tables,
        List.of(),
        List.of(
            group("sg-task", taskIngress, taskEgress),
            group("sg-alb", balancerIngress, balancerEgress),
            group("sg-endpoint", List.of(), List.of())),
        List.of(
            face(
                "eni-alb-p",
                "subnet-p",
                "10.0.3.5",
                "sg-alb",
                "ELB app/orders/fedcba9876543210",
                true),
            face("eni-task1", "subnet-a", "10.0.1.10", "sg-task", "", false),
            face("eni-task2", "subnet-b", "10.0.2.10", "sg-task", "", false)),
        List.of(
            InternetGateway.builder()
                .internetGatewayId("igw-1")
                .attachments(
                    gatewayAttached
                        ? List.of(
                            software.amazon.awssdk.services.ec2.model.InternetGatewayAttachment
                                .builder()
                                .vpcId("vpc-1")
                                .state(AttachmentStatus.ATTACHED)
                                .build())
                        : List.of())
                .build()),
        natGateways,
        endpoints,
        List.of());
  }

  public static VpcEndpoint endpoint(String service, String group) {
    return VpcEndpoint.builder()
        .vpcEndpointId("vpce-" + service)
        .vpcId("vpc-1")
        .serviceName("com.amazonaws.eu-central-1." + service)
        .vpcEndpointType(service.equals("s3") ? "Gateway" : "Interface")
        .state("available")
        .privateDnsEnabled(true)
        .subnetIds("subnet-a", "subnet-b")
        .groups(g -> g.groupId(group))
        .build();
  }

  public static IpPermission anywhere(int port) {
    return permission(port).ipRanges(r -> r.cidrIp("0.0.0.0/0")).build();
  }

  public static IpPermission from(String group, int port) {
    return permission(port).userIdGroupPairs(p -> p.groupId(group)).build();
  }

  private static IpPermission.Builder permission(int port) {
    return port < 0
        ? IpPermission.builder().ipProtocol("-1")
        : IpPermission.builder().ipProtocol("tcp").fromPort(port).toPort(port);
  }

  private static Route local() {
    return Route.builder().destinationCidrBlock("10.0.0.0/16").gatewayId("local").build();
  }

  private Subnet subnet(String id, int number) {
    return Subnet.builder()
        .subnetId(id)
        .vpcId("vpc-1")
        .availableIpAddressCount(freeAddresses.get(id))
        .cidrBlock("10.0." + number + ".0/24")
        .availabilityZone("eu-central-1" + (number % 2 == 1 ? "a" : "b"))
        .build();
  }

  private static RouteTable table(
      String id, List<Route> routes, List<String> subnets, boolean main) {
    return RouteTable.builder()
        .routeTableId(id)
        .vpcId("vpc-1")
        .routes(routes)
        .associations(
            main
                ? List.of(
                    software.amazon.awssdk.services.ec2.model.RouteTableAssociation.builder()
                        .main(true)
                        .build())
                : subnets.stream()
                    .map(s ->
                        software.amazon.awssdk.services.ec2.model.RouteTableAssociation.builder()
                            .main(false)
                            .subnetId(s)
                            .build())
                    .toList())
        .build();
  }

  private static SecurityGroup group(
      String id, List<IpPermission> ingress, List<IpPermission> egress) {
    return SecurityGroup.builder()
        .groupId(id)
        .groupName(id)
        .vpcId("vpc-1")
        .ipPermissions(ingress)
        .ipPermissionsEgress(egress)
        .build();
  }

  private static NetworkInterface face(
      String id, String subnet, String ip, String group, String description, boolean open) {
    NetworkInterface.Builder builder =
        NetworkInterface.builder()
            .networkInterfaceId(id)
            .vpcId("vpc-1")
            .subnetId(subnet)
            .privateIpAddress(ip)
            .description(description)
            .groups(g -> g.groupId(group));
    return open ? builder.association(a -> a.publicIp("198.51.100.9")).build() : builder.build();
  }
}
