package dev.slipway.twin.ecs;

import dev.slipway.topology.Network;
import dev.slipway.topology.Place;
import dev.slipway.topology.Verdict;
import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.ecr.Images;
import dev.slipway.twin.iam.Authority;
import dev.slipway.twin.logs.LogStreams;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** A world with ECS in it, its neighbours replaced by the smallest that do, on a manual clock. */
final class EcsWorld {

  static final String ACCOUNT = "123456789012";
  static final String REGISTRY = "127.0.0.1:4567";
  static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/execution";

  final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  final World world = new World(ACCOUNT, "eu-west-1", clock, new Ids(new SplittableRandom(7)));
  final SimulatedTaskRuntime runtime;
  final FakeElb elb;
  final Set<String> unreachable = new HashSet<>();
  final Set<String> denied = new HashSet<>();
  final Set<String> unassumable = new HashSet<>();
  final Map<String, Images.Lookup> images = new HashMap<>();
  final Set<String> logGroups = new HashSet<>(Set.of("/app"));
  final List<String> logLines = new ArrayList<>();
  final Map<String, NetworkInterface> interfaces = new HashMap<>();
  final Ecs ecs;
  String interfaceError = "";
  Optional<AwsError> sealed = Optional.empty();
  private int nextIp = 10;

  EcsWorld() {
    this(null);
  }

  /** A copy of another world, taken up where it was; with null an empty one. */
  EcsWorld(EcsWorld source) {
    if (source != null) {
      clock.advance(Duration.between(clock.instant(), source.clock.instant()));
      world.copyStateFrom(source.world);
      images.putAll(source.images);
      interfaces.putAll(source.interfaces);
    }
    runtime = new SimulatedTaskRuntime(world);
    elb = new FakeElb(world);
    ecs =
        new Ecs(
            world, new Interfaces(), new Roles(), new Registry(), new Logs(), runtime, this::path);
    ecs.register();
    world.operations().register(elb);
  }

  <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return world.operations().call(request, type);
  }

  void image(String name, Map<String, String> labels) {
    String digest = "sha256:" + String.format("%064x", name.hashCode() & 0xffffffffL);
    Images.Config config = new Images.Config(List.of(), List.of(), Map.of(), "", "", labels, "");
    Images.Lookup found =
        new Images.Lookup.Found(
            new Images.Image(
                name.substring(0, name.indexOf(':')), digest, config, List.of(), 50_000_000));
    images.put(REGISTRY + "/" + name, found);
    images.put(digest, found);
  }

  private Verdict path(Network network, Place from, Place to, int port) {
    return to instanceof Place.AwsService(String name) && unreachable.contains(name)
        ? new Verdict.Blocked(
            List.of(),
            new Verdict.Obstacle(Verdict.ObstacleKind.NO_ROUTE, "rtb-1", List.of(), "no route"))
        : new Verdict.Reachable(List.of());
  }

  private final class Interfaces implements NetworkInterfaces {
    @Override
    public NetworkInterface create(Order order) {
      if (!interfaceError.isEmpty()) {
        throw AwsError.of(interfaceError, interfaceError);
      }
      String id = world.ids().ec2("eni");
      NetworkInterface eni =
          NetworkInterface.builder()
              .networkInterfaceId(id)
              .subnetId(order.subnetId())
              .macAddress("0a:00:00:00:00:01")
              .privateIpAddress("10.0.0." + nextIp++)
              .build();
      interfaces.put(id, eni);
      return eni;
    }

    @Override
    public void setSecurityGroups(String networkInterfaceId, List<String> groups) {}

    @Override
    public void delete(String networkInterfaceId) {
      interfaces.remove(networkInterfaceId);
    }

    @Override
    public Network network() {
      return new Network(
          "eu-west-1",
          List.of(),
          List.of(),
          List.of(subnet("subnet-a", "eu-west-1a"), subnet("subnet-b", "eu-west-1b")),
          List.of(),
          List.of(),
          List.of(SecurityGroup.builder().groupId("sg-1").vpcId("vpc-1").build()),
          List.copyOf(interfaces.values()),
          List.of(),
          List.of(),
          List.of(),
          List.of());
    }

    private Subnet subnet(String id, String zone) {
      return Subnet.builder().subnetId(id).vpcId("vpc-1").availabilityZone(zone).build();
    }
  }

  private final class Roles implements Authority {
    @Override
    public boolean canAssume(String roleArn, String servicePrincipal) {
      return !unassumable.contains(roleArn);
    }

    @Override
    public Decision authorize(
        String roleArn, String action, String resource, Map<String, String> context) {
      return denied.contains(action)
          ? new Decision(false, "because no identity-based policy allows the " + action + " action")
          : new Decision(true, "");
    }

    @Override
    public Decision throughEndpoint(
        String document,
        String roleArn,
        String action,
        String resource,
        Map<String, String> context) {
      throw new AssertionError("no path of this world leads through an endpoint");
    }

    @Override
    public Optional<AwsError> sealedSecret(String roleArn, String secret) {
      return sealed;
    }

    @Override
    public Optional<AwsError> sealedParameter(String roleArn, String name) {
      return sealed;
    }
  }

  private final class Registry implements Images {
    @Override
    public String registryHost() {
      return REGISTRY;
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

  private final class Logs implements LogStreams {
    @Override
    public boolean groupExists(String group) {
      return logGroups.contains(group);
    }

    @Override
    public void createStream(String group, String stream) {
      if (!logGroups.contains(group)) {
        throw AwsError.of("ResourceNotFoundException", "The specified log group does not exist.");
      }
    }

    @Override
    public void append(String group, String stream, Instant at, String line) {
      logLines.add(group + " " + stream + " " + line);
    }
  }
}
