package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Values;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/** {@code aws_lb_target_group}. */
final class LbTargetGroupResource implements ResourceHandler {

  private static final String DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds";
  private static final String ALGORITHM = "load_balancing.algorithm.type";
  private static final String MITIGATION = "load_balancing.algorithm.anomaly_mitigation";
  private static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";
  private static final String SLOW_START = "slow_start.duration_seconds";
  private static final String STICKY = "stickiness.";

  @Override
  public String type() {
    return "aws_lb_target_group";
  }

  @Override
  public String label() {
    return "ELBv2 Target Group";
  }

  @Override
  public Traits traits() {
    return new Traits().ignoringCase("health_check.protocol");
  }

  @Override
  public void create(Context context, Attributes planned) {
    String name = planned.text("name", planned.text("name_prefix", "tf-") + context.uniqueSuffix());
    CreateTargetGroupRequest.Builder request =
        CreateTargetGroupRequest.builder()
            .name(name)
            .targetType(planned.text("target_type"))
            .port(planned.integer("port"))
            .protocol(planned.text("protocol"))
            .protocolVersion(planned.text("protocol_version"))
            .ipAddressType(planned.text("ip_address_type"))
            .vpcId(planned.text("vpc_id"))
            .tags(TagChanges.all(planned, ElbCalls::tag));
    planned
        .block("health_check")
        .ifPresent(check -> {
          request
              .healthCheckEnabled(check.flag("enabled"))
              .healthCheckIntervalSeconds(check.positive("interval"))
              .healthCheckPath(check.text("path"))
              .healthCheckPort(check.text("port"))
              .healthCheckProtocol(check.text("protocol"))
              .healthCheckTimeoutSeconds(check.positive("timeout"))
              .healthyThresholdCount(check.positive("healthy_threshold"))
              .unhealthyThresholdCount(check.positive("unhealthy_threshold"));
          if (check.has("matcher")) {
            request.matcher(matcher(planned, check));
          }
        });
    planned.set(
        "id",
        context
            .call(request.build(), CreateTargetGroupResponse.class)
            .targetGroups()
            .getFirst()
            .targetGroupArn());
    modify(context, planned, changes(new Attributes(), planned));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeTargetGroupsRequest request =
        DescribeTargetGroupsRequest.builder().targetGroupArns(state.id()).build();
    Optional<TargetGroup> found =
        context.findFirst(
            () -> context.call(request, DescribeTargetGroupsResponse.class).targetGroups());
    if (found.isEmpty()) {
      return false;
    }
    TargetGroup group = found.get();
    state
        .set("arn", group.targetGroupArn())
        .set("arn_suffix", ElbCalls.suffix(group.targetGroupArn()))
        .setText("ip_address_type", group.ipAddressTypeAsString())
        .setTexts("load_balancer_arns", group.loadBalancerArns())
        .set("name", group.targetGroupName())
        .set("name_prefix", Context.namePrefix(group.targetGroupName()))
        .set("port", group.port())
        .setText("protocol", group.protocolAsString())
        .setText("protocol_version", group.protocolVersion())
        .set("target_type", group.targetTypeAsString())
        .setText("vpc_id", group.vpcId())
        .setBlock("health_check", healthCheck(group));
    setAttributes(context, state);
    ElbCalls.setTags(context, state, group.targetGroupArn());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    Optional<Attributes> check = planned.block("health_check");
    if (check.isPresent() && planned.differs(prior, "health_check")) {
      modifyHealthCheck(context, planned, check.get());
    }
    modify(context, planned, changes(prior, planned));
    ElbCalls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    DeleteTargetGroupRequest request =
        DeleteTargetGroupRequest.builder().targetGroupArn(state.id()).build();
    context
        .waiter()
        .retry(
            Duration.ofMinutes(2),
            e -> e.is("ResourceInUse"),
            () -> context.call(request, DeleteTargetGroupResponse.class));
  }

  private static void modifyHealthCheck(Context context, Attributes planned, Attributes check) {
    ModifyTargetGroupRequest.Builder request =
        ModifyTargetGroupRequest.builder()
            .targetGroupArn(planned.id())
            .healthCheckEnabled(check.flag("enabled"))
            .healthCheckIntervalSeconds(check.positive("interval"))
            .healthCheckPath(check.text("path"))
            .healthCheckPort(check.text("port"))
            .healthCheckProtocol(check.text("protocol"))
            .healthCheckTimeoutSeconds(check.positive("timeout"))
            .healthyThresholdCount(check.positive("healthy_threshold"))
            .unhealthyThresholdCount(check.positive("unhealthy_threshold"));
    if (check.has("matcher")) {
      request.matcher(matcher(planned, check));
    }
    context.call(request.build(), ModifyTargetGroupResponse.class);
  }

