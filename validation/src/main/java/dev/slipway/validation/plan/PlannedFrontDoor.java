package dev.slipway.validation.plan;

import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.plan.Planned.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Load balancers, listeners and target groups as the plan will have them. */
final class PlannedFrontDoor {

  static final String[] GROUPS = {"aws_lb_target_group", "aws_alb_target_group"};
  private static final String[] BALANCERS = {"aws_lb", "aws_alb"};
  private static final String[] LISTENERS = {"aws_lb_listener", "aws_alb_listener"};
  private static final String[] RULES = {"aws_lb_listener_rule", "aws_alb_listener_rule"};

  private static final String ACTION = PlannedServices.WAY_IN;

  private final Reading reading;

  /** The load balancers whose listeners or rules forward to a target group, by its ARN. */
  private final Map<String, Set<String>> attached = new LinkedHashMap<>();

  PlannedFrontDoor(Reading reading) {
    this.reading = reading;
  }

  FrontDoor frontDoor() {
    List<LoadBalancer> balancers = new ArrayList<>();
    reading.plan().all(BALANCERS).forEach(b -> balancers.add(balancer(b)));
    for (String type : BALANCERS) {
      reading.plan().answers(type).stream()
          .filter(a -> !a.text("arn").isEmpty())
          .forEach(a -> balancers.add(balancer(a)));
    }
    List<Listener> listeners = new ArrayList<>();
    Map<String, String> owners = new LinkedHashMap<>();
    for (Planned planned : reading.plan().all(LISTENERS)) {
      String balancer = arn(planned, "load_balancer_arn", BALANCERS);
      owners.put(reading.arn(planned), balancer);
      forwards(planned, "default_action", balancer);
      listeners.add(
          Listener.builder()
              .listenerArn(reading.arn(planned))
              .loadBalancerArn(balancer)
              .port(planned.number("port").orElse(null))
              .protocol(planned.text("protocol", "HTTP"))
              .build());
    }
    for (Planned planned : reading.plan().all(RULES)) {
      String listener = arn(planned, "listener_arn", LISTENERS);
      forwards(planned, "action", owners.getOrDefault(listener, balancerOf(listener)));
    }
    return new FrontDoor(
        reading.plan().all(GROUPS).stream().map(this::group).toList(),
        Map.of(),
        balancers,
        listeners,
        Map.of());
  }

  private String arn(Planned from, String attribute, String... types) {
    String known = from.text(attribute);
    return known.isEmpty()
        ? reading.resolve(from, List.of(attribute), types).one().map(reading::arn).orElse("")
        : known;
  }

  /** Source: ELB, ARNs: {@code listener/app/<name>/<balancer>/<listener>}. */
  private static String balancerOf(String listener) {
    int end = listener.lastIndexOf('/');
    return listener.contains(":listener/")
        ? listener.substring(0, end).replace(":listener/", ":loadbalancer/")
        : listener;
  }

  /** Notes which groups the actions of a listener or rule forward to; in doubt, all it may. */
  private void forwards(Planned planned, String name, String balancer) {
    Set<String> groups = new LinkedHashSet<>();
    for (Block action : planned.blocks(name)) {
      add(planned, List.of(name, "target_group_arn"), action, "target_group_arn", groups);
      for (Block forward : action.blocks("forward")) {
        for (Block target : forward.blocks("target_group")) {
          add(planned, List.of(name, "forward", "target_group", "arn"), target, "arn", groups);
        }
      }
    }
    groups.forEach(g -> attached.computeIfAbsent(g, _ -> new LinkedHashSet<>()).add(balancer));
  }

  private void add(
      Planned planned, List<String> path, Block block, String attribute, Set<String> into) {
    if (!block.text(attribute).isEmpty()) {
      into.add(block.text(attribute));
    } else if (block.unknown(attribute)) {
      Resolved resolved = reading.resolve(planned, path, GROUPS);
      resolved.candidates().stream().map(reading::arn).forEach(into::add);
      if (resolved.candidates().isEmpty()) {
        reading.unknown(
            "elasticloadbalancing:DescribeListeners", planned.address() + ": target_group_arn");
      }
    }
  }

  private LoadBalancer balancer(Planned planned) {
    Set<String> subnets =
        new LinkedHashSet<>(reading.list(ACTION, planned, "subnets", PlannedNetwork.SUBNETS));
    for (Block mapping : planned.blocks("subnet_mapping")) {
      subnets.addAll(
          reading.list(
              ACTION, planned, "subnet_mapping", mapping, "subnet_id", PlannedNetwork.SUBNETS));
    }
    if (subnets.isEmpty() && !planned.data()) {
      reading.unknown(ACTION, planned.address() + ": subnets");
    }
    boolean given =
        reading.references().written(planned, "security_groups")
            || !planned.texts("security_groups").isEmpty();
    Set<String> groups =
        given ? reading.list(ACTION, planned, "security_groups", PlannedGroups.GROUPS) : Set.of();
    String type = planned.text("load_balancer_type", "application");
    return LoadBalancer.builder()
        .loadBalancerArn(reading.arn(planned))
        .loadBalancerName(planned.text("name", planned.address()))
        .type(LoadBalancerTypeEnum.fromValue(type))
        .scheme(planned.flag("internal", false) ? "internal" : "internet-facing")
        .securityGroups(groups)
        .availabilityZones(
            subnets.stream().map(s -> AvailabilityZone.builder().subnetId(s).build()).toList())
        .build();
  }

  /** Source: Terraform AWS provider, aws_lb_target_group: what is meant when nothing is given. */
  private TargetGroup group(Planned planned) {
    TargetGroup.Builder group =
        TargetGroup.builder()
            .targetGroupArn(reading.arn(planned))
            .targetGroupName(planned.text("name", planned.address()))
            .targetType(planned.text("target_type", "instance"))
            .protocol(planned.text("protocol", "HTTP"))
            .port(planned.number("port").orElse(null))
            .vpcId(reading.reference(planned, "vpc_id", "aws_vpc", "aws_default_vpc"))
            .loadBalancerArns(attached.getOrDefault(reading.arn(planned), Set.of()));
    Optional<Block> health = planned.blocks("health_check").stream().findFirst();
    health.ifPresent(h -> {
      group.healthCheckPort(h.text("port"));
      group.healthCheckPath(h.text("path"));
      group.healthCheckIntervalSeconds(h.number("interval").orElse(null));
      group.healthCheckTimeoutSeconds(h.number("timeout").orElse(null));
      group.unhealthyThresholdCount(h.number("unhealthy_threshold").orElse(null));
    });
    return group.build();
  }
}
