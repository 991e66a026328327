package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Target groups whose targets turn healthy 3 s after their registration, unless told otherwise. */
final class FakeElb {

  private static final String STATUS_503 = "Health checks failed with these codes: [503]";

  private final World world;
  private final Map<String, TargetGroup> groups = new LinkedHashMap<>();
  private final Map<String, Map<TargetGroups.Address, Instant>> registered = new HashMap<>();
  private final Map<String, String> unhealthyIps = new HashMap<>();
  private boolean everythingUnhealthy;

  FakeElb(World world) {
    this.world = world;
  }

  String targetGroup(String name, TargetTypeEnum type, boolean attached) {
    String arn = world.arn("elasticloadbalancing", "targetgroup/" + name + "/0123456789abcdef");
    groups.put(
        arn,
        TargetGroup.builder()
            .targetGroupArn(arn)
            .targetType(type)
            .loadBalancerArns(attached ? List.of("arn:lb") : List.of())
            .build());
    registered.put(arn, new LinkedHashMap<>());
    return arn;
  }

  void failNewTargets(boolean fail) {
    everythingUnhealthy = fail;
  }

  void fail(String ip) {
    fail(ip, STATUS_503);
  }

  /** Has the target at an address fail with the description that the balancer gives. */
  void fail(String ip, String description) {
    unhealthyIps.put(ip, description);
  }

  /** Deletes a target group, as a person does once no listener uses it. */
  void delete(String arn) {
    groups.remove(arn);
    registered.remove(arn);
  }

  /** Puts a task of a copied world where it was. */
  void register(String arn, software.amazon.awssdk.services.ecs.model.Task task) {
    String ip = task.containers().getFirst().networkInterfaces().getFirst().privateIpv4Address();
    require(arn).put(new TargetGroups.Address(ip, 5000), world.now());
  }

  List<String> targets(String arn) {
    return registered.get(arn).keySet().stream().map(TargetGroups.Address::ip).toList();
  }

  public RegisterTargetsResponse registerTargets(RegisterTargetsRequest request) {
    for (TargetDescription target : request.targets()) {
      require(request.targetGroupArn())
          .put(new TargetGroups.Address(target.id(), target.port()), world.now());
      if (everythingUnhealthy) {
        fail(target.id());
      }
    }
    return RegisterTargetsResponse.builder().build();
  }

  public DeregisterTargetsResponse deregisterTargets(DeregisterTargetsRequest request) {
    request
        .targets()
        .forEach(t ->
            require(request.targetGroupArn()).remove(new TargetGroups.Address(t.id(), t.port())));
    return DeregisterTargetsResponse.builder().build();
  }

  public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest request) {
    return DescribeTargetHealthResponse.builder()
        .targetHealthDescriptions(
            require(request.targetGroupArn()).entrySet().stream()
                .map(e -> health(e.getKey(), e.getValue()))
                .toList())
        .build();
  }

  private TargetHealthDescription health(TargetGroups.Address address, Instant since) {
    return TargetHealthDescription.builder()
        .target(t -> t.id(address.ip()).port(address.port()))
        .targetHealth(h -> {
          if (unhealthyIps.containsKey(address.ip())) {
            h.state(TargetHealthStateEnum.UNHEALTHY).description(unhealthyIps.get(address.ip()));
          } else if (since.plusSeconds(3).isAfter(world.now())) {
            h.state(TargetHealthStateEnum.INITIAL);
          } else {
            h.state(TargetHealthStateEnum.HEALTHY);
          }
        })
        .build();
  }

  public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
    request.targetGroupArns().forEach(this::require);
    return DescribeTargetGroupsResponse.builder()
        .targetGroups(request.targetGroupArns().stream().map(groups::get).toList())
        .build();
  }

  public DescribeTargetGroupAttributesResponse describeTargetGroupAttributes(
      DescribeTargetGroupAttributesRequest request) {
    require(request.targetGroupArn());
    return DescribeTargetGroupAttributesResponse.builder()
        .attributes(
            TargetGroupAttribute.builder()
                .key("deregistration_delay.timeout_seconds")
                .value("30")
                .build())
        .build();
  }

  private Map<TargetGroups.Address, Instant> require(String arn) {
    if (!groups.containsKey(arn)) {
      throw AwsError.of("TargetGroupNotFound", "One or more target groups not found");
    }
    return registered.get(arn);
  }
}
