package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.LbNode;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Metric;
import dev.slipway.twin.world.MetricSink;
import dev.slipway.twin.world.MetricSource;
import java.util.HashMap;
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
    value =
        "RejectedConnectionCount never comes: a load balancer takes as many clients as there are",
    because = "AWS gives no number, and adds capacity before it is met")
@Differs(
    value = "load balancers publish the metrics of requests, connections, answers and hosts",
    because = "bytes, rule evaluations and capacity units are not what a deployment is judged by")
final class LoadBalancerMetrics implements MetricSource {

  private static final String NAMESPACE = "AWS/ApplicationELB";

  /** The errors that have a metric of their own. */
  private static final Set<Integer> OWN_METRIC = Set.of(500, 502, 503, 504);

  private static final int FIRST_COUNTED = 200;
  private static final List<Traffic.Event> FAILURES =
      List.of(Traffic.Event.TARGET_CONNECTION_ERROR, Traffic.Event.TARGET_TLS_ERROR);

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
      traffic.groups().forEach(group -> group(sink, traffic.loadBalancerArn(), group));
    }
  }

  /** Each node reports what it found itself, for its zone and for the whole. */
  private void hosts(MetricSink sink, LoadBalancer lb, String group) {
    List<RegisteredTarget> targets =
        store.targetsOf(group).stream()
            .filter(target -> !target.draining() && Zones.serves(store, lb, target))
            .toList();
    if (targets.isEmpty()) {
      return;
    }
    Map<String, String> whole = ofGroup(lb.loadBalancerArn(), group);
    for (LbNode node : store.nodesOf(lb.loadBalancerArn())) {
      long healthy = inState(targets, node, NodeHealth.State.HEALTHY);
      long unhealthy = inState(targets, node, NodeHealth.State.UNHEALTHY);
      for (Map<String, String> dimensions : List.of(whole, inZone(whole, node.zone()))) {
        sink.record(count("HealthyHostCount", dimensions), healthy, 1);
        sink.record(count("UnHealthyHostCount", dimensions), unhealthy, 1);
      }
    }
  }

  private static long inState(List<RegisteredTarget> targets, LbNode node, NodeHealth.State state) {
    return targets.stream()
        .filter(target -> target.healthAt(node.interfaceId()).state() == state)
        .count();
  }

  private static void own(MetricSink sink, Traffic traffic) {
    Map<String, String> dimensions = ofBalancer(traffic.loadBalancerArn());
    if (traffic.activeConnections() > 0) {
      sink.record(count("ActiveConnectionCount", dimensions), traffic.activeConnections(), 1);
    }
    traffic
        .ownStatuses()
        .forEach((status, times) -> {
          sink.record(count("HTTPCode_ELB_" + status / 100 + "XX_Count", dimensions), 1, times);
          if (OWN_METRIC.contains(status)) {
            sink.record(count("HTTPCode_ELB_" + status + "_Count", dimensions), 1, times);
          }
        });
    traffic
        .events()
        .forEach((event, times) -> sink.record(count(name(event), dimensions), 1, times));
  }

  private static String name(Traffic.Event event) {
    return switch (event) {
      case REQUEST -> "RequestCount";
      case NEW_CONNECTION -> "NewConnectionCount";
      case REDIRECT -> "HTTP_Redirect_Count";
      case FIXED_RESPONSE -> "HTTP_Fixed_Response_Count";
      case CLIENT_TLS_ERROR -> "ClientTLSNegotiationErrorCount";
      case NON_COMPLIANT -> "DesyncMitigationMode_NonCompliant_Request_Count";
      case TARGET_CONNECTION_ERROR -> "TargetConnectionErrorCount";
      case TARGET_TLS_ERROR -> "TargetTLSNegotiationErrorCount";
    };
  }

  private void group(MetricSink sink, String loadBalancerArn, Traffic.Group counts) {
    Map<String, String> whole = ofBalancer(loadBalancerArn);
    Map<String, String> group = ofGroup(loadBalancerArn, counts.arn());
    targets(sink, whole, counts);
    targets(sink, inZone(whole, counts.zone()), counts);
    targets(sink, group, counts);
    targets(sink, inZone(group, counts.zone()), counts);
    long requests = counts.events().getOrDefault(Traffic.Event.REQUEST, 0L);
    if (requests > 0) {
      sink.record(count("RequestCount", group), 1, requests);
      sink.record(count("RequestCount", inZone(group, counts.zone())), 1, requests);
      sink.record(count("RequestCount", inZone(whole, counts.zone())), 1, requests);
      perTarget(sink, group, counts.arn(), requests);
    }
  }

  /** Source: as above; what target tracking of ALBRequestCountPerTarget looks at. */
  private void perTarget(MetricSink sink, Map<String, String> group, String arn, long requests) {
    long targets = store.targetsOf(arn).stream().filter(target -> !target.draining()).count();
    if (targets > 0) {
      double each = (double) requests / targets;
      sink.record(count("RequestCountPerTarget", group), each, 1);
      sink.record(
          count("RequestCountPerTarget", Map.of("TargetGroup", group.get("TargetGroup"))), each, 1);
    }
  }

  private static void targets(
      MetricSink sink, Map<String, String> dimensions, Traffic.Group counts) {
    counts
        .statuses()
        .forEach((status, times) -> {
          if (status >= FIRST_COUNTED) {
            sink.record(
                count("HTTPCode_Target_" + status / 100 + "XX_Count", dimensions), 1, times);
          }
        });
    for (Traffic.Event failure : FAILURES) {
      Long failed = counts.events().get(failure);
      if (failed != null) {
        sink.record(count(name(failure), dimensions), 1, failed);
      }
    }
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

  private static Map<String, String> inZone(Map<String, String> dimensions, String zone) {
    Map<String, String> more = new HashMap<>(dimensions);
    more.put("AvailabilityZone", zone);
    return more;
  }
}
