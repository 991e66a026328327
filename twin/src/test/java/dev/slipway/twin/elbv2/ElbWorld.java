package dev.slipway.twin.elbv2;

import dev.slipway.twin.ec2.Ec2;
import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** A world with a public VPC in three zones, EC2 and load balancing, on a clock that is moved. */
public final class ElbWorld {

  /** The port of every target. */
  public static final int PORT = 5000;

  public final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
  public final World world = new World("123456789012", "eu-west-1", clock, new Ids(new Random(7)));
  public final String vpc;
  public final List<String> subnets;
  public final String balancerGroup;
  public final String taskGroup;
  public final Elb elb;

  /** The certificates that listeners may have, by ARN. */
  public final Map<String, Routing.Certificate> certificates = new HashMap<>();

  /** The logs of load balancers. */
  public final KeptLogs logs = new KeptLogs();

  private final Ec2 ec2 = new Ec2(world);

  /** A world whose traffic a data plane carries. */
  public ElbWorld(DataPlane dataPlane) {
    this(clock -> dataPlane);
  }

  /** A world whose traffic is carried by a data plane on its clock. */
  public ElbWorld(Function<TwinClock, DataPlane> dataPlane) {
    ec2.register();
    elb =
        new Elb(
            world,
            ec2,
            dataPlane.apply(clock),
            arn -> Optional.ofNullable(certificates.get(arn)),
            logs);
    elb.register();
    vpc =
        call(CreateVpcRequest.builder().cidrBlock("10.0.0.0/16").build(), CreateVpcResponse.class)
            .vpc()
            .vpcId();
    subnets = List.of(subnet("a", 1), subnet("b", 2), subnet("c", 3));
    String gateway =
        call(CreateInternetGatewayRequest.builder().build(), CreateInternetGatewayResponse.class)
            .internetGateway()
            .internetGatewayId();
    invoke(AttachInternetGatewayRequest.builder().vpcId(vpc).internetGatewayId(gateway).build());
    String mainTable =
        world.call(ec2::network).routeTables().stream()
            .filter(table -> table.vpcId().equals(vpc))
            .findFirst()
            .orElseThrow()
            .routeTableId();
    invoke(
        CreateRouteRequest.builder()
            .routeTableId(mainTable)
            .destinationCidrBlock("0.0.0.0/0")
            .gatewayId(gateway)
            .build());
    balancerGroup = securityGroup("lb");
    taskGroup = securityGroup("task");
    allow(balancerGroup, 80, "0.0.0.0/0");
    allow(taskGroup, PORT, "10.0.0.0/16");
  }

  private String subnet(String zone, int number) {
    return call(
            CreateSubnetRequest.builder()
                .vpcId(vpc)
                .cidrBlock("10.0." + number + ".0/24")
                .availabilityZone("eu-west-1" + zone)
                .build(),
            CreateSubnetResponse.class)
        .subnet()
        .subnetId();
  }

  private String securityGroup(String name) {
    return call(
            CreateSecurityGroupRequest.builder()
                .vpcId(vpc)
                .groupName(name)
                .description(name)
                .build(),
            CreateSecurityGroupResponse.class)
        .groupId();
  }

  /** Opens a port of a security group. */
  public void allow(String group, int port, String cidr) {
    invoke(
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId(group)
            .ipPermissions(tcp(port, cidr))
            .build());
  }

  /** Closes a port of a security group. */
  public void close(String group, int port, String cidr) {
    invoke(
        RevokeSecurityGroupIngressRequest.builder()
            .groupId(group)
            .ipPermissions(tcp(port, cidr))
            .build());
  }

  private static IpPermission tcp(int port, String cidr) {
    return IpPermission.builder()
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .ipRanges(range -> range.cidrIp(cidr))
        .build();
  }

