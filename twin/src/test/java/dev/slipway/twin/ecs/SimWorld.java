package dev.slipway.twin.ecs;

import dev.slipway.topology.Verdict;
import dev.slipway.twin.ec2.Ec2;
import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.elbv2.Elb;
import dev.slipway.twin.elbv2.OpenElb;
import dev.slipway.twin.iam.Authority;
import dev.slipway.twin.logs.LogStreams;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * A world with the real ECS, ELBv2 and EC2 on a manual clock; containers, probes and images are
 * simulated. All chance comes from one seed.
 */
final class SimWorld {

  static final String CLUSTER = "prod";
  static final int PORT = 5000;

  final SplittableRandom random;
  final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  final World world;
  final Ec2 ec2;
  final SimulatedTaskRuntime runtime;
  final SimProbes probes;
  final EcsState state;
  final List<String> subnets = new ArrayList<>();
  final String securityGroup;
  final String targetGroup;
  private final Map<String, Images.Lookup> images = new HashMap<>();

  SimWorld(long seed) {
    random = new SplittableRandom(seed);
    world = new World("123456789012", "eu-west-1", clock, new Ids(random.split()));
    state = new EcsState(world);
    runtime = new SimulatedTaskRuntime(world);
    probes = new SimProbes(clock, random.split(), runtime);
    ec2 = new Ec2(world);
    ec2.register();
    Elb elb = OpenElb.of(world, ec2, probes);
    elb.register();
    Ecs ecs =
        new Ecs(
            world,
            ec2,
            new Allowed(),
            new Pushed(),
            new NoLogs(),
            runtime,
            (network, from, to, port) -> new Verdict.Reachable(List.of()));
    ecs.register();
    String vpc =
        call(CreateVpcRequest.builder().cidrBlock("10.0.0.0/16").build(), CreateVpcResponse.class)
            .vpc()
            .vpcId();
    // Small subnets, so that addresses come back soon.
    subnets.add(subnet(vpc, "a", "10.0.1.0/28"));
    subnets.add(subnet(vpc, "b", "10.0.2.0/28"));
    securityGroup = openGroup(vpc);
    targetGroup = balanced(vpc);
    invoke(CreateClusterRequest.builder().clusterName(CLUSTER).build());
  }

  private String subnet(String vpc, String zone, String cidr) {
    return call(
            CreateSubnetRequest.builder()
                .vpcId(vpc)
                .cidrBlock(cidr)
                .availabilityZone("eu-west-1" + zone)
                .build(),
            CreateSubnetResponse.class)
        .subnet()
        .subnetId();
  }

  private String openGroup(String vpc) {
    String id =
        call(
                CreateSecurityGroupRequest.builder()
                    .vpcId(vpc)
                    .groupName("all")
                    .description("all")
                    .build(),
                CreateSecurityGroupResponse.class)
            .groupId();
    invoke(
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId(id)
            .ipPermissions(
                IpPermission.builder()
                    .ipProtocol("-1")
                    .ipRanges(range -> range.cidrIp("0.0.0.0/0"))
                    .build())
            .build());
    return id;
  }

  private String balanced(String vpc) {
    String balancer =
        call(
                CreateLoadBalancerRequest.builder()
                    .name("web")
                    .scheme(LoadBalancerSchemeEnum.INTERNAL)
                    .subnets(subnets)
                    .securityGroups(securityGroup)
                    .build(),
                CreateLoadBalancerResponse.class)
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    String group =
        call(
                CreateTargetGroupRequest.builder()
                    .name("web")
                    .vpcId(vpc)
                    .port(PORT)
                    .protocol(ProtocolEnum.HTTP)
                    .targetType(TargetTypeEnum.IP)
                    .healthCheckIntervalSeconds(10)
                    .healthyThresholdCount(2)
                    .build(),
                CreateTargetGroupResponse.class)
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    invoke(
        ModifyTargetGroupAttributesRequest.builder()
            .targetGroupArn(group)
            .attributes(a -> a.key("deregistration_delay.timeout_seconds").value("20"))
            .build());
    invoke(
        CreateListenerRequest.builder()
            .loadBalancerArn(balancer)
            .protocol(ProtocolEnum.HTTP)
            .port(80)
            .defaultActions(
                Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build())
            .build());
    clock.advance(Duration.ofMinutes(4));
    return group;
  }

  /** Pushes an image: the tag names it from now on, its digest for ever. */
  void push(String tag, int build, Map<String, String> labels) {
    String digest = "sha256:" + String.format("%064x", (tag + build).hashCode() & 0xffffffffL);
    Images.Config config = new Images.Config(List.of(), List.of(), Map.of(), "", "", labels, "");
    Images.Lookup found =
        new Images.Lookup.Found(new Images.Image("app", digest, config, List.of(), 50_000_000));
    images.put(EcsWorld.REGISTRY + "/app:" + tag, found);
    images.put(digest, found);
  }

  <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return world.operations().call(request, type);
  }

  void invoke(SdkRequest request) {
    world.operations().invoke(request);
  }

  private static final class Allowed implements Authority {
    @Override
    public boolean canAssume(String roleArn, String servicePrincipal) {
      return true;
    }

    @Override
    public Decision authorize(
        String roleArn, String action, String resource, Map<String, String> context) {
      return new Decision(true, "");
    }

    @Override
    public Decision throughEndpoint(
        String policy,
        String roleArn,
        String action,
        String resource,
        Map<String, String> context) {
      return new Decision(true, "");
    }
  }

  private final class Pushed implements Images {
    @Override
    public String registryHost() {
      return EcsWorld.REGISTRY;
    }

    @Override
    public Lookup find(String reference, String platform) {
      String key = reference.substring(reference.indexOf('@') + 1);
      return images.getOrDefault(key, new Lookup.NoImage("app", reference));
    }

    @Override
    public Optional<String> digestOf(String reference) {
      return find(reference, "linux/amd64") instanceof Lookup.Found found
          ? Optional.of(found.image().digest())
          : Optional.empty();
    }
  }

  private static final class NoLogs implements LogStreams {
    @Override
    public boolean groupExists(String group) {
      return true;
    }

    @Override
    public void createStream(String group, String stream) {}

    @Override
    public void append(String group, String stream, Instant at, String line) {}
  }
}
