package dev.slipway.validation.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** Reads {@link Metrics} by one GetMetricData call. */
final class MetricReader {

  private static final String ELB = "AWS/ApplicationELB";
  private static final int PERIOD = 60;

  /** Of an older deployment only so much is looked at. */
  private static final Duration PAST = Duration.ofHours(3);

  private final Aws aws;

  MetricReader(Aws aws) {
    this.aws = aws;
  }

  Metrics metrics(Ask ask, Rollout rollout, FrontDoor front, Instant now) {
    if (front.loadBalancers().isEmpty() || front.targetGroups().isEmpty()) {
      return Metrics.NONE;
    }
    return ask.optional("cloudwatch:GetMetricData", Metrics.NONE, () -> read(rollout, front, now));
  }

  private Metrics read(Rollout rollout, FrontDoor front, Instant now) {
    Instant begun =
        rollout
            .primary()
            .map(p -> p.createdAt())
            .filter(i -> i.isAfter(now.minus(PAST)))
            .orElse(now.minus(PAST))
            .truncatedTo(ChronoUnit.MINUTES);
    Map<String, SortedMap<Instant, Double>> series = new HashMap<>();
    aws.cloudWatch()
        .getMetricDataPaginator(r ->
            r.startTime(begun)
                .endTime(now.plus(Duration.ofMinutes(1)))
                .metricDataQueries(queries(rollout, front)))
        .metricDataResults()
        .forEach(result -> add(series, result));
    Map<Integer, SortedMap<Instant, Double>> byBalancer = new HashMap<>();
    for (int status : new int[] {502, 503, 504}) {
      byBalancer.put(status, of(series, "elb" + status));
    }
    Map<String, SortedMap<Instant, Double>> healthy = new HashMap<>();
    List<String> zones = zones(front.loadBalancers().getFirst());
    for (int i = 0; i < zones.size(); i++) {
      healthy.put(zones.get(i), of(series, "healthy" + i));
    }
    return new Metrics(
        of(series, "requests"),
        Map.copyOf(byBalancer),
        of(series, "target5xx"),
        Map.copyOf(healthy),
        of(series, "memory").values().stream().mapToDouble(Double::doubleValue).max().stream()
            .mapToObj(OptionalDouble::of)
            .findFirst()
            .orElse(OptionalDouble.empty()));
  }

  private static SortedMap<Instant, Double> of(
      Map<String, SortedMap<Instant, Double>> series, String id) {
    return series.getOrDefault(id, new TreeMap<>());
  }

  /** An answer may come in pages, each with a part of the values. */
  private static void add(Map<String, SortedMap<Instant, Double>> series, MetricDataResult result) {
    SortedMap<Instant, Double> values = series.computeIfAbsent(result.id(), _ -> new TreeMap<>());
    for (int i = 0; i < result.timestamps().size() && i < result.values().size(); i++) {
      values.put(result.timestamps().get(i), result.values().get(i));
    }
  }

  /** Source: ELB user guide, CloudWatch metrics; ECS developer guide, CloudWatch metrics. */
  private static List<MetricDataQuery> queries(Rollout rollout, FrontDoor front) {
    LoadBalancer balancer = front.loadBalancers().getFirst();
    TargetGroup group = front.targetGroups().getFirst();
    Dimension ofBalancer =
        dimension("LoadBalancer", after(balancer.loadBalancerArn(), "loadbalancer/"));
    String arn = group.targetGroupArn();
    Dimension ofGroup = dimension("TargetGroup", arn.substring(arn.indexOf("targetgroup/")));
    List<MetricDataQuery> all = new ArrayList<>();
    all.add(query("requests", ELB, "RequestCount", "Sum", ofBalancer));
    for (int status : new int[] {502, 503, 504}) {
      all.add(query("elb" + status, ELB, "HTTPCode_ELB_" + status + "_Count", "Sum", ofBalancer));
    }
    all.add(query("target5xx", ELB, "HTTPCode_Target_5XX_Count", "Sum", ofBalancer, ofGroup));
    List<String> zones = zones(balancer);
    for (int i = 0; i < zones.size(); i++) {
      all.add(
          query(
              "healthy" + i,
              ELB,
              "HealthyHostCount",
              "Minimum",
              ofBalancer,
              ofGroup,
              dimension("AvailabilityZone", zones.get(i))));
    }
    all.add(
        query(
            "memory",
            "AWS/ECS",
            "MemoryUtilization",
            "Maximum",
            dimension("ClusterName", Arns.last(rollout.service().clusterArn())),
            dimension("ServiceName", rollout.service().serviceName())));
    return List.copyOf(all);
  }

  private static List<String> zones(LoadBalancer balancer) {
    return balancer.availabilityZones().stream()
        .map(z -> z.zoneName())
        .filter(z -> z != null)
        .toList();
  }

  private static String after(String arn, String kind) {
    return arn.substring(arn.indexOf(kind) + kind.length());
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private static MetricDataQuery query(
      String id, String namespace, String name, String statistic, Dimension... dimensions) {
    return MetricDataQuery.builder()
        .id(id)
        .metricStat(s ->
            s.period(PERIOD)
                .stat(statistic)
                .metric(m -> m.namespace(namespace).metricName(name).dimensions(dimensions)))
        .build();
  }
}
