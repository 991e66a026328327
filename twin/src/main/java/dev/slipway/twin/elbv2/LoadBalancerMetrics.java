package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.LbNode;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Metric;
import dev.slipway.twin.world.MetricSink;
import dev.slipway.twin.world.MetricSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/**
 * The metrics of load balancers. Source: ELB user guide, load-balancer-cloudwatch-metrics: hosts
 * are counted while targets are registered, everything else is reported when there is something to
 * count; each count is a number of ones, so that only the sum says something.
 */
@Differs(
    value = "load balancers publish the metrics of requests, answers and hosts, not by zone",
    because = "connections, bytes and capacity units are not what a deployment is judged by")
final class LoadBalancerMetrics implements MetricSource {

  private static final String NAMESPACE = "AWS/ApplicationELB";

  /** The errors that have a metric of their own. */
  private static final Set<Integer> OWN_METRIC = Set.of(500, 502, 503, 504);

  private final Store store;
  private final DataPlane dataPlane;

  LoadBalancerMetrics(Store store, DataPlane dataPlane) {
    this.store = store;
    this.dataPlane = dataPlane;
  }

  @Override
  public void measure(MetricSink sink) {
    for (LoadBalancer lb : store.loadBalancers().all()) {
      store.groupsOfLoadBalancer(lb.loadBalancerArn()).forEach(group -> hosts(sink, lb, group));
    }
    for (Traffic traffic : dataPlane.takeTraffic()) {
      own(sink, traffic);
      traffic
          .groups()
          .forEach((group, counts) -> {
            targets(sink, ofBalancer(traffic.loadBalancerArn()), counts);
            targets(sink, ofGroup(traffic.loadBalancerArn(), group), counts);
          });
    }
  }

  /** Each node reports what it found itself. */
  private void hosts(MetricSink sink, LoadBalancer lb, String group) {
    List<RegisteredTarget> targets =
        store.targetsOf(group).stream()
            .filter(target -> !target.draining() && Zones.enabled(lb, target))
            .toList();
    if (targets.isEmpty()) {
      return;
    }
    Map<String, String> dimensions = ofGroup(lb.loadBalancerArn(), group);
    for (LbNode node : store.nodesOf(lb.loadBalancerArn())) {
      long healthy = inState(targets, node, NodeHealth.State.HEALTHY);
      long unhealthy = inState(targets, node, NodeHealth.State.UNHEALTHY);
      sink.record(count("HealthyHostCount", dimensions), healthy, 1);
      sink.record(count("UnHealthyHostCount", dimensions), unhealthy, 1);
    }
  }

  private static long inState(List<RegisteredTarget> targets, LbNode node, NodeHealth.State state) {
    return targets.stream()
        .filter(target -> target.healthAt(node.interfaceId()).state() == state)
        .count();
  }

  private static void own(MetricSink sink, Traffic traffic) {
    Map<String, String> dimensions = ofBalancer(traffic.loadBalancerArn());
    traffic
        .ownStatuses()
        .forEach((status, times) -> {
          sink.record(count("HTTPCode_ELB_" + status / 100 + "XX_Count", dimensions), 1, times);
          if (OWN_METRIC.contains(status)) {
            sink.record(count("HTTPCode_ELB_" + status + "_Count", dimensions), 1, times);
          }
        });
  }

  private static void targets(
      MetricSink sink, Map<String, String> dimensions, Traffic.Group counts) {
    if (counts.requests() > 0) {
      sink.record(count("RequestCount", dimensions), 1, counts.requests());
    }
    counts
        .statuses()
        .forEach((status, times) ->
            sink.record(
                count("HTTPCode_Target_" + status / 100 + "XX_Count", dimensions), 1, times));
    Metric time = new Metric(NAMESPACE, "TargetResponseTime", dimensions, "Seconds");
    counts.responseSeconds().forEach((seconds, times) -> sink.record(time, seconds, times));
  }

  private static Metric count(String name, Map<String, String> dimensions) {
    return new Metric(NAMESPACE, name, dimensions, "Count");
  }

  private static Map<String, String> ofBalancer(String arn) {
    return Map.of("LoadBalancer", arn.substring(arn.indexOf('/') + 1));
  }

  private static Map<String, String> ofGroup(String loadBalancerArn, String groupArn) {
    return Map.of(
        "LoadBalancer",
        ofBalancer(loadBalancerArn).get("LoadBalancer"),
        "TargetGroup",
        groupArn.substring(groupArn.lastIndexOf(':') + 1));
  }
}
