package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.Tags;
import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupIpAddressTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Target groups. Source: ELBv2 API reference. */
final class TargetGroups {

  private static final Set<String> CREATE =
      Set.of(
          "Name",
          "Protocol",
          "ProtocolVersion",
          "Port",
          "VpcId",
          "HealthCheckProtocol",
          "HealthCheckPort",
          "HealthCheckEnabled",
          "HealthCheckPath",
          "HealthCheckIntervalSeconds",
          "HealthCheckTimeoutSeconds",
          "HealthyThresholdCount",
          "UnhealthyThresholdCount",
          "Matcher",
          "TargetType",
          "Tags",
          "IpAddressType");

  private final Store store;
  private final Paths paths;

  TargetGroups(Store store, Paths paths) {
    this.store = store;
    this.paths = paths;
  }

  /** CreateTargetGroup. */
  public CreateTargetGroupResponse createTargetGroup(CreateTargetGroupRequest request) {
    check(request);
    TargetGroup wanted = wanted(request);
    HealthCheckSettings.check(wanted);
    List<TargetGroup> sameName =
        store.targetGroups().where(group -> group.targetGroupName().equals(request.name()));
    if (!sameName.isEmpty()) {
      return answer(identical(sameName.getFirst(), wanted, request.tags()));
    }
    String arn =
        store
            .world()
            .arn(
                "elasticloadbalancing",
                "targetgroup/" + request.name() + "/" + store.world().ids().hex(16));
    TargetGroup group = wanted.toBuilder().targetGroupArn(arn).build();
    store.targetGroups().put(arn, group);
    store.putTags(arn, request.tags());
    return answer(group);
  }

  private static CreateTargetGroupResponse answer(TargetGroup group) {
    return CreateTargetGroupResponse.builder().targetGroups(group).build();
  }

  private void check(CreateTargetGroupRequest request) {
    Refusal.unlessOnly(request, CREATE);
    Names.check("Target group", request.name());
    TargetTypeEnum type = request.targetType();
    if (type != null && type != TargetTypeEnum.IP && type != TargetTypeEnum.INSTANCE) {
      throw Refusal.unsupported("the target type " + request.targetTypeAsString());
    }
    if (request.protocol() == null) {
      throw Refusal.validation("A protocol must be specified");
    }
    if (request.protocol() != ProtocolEnum.HTTP && request.protocol() != ProtocolEnum.HTTPS) {
      throw Refusal.unsupported("the target group protocol " + request.protocolAsString());
    }
    if (request.protocolVersion() != null && !request.protocolVersion().equals("HTTP1")) {
      throw Refusal.unsupported("the protocol version " + request.protocolVersion());
    }
    if (request.ipAddressType() != null
        && request.ipAddressType() != TargetGroupIpAddressTypeEnum.IPV4) {
      throw Refusal.unsupported("the IP address type " + request.ipAddressTypeAsString());
    }
    if (request.port() == null) {
      throw Refusal.validation("A port must be specified");
    }
    Refusal.outside("port", request.port(), 1, 65_535);
    if (request.vpcId() == null) {
      throw Refusal.validation("A VPC ID must be specified");
    }
    if (paths.network().vpcs().stream().noneMatch(vpc -> vpc.vpcId().equals(request.vpcId()))) {
      throw Refusal.validation("The VPC ID '" + request.vpcId() + "' is not found");
    }
  }

  private static TargetGroup wanted(CreateTargetGroupRequest request) {
    TargetGroup.Builder group =
        HealthCheckSettings.defaults(TargetGroup.builder())
            .targetGroupName(request.name())
            .protocol(request.protocol())
            .protocolVersion("HTTP1")
            .port(request.port())
            .vpcId(request.vpcId())
            .targetType(
                request.targetType() == null ? TargetTypeEnum.INSTANCE : request.targetType())
            .ipAddressType(TargetGroupIpAddressTypeEnum.IPV4);
    return changed(
        group.build(),
        ModifyTargetGroupRequest.builder()
            .healthCheckEnabled(request.healthCheckEnabled())
            .healthCheckProtocol(request.healthCheckProtocol())
            .healthCheckPort(request.healthCheckPort())
            .healthCheckPath(request.healthCheckPath())
            .healthCheckIntervalSeconds(request.healthCheckIntervalSeconds())
            .healthCheckTimeoutSeconds(request.healthCheckTimeoutSeconds())
            .healthyThresholdCount(request.healthyThresholdCount())
            .unhealthyThresholdCount(request.unhealthyThresholdCount())
            .matcher(request.matcher())
            .build());
  }

