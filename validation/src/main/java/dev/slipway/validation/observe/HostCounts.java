package dev.slipway.validation.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/**
 * Asks CloudWatch how many hosts of many target groups are healthy: five hundred series a call,
 * where the load balancer must be asked group by group. Source: CloudWatch API reference,
 * GetMetricData.
 */
final class HostCounts {

  private static final int SERIES_PER_CALL = 500;
  private static final int SERIES_PER_GROUP = 2;
  private static final int PERIOD = 60;

  /** Metrics come up to a few minutes late. */
  private static final Duration BACK = Duration.ofMinutes(5);

  private final Aws aws;
  private final Batches batches;

  HostCounts(Aws aws, Batches batches) {
    this.aws = aws;
    this.batches = batches;
  }

  /** The newest counts by target group; a group without metrics has none. */
  Map<String, Bulk.HostCount> of(List<TargetGroup> groups) {
    List<TargetGroup> measured =
        groups.stream()
            .filter(g -> g.loadBalancerArns().stream().anyMatch(HostCounts::application))
            .toList();
    Instant now = aws.time().instant();
    Map<String, Bulk.HostCount> counts = new HashMap<>();
    batches
        .each(
            "cloudwatch:GetMetricData",
            measured,
            SERIES_PER_CALL / SERIES_PER_GROUP,
            some -> ask(some, now))
        .forEach(e -> counts.put(e.getKey(), e.getValue()));
    return counts;
  }

  private List<Map.Entry<String, Bulk.HostCount>> ask(List<TargetGroup> groups, Instant now) {
    List<MetricDataQuery> queries = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      queries.add(query("h" + i, "HealthyHostCount", "Minimum", groups.get(i)));
      queries.add(query("u" + i, "UnHealthyHostCount", "Maximum", groups.get(i)));
    }
    Map<String, Map<Instant, Double>> series = new HashMap<>();
    aws.cloudWatch()
        .getMetricDataPaginator(r ->
            r.startTime(now.minus(BACK))
                .endTime(now.plusSeconds(PERIOD))
                .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                .metricDataQueries(queries))
        .metricDataResults()
        .forEach(result ->
            series.computeIfAbsent(result.id(), _ -> new TreeMap<>()).putAll(points(result)));
    List<Map.Entry<String, Bulk.HostCount>> counts = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Map<Instant, Double> healthy = series.getOrDefault("h" + i, Map.of());
      Map<Instant, Double> unhealthy = series.getOrDefault("u" + i, Map.of());
      String arn = groups.get(i).targetGroupArn();
      healthy.keySet().stream()
          .filter(unhealthy::containsKey)
          .max(Instant::compareTo)
          .ifPresent(minute ->
              counts.add(
                  Map.entry(
                      arn,
                      new Bulk.HostCount(
                          healthy.get(minute).intValue(),
                          unhealthy.get(minute).intValue(),
                          minute))));
    }
    return counts;
  }

  private static Map<Instant, Double> points(MetricDataResult result) {
    Map<Instant, Double> points = new TreeMap<>();
    for (int i = 0; i < result.timestamps().size(); i++) {
      points.put(result.timestamps().get(i), result.values().get(i));
    }
    return points;
  }

  // The SDK's builders take generic varargs without @SafeVarargs.
  @SuppressWarnings("unchecked")
  private static MetricDataQuery query(String id, String metric, String stat, TargetGroup group) {
    String balancer =
        group.loadBalancerArns().stream().filter(HostCounts::application).findFirst().orElseThrow();
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(s ->
            s.stat(stat)
                .period(PERIOD)
                .metric(m ->
                    m.namespace("AWS/ApplicationELB")
                        .metricName(metric)
                        .dimensions(
                            d ->
                                d.name("TargetGroup")
                                    .value(after(group.targetGroupArn(), "targetgroup/", true)),
                            d ->
                                d.name("LoadBalancer")
                                    .value(after(balancer, "loadbalancer/", false)))))
        .build();
  }

  private static boolean application(String loadBalancerArn) {
    return loadBalancerArn.contains(":loadbalancer/app/");
  }

  private static String after(String arn, String mark, boolean withMark) {
    int at = arn.indexOf(":" + mark) + 1;
    return arn.substring(withMark ? at : at + mark.length());
  }
}