  private static Matcher matcher(Attributes planned, Attributes check) {
    boolean grpc = "GRPC".equalsIgnoreCase(planned.text("protocol_version"));
    String codes = check.text("matcher");
    return grpc
        ? Matcher.builder().grpcCode(codes).build()
        : Matcher.builder().httpCode(codes).build();
  }

  private static Attributes healthCheck(TargetGroup group) {
    Matcher matcher = group.matcher();
    String codes =
        matcher == null ? "" : matcher.httpCode() != null ? matcher.httpCode() : matcher.grpcCode();
    return new Attributes()
        .set("enabled", group.healthCheckEnabled())
        .set("healthy_threshold", group.healthyThresholdCount())
        .set("interval", group.healthCheckIntervalSeconds())
        .setText("matcher", codes)
        .setText("path", group.healthCheckPath())
        .set("port", group.healthCheckPort())
        .set("protocol", group.healthCheckProtocolAsString())
        .set("timeout", group.healthCheckTimeoutSeconds())
        .set("unhealthy_threshold", group.unhealthyThresholdCount());
  }

  private static List<TargetGroupAttribute> changes(Attributes prior, Attributes planned) {
    Map<String, String> changes = new TreeMap<>();
    put(changes, prior, planned, "deregistration_delay", DEREGISTRATION_DELAY);
    put(changes, prior, planned, "load_balancing_algorithm_type", ALGORITHM);
    put(changes, prior, planned, "load_balancing_anomaly_mitigation", MITIGATION);
    put(changes, prior, planned, "load_balancing_cross_zone_enabled", CROSS_ZONE);
    if (planned.differs(prior, "slow_start")) {
      changes.put(SLOW_START, planned.integer("slow_start").toString());
    }
    if (planned.differs(prior, "stickiness")) {
      planned.block("stickiness").ifPresent(block -> stickiness(changes, block));
    }
    return changes.entrySet().stream()
        .map(e -> TargetGroupAttribute.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  private static void put(
      Map<String, String> changes, Attributes prior, Attributes planned, String name, String key) {
    if (planned.has(name) && planned.differs(prior, name)) {
      changes.put(key, planned.text(name));
    }
  }

  private static void stickiness(Map<String, String> changes, Attributes block) {
    changes.put(STICKY + "enabled", Boolean.toString(block.flag("enabled")));
    changes.put(STICKY + "type", block.text("type"));
    String type = block.text("type", "");
    if (type.equals("lb_cookie") || type.equals("app_cookie")) {
      changes.put(
          STICKY + type + ".duration_seconds", String.valueOf(block.integer("cookie_duration")));
    }
    if (type.equals("app_cookie")) {
      changes.put(STICKY + "app_cookie.cookie_name", block.text("cookie_name", ""));
    }
  }

  private static void modify(
      Context context, Attributes planned, List<TargetGroupAttribute> attributes) {
    if (!attributes.isEmpty()) {
      context.call(
          ModifyTargetGroupAttributesRequest.builder()
              .targetGroupArn(planned.id())
              .attributes(attributes)
              .build(),
          ModifyTargetGroupAttributesResponse.class);
    }
  }

  private static void setAttributes(Context context, Attributes state) {
    DescribeTargetGroupAttributesRequest request =
        DescribeTargetGroupAttributesRequest.builder().targetGroupArn(state.id()).build();
    Map<String, String> onAws = new HashMap<>();
    context
        .call(request, DescribeTargetGroupAttributesResponse.class)
        .attributes()
        .forEach(one -> onAws.put(one.key(), one.value()));
    String type = onAws.getOrDefault(STICKY + "type", "lb_cookie");
    String duration = onAws.getOrDefault(STICKY + type + ".duration_seconds", "0");
    state
        .set("deregistration_delay", onAws.get(DEREGISTRATION_DELAY))
        .setText("load_balancing_algorithm_type", onAws.get(ALGORITHM))
        .set("load_balancing_anomaly_mitigation", onAws.get(MITIGATION))
        .set(
            "load_balancing_cross_zone_enabled",
            onAws.getOrDefault(CROSS_ZONE, "use_load_balancer_configuration"))
        .set("slow_start", Integer.valueOf(onAws.getOrDefault(SLOW_START, "0")))
        .set("lambda_multi_value_headers_enabled", false)
        .set("proxy_protocol_v2", false)
        .setBlock(
            "stickiness",
            new Attributes()
                .set("enabled", Boolean.valueOf(onAws.get(STICKY + "enabled")))
                .set("type", type)
                .set("cookie_duration", Integer.valueOf(duration))
                .setText("cookie_name", onAws.get(STICKY + "app_cookie.cookie_name")))
        .setBlock(
            "target_failover",
            new Attributes().set("on_deregistration", Values.NULL).set("on_unhealthy", Values.NULL))
        .setBlock(
            "target_health_state",
            new Attributes().set("enable_unhealthy_connection_termination", Values.NULL));
  }
}