  private TargetGroup identical(TargetGroup group, TargetGroup wanted, List<Tag> tags) {
    boolean same =
        wanted.toBuilder().targetGroupArn(group.targetGroupArn()).build().equals(group)
            && store
                .tags()
                .find(group.targetGroupArn())
                .map(Tags::tags)
                .orElse(List.of())
                .equals(tags);
    if (!same) {
      throw AwsError.of(
          "DuplicateTargetGroupName",
          "A target group with the same name '"
              + group.targetGroupName()
              + "' exists, but with different settings");
    }
    return shown(group);
  }

  /** DescribeTargetGroups. */
  public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest request) {
    request.targetGroupArns().forEach(store::targetGroup);
    Set<String> ofLoadBalancer =
        request.loadBalancerArn() == null
            ? Set.of()
            : store.groupsOfLoadBalancer(
                store.loadBalancer(request.loadBalancerArn()).loadBalancerArn());
    List<TargetGroup> found =
        store
            .targetGroups()
            .where(group ->
                (!request.hasTargetGroupArns()
                        || request.targetGroupArns().contains(group.targetGroupArn()))
                    && (!request.hasNames() || request.names().contains(group.targetGroupName()))
                    && (request.loadBalancerArn() == null
                        || ofLoadBalancer.contains(group.targetGroupArn())));
    for (String name : request.names()) {
      if (found.stream().noneMatch(group -> group.targetGroupName().equals(name))) {
        throw Refusal.noTargetGroup();
      }
    }
    Page<TargetGroup> page = Page.of(found, request.marker(), request.pageSize());
    return DescribeTargetGroupsResponse.builder()
        .targetGroups(page.items().stream().map(this::shown).toList())
        .nextMarker(page.nextMarker())
        .build();
  }

  /** A target group with the load balancer that uses it. */
  private TargetGroup shown(TargetGroup group) {
    return group.toBuilder()
        .loadBalancerArns(store.loadBalancerOf(group.targetGroupArn()).stream().toList())
        .build();
  }

  /** ModifyTargetGroup. */
  public ModifyTargetGroupResponse modifyTargetGroup(ModifyTargetGroupRequest request) {
    TargetGroup before = store.targetGroup(request.targetGroupArn());
    TargetGroup after = changed(before, request);
    HealthCheckSettings.check(after);
    store.targetGroups().put(after.targetGroupArn(), after);
    return ModifyTargetGroupResponse.builder().targetGroups(shown(after)).build();
  }

  private static TargetGroup changed(TargetGroup before, ModifyTargetGroupRequest request) {
    Matcher matcher = request.matcher();
    if (matcher != null && matcher.httpCode() == null && matcher.grpcCode() == null) {
      matcher = null;
    }
    TargetGroup.Builder group = before.toBuilder();
    return group
        .healthCheckEnabled(or(request.healthCheckEnabled(), before.healthCheckEnabled()))
        .healthCheckProtocol(or(request.healthCheckProtocol(), before.healthCheckProtocol()))
        .healthCheckPort(or(request.healthCheckPort(), before.healthCheckPort()))
        .healthCheckPath(or(request.healthCheckPath(), before.healthCheckPath()))
        .healthCheckIntervalSeconds(
            or(request.healthCheckIntervalSeconds(), before.healthCheckIntervalSeconds()))
        .healthCheckTimeoutSeconds(
            or(request.healthCheckTimeoutSeconds(), before.healthCheckTimeoutSeconds()))
        .healthyThresholdCount(or(request.healthyThresholdCount(), before.healthyThresholdCount()))
        .unhealthyThresholdCount(
            or(request.unhealthyThresholdCount(), before.unhealthyThresholdCount()))
        .matcher(or(matcher, before.matcher()))
        .build();
  }

  private static <T> T or(T wanted, T before) {
    return wanted == null ? before : wanted;
  }

  /** DeleteTargetGroup; deleting what is gone succeeds. */
  public DeleteTargetGroupResponse deleteTargetGroup(DeleteTargetGroupRequest request) {
    String arn = request.targetGroupArn();
    if (store.loadBalancerOf(arn).isPresent()) {
      throw AwsError.of(
          "ResourceInUse",
          "Target group '" + arn + "' is currently in use by a listener or a rule");
    }
    store.targetsOf(arn).forEach(target -> store.targets().remove(target.key()));
    store.targetGroups().remove(arn);
    store.forget(arn);
    return DeleteTargetGroupResponse.builder().build();
  }
}
