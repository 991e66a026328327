package dev.slipway.twin.elbv2;

import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** The targets of target groups. Source: ELBv2 API reference. */
final class Targets {

  private static final int MOST_TARGETS = 1000;
  private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}");

  private final Store store;
  private final Paths paths;
  private final RoutePublisher routes;
  private final Draining draining;

  Targets(Store store, Paths paths, RoutePublisher routes, Draining draining) {
    this.store = store;
    this.paths = paths;
    this.routes = routes;
    this.draining = draining;
  }

  /** RegisterTargets; a target that is draining begins anew. */
  public RegisterTargetsResponse registerTargets(RegisterTargetsRequest request) {
    TargetGroup group = store.targetGroup(request.targetGroupArn());
    List<RegisteredTarget> wanted = new ArrayList<>();
    for (TargetDescription description : request.targets()) {
      wanted.add(target(group, description));
    }
    long registered =
        store.targetsOf(group.targetGroupArn()).stream().filter(t -> !t.draining()).count();
    if (registered + wanted.size() > MOST_TARGETS) {
      throw AwsError.of(
          "TooManyTargets", "The maximum number of targets has been reached on the target group");
    }
    for (RegisteredTarget target : wanted) {
      boolean there = store.targets().find(target.key()).filter(t -> !t.draining()).isPresent();
      if (!there) {
        store.targets().remove(target.key());
        store.targets().put(target.key(), target);
      }
    }
    routes.publishGroup(group.targetGroupArn());
    return RegisterTargetsResponse.builder().build();
  }

  private RegisteredTarget target(TargetGroup group, TargetDescription description) {
    String id = description.id();
    Refusal.missing("targets.1.member.id", id);
    Refusal.unlessOnly(description, Set.of("Id", "Port", "AvailabilityZone"));
    if (group.targetType() == TargetTypeEnum.INSTANCE) {
      // A world of Fargate has no instances, so no id of one is valid.
      throw AwsError.of("InvalidTarget", "The following targets are not valid instances: " + id);
    }
    if (!IPV4.matcher(id).matches()) {
      throw Refusal.validation("The IP address '" + id + "' is not a valid IPv4 address");
    }
    Refusal.outside("targets.1.member.port", description.port(), 1, 65_535);
    String zone =
        description.availabilityZone() != null
            ? description.availabilityZone()
            : zoneInVpc(group, id);
    return new RegisteredTarget(
        group.targetGroupArn(),
        id,
        description.port() == null ? group.port() : description.port(),
        zone,
        store.world().now(),
        null,
        Map.of(),
        Map.of());
  }

  private String zoneInVpc(TargetGroup group, String ip) {
    return paths
        .interfaceAt(group.vpcId(), ip)
        .map(NetworkInterface::availabilityZone)
        .or(() -> Subnets.zoneOf(paths.network(), group.vpcId(), ip))
        .orElseThrow(() ->
            AwsError.of(
                "InvalidTarget",
                "The IP address '"
                    + ip
                    + "' is not within the VPC '"
                    + group.vpcId()
                    + "' of the target group"));
  }

  /** DeregisterTargets; unknown targets are ignored. */
  public DeregisterTargetsResponse deregisterTargets(DeregisterTargetsRequest request) {
    TargetGroup group = store.targetGroup(request.targetGroupArn());
    for (TargetDescription description : request.targets()) {
      store
          .targets()
          .where(named(group, description).and(target -> !target.draining()))
          .forEach(draining::begin);
    }
    routes.publishGroup(group.targetGroupArn());
    return DeregisterTargetsResponse.builder().build();
  }

  /** DescribeTargetHealth; what could never be a target is no valid question. */
  public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
    TargetGroup group = store.targetGroup(request.targetGroupArn());
    List<TargetHealthDescription> found = new ArrayList<>();
    if (request.targets().isEmpty()) {
      store
          .targetsOf(group.targetGroupArn())
          .forEach(target -> found.add(TargetStates.describe(store, target)));
    }
    for (TargetDescription description : request.targets()) {
      List<RegisteredTarget> matching = store.targets().where(named(group, description));
      matching.forEach(target -> found.add(TargetStates.describe(store, target)));
      if (matching.isEmpty()) {
        zoneInVpc(group, description.id());
        found.add(TargetStates.unregistered(group, description));
      }
    }
    return DescribeTargetHealthResponse.builder().targetHealthDescriptions(found).build();
  }

  /** A description without a port stands for the port of the group. */
  private static Predicate<RegisteredTarget> named(TargetGroup group, TargetDescription wanted) {
    int port = wanted.port() == null ? group.port() : wanted.port();
    return target ->
        target.targetGroupArn().equals(group.targetGroupArn())
            && target.ip().equals(wanted.id())
            && target.port() == port;
  }
}