  public <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return world.operations().call(request, type);
  }

  public void invoke(SdkRequest request) {
    world.operations().invoke(request);
  }

  /** Moves the clock. */
  public void pass(Duration time) {
    clock.advance(time);
  }

  /** The private address of a new task in a subnet. */
  public String task(int subnet) {
    return world
        .call(() ->
            ec2.create(
                new NetworkInterfaces.Order(
                    subnets.get(subnet), List.of(taskGroup), false, "a task", "interface", "ecs")))
        .privateIpAddress();
  }

  /** The descriptions of the network interfaces that exist. */
  public List<String> interfaces() {
    return world.call(ec2::network).networkInterfaces().stream()
        .map(candidate -> candidate.description())
        .toList();
  }

  /** A request for a load balancer in the first two zones. */
  public CreateLoadBalancerRequest.Builder loadBalancerRequest(String name) {
    return CreateLoadBalancerRequest.builder()
        .name(name)
        .subnets(subnets.get(0), subnets.get(1))
        .securityGroups(balancerGroup);
  }

  /** A load balancer that is active. */
  public LoadBalancer loadBalancer(String name) {
    LoadBalancer lb =
        call(loadBalancerRequest(name).build(), CreateLoadBalancerResponse.class)
            .loadBalancers()
            .getFirst();
    pass(Duration.ofSeconds(150));
    return lb;
  }

  /** A request for a target group that is checked at /health every 10 seconds. */
  public CreateTargetGroupRequest.Builder targetGroupRequest(String name) {
    return CreateTargetGroupRequest.builder()
        .name(name)
        .vpcId(vpc)
        .port(PORT)
        .protocol(ProtocolEnum.HTTP)
        .targetType(TargetTypeEnum.IP)
        .healthCheckPath("/health")
        .healthCheckIntervalSeconds(10)
        .healthyThresholdCount(3)
        .unhealthyThresholdCount(2);
  }

  public TargetGroup targetGroup(String name) {
    return call(targetGroupRequest(name).build(), CreateTargetGroupResponse.class)
        .targetGroups()
        .getFirst();
  }

  /** Sets an attribute of a target group. */
  public void attribute(TargetGroup group, String key, String value) {
    invoke(
        ModifyTargetGroupAttributesRequest.builder()
            .targetGroupArn(group.targetGroupArn())
            .attributes(attribute -> attribute.key(key).value(value))
            .build());
  }

  public Listener listener(LoadBalancer lb, int port, Action action) {
    return call(
            CreateListenerRequest.builder()
                .loadBalancerArn(lb.loadBalancerArn())
                .protocol(ProtocolEnum.HTTP)
                .port(port)
                .defaultActions(action)
                .build(),
            CreateListenerResponse.class)
        .listeners()
        .getFirst();
  }

  public static Action forward(TargetGroup group) {
    return Action.builder()
        .type(ActionTypeEnum.FORWARD)
        .targetGroupArn(group.targetGroupArn())
        .build();
  }

  public void register(TargetGroup group, String ip) {
    invoke(
        RegisterTargetsRequest.builder()
            .targetGroupArn(group.targetGroupArn())
            .targets(TargetDescription.builder().id(ip).port(PORT).build())
            .build());
  }

  public void deregister(TargetGroup group, String ip) {
    invoke(
        DeregisterTargetsRequest.builder()
            .targetGroupArn(group.targetGroupArn())
            .targets(TargetDescription.builder().id(ip).port(PORT).build())
            .build());
  }

  /** The health of a target, in words: state, reason, description. */
  public String health(TargetGroup group, String ip) {
    return call(
            DescribeTargetHealthRequest.builder().targetGroupArn(group.targetGroupArn()).build(),
            DescribeTargetHealthResponse.class)
        .targetHealthDescriptions()
        .stream()
        .filter(description -> description.target().id().equals(ip))
        .map(description -> inWords(description.targetHealth()))
        .findFirst()
        .orElse("gone");
  }

  private static String inWords(TargetHealth health) {
    return health.reason() == null
        ? health.stateAsString()
        : health.stateAsString() + " " + health.reasonAsString() + " " + health.description();
  }
}
