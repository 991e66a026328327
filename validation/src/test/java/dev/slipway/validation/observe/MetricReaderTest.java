package dev.slipway.validation.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;

class MetricReaderTest {

  private static final Instant NOW = Sample.NOW;

  private final List<GetMetricDataRequest> asked = new ArrayList<>();
  private final List<GetMetricDataResponse> pages = new ArrayList<>();
  private CloudWatchException refusal;
  private final Sample sample = new Sample();
  private final Ask ask = new Ask();

  /** CloudWatch as it would answer. */
  private final class Watch implements CloudWatchClient {
    @Override
    public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
      asked.add(request);
      if (refusal != null) {
        throw refusal;
      }
      return pages.isEmpty() ? GetMetricDataResponse.builder().build() : pages.removeFirst();
    }

    @Override
    public String serviceName() {
      return "monitoring";
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private Metrics metrics() {
    sample.service(s -> s.clusterArn("arn:aws:ecs:eu-central-1:123456789012:cluster/staging"));
    sample.balancer =
        sample.balancer.toBuilder()
            .availabilityZones(z -> z.zoneName("zone-a"), z -> z.zoneName("zone-b"))
            .build();
    return read(sample);
  }

  private Metrics read(Sample from) {
    Aws aws =
        (Aws)
            Proxy.newProxyInstance(
                Aws.class.getClassLoader(),
                new Class<?>[] {Aws.class},
                (_, method, _) -> {
                  if (method.getName().equals("cloudWatch")) {
                    return new Watch();
                  }
                  throw new UnsupportedOperationException(method.getName());
                });
    Snapshot snapshot = from.snapshot();
    return new MetricReader(aws).metrics(ask, snapshot.rollout(), snapshot.frontDoor(), NOW);
  }

  private static GetMetricDataResponse page(String id, String next, Map<Instant, Double> values) {
    TreeMap<Instant, Double> sorted = new TreeMap<>(values);
    return GetMetricDataResponse.builder()
        .nextToken(next)
        .metricDataResults(r -> r.id(id).timestamps(sorted.keySet()).values(sorted.values()))
        .build();
  }

  private Map<String, String> dimensions(String id) {
    Map<String, String> all = new TreeMap<>();
    MetricDataQuery query =
        asked.getFirst().metricDataQueries().stream()
            .filter(q -> q.id().equals(id))
            .findFirst()
            .orElseThrow();
    for (Dimension each : query.metricStat().metric().dimensions()) {
      all.put(each.name(), each.value());
    }
    return all;
  }

  @Test
  void namesTheBalancerTheGroupTheZonesAndTheServiceAsCloudWatchDoes() {
    metrics();
    assertThat(dimensions("requests"))
        .containsExactlyEntriesOf(Map.of("LoadBalancer", after(Sample.BALANCER, "loadbalancer/")));
    assertThat(dimensions("target5xx"))
        .containsEntry("TargetGroup", "targetgroup/" + after(Sample.TARGET_GROUP, "targetgroup/"));
    assertThat(dimensions("healthy1")).containsEntry("AvailabilityZone", "zone-b");
    assertThat(dimensions("memory"))
        .containsEntry("ClusterName", "staging")
        .containsEntry("ServiceName", "orders");
  }

  private static String after(String arn, String kind) {
    return arn.substring(arn.indexOf(kind) + kind.length());
  }

  @Test
  void putsTogetherWhatComesInPages() {
    Instant first = NOW.minusSeconds(120);
    Instant second = NOW.minusSeconds(60);
    pages.add(page("healthy0", "more", Map.of(first, 1.0)));
    pages.add(page("healthy0", null, Map.of(second, 0.0)));
    Metrics metrics = metrics();
    assertThat(asked).hasSize(2);
    assertThat(metrics.healthy().get("zone-a"))
        .containsExactlyEntriesOf(new TreeMap<>(Map.of(first, 1.0, second, 0.0)));
    assertThat(metrics.healthy().get("zone-b")).isEmpty();
  }

  @Test
  void tellsTheMostMemoryThatWasUsed() {
    pages.add(page("memory", null, Map.of(NOW.minusSeconds(60), 41.5, NOW, 40.0)));
    assertThat(metrics().memory()).hasValue(41.5);
  }

  @Test
  void tellsNoMemoryWhereNobodyHasMeasuredIt() {
    assertThat(metrics().memory()).isEmpty();
  }

  @Test
  void asksSinceTheDeploymentBeganInWholeMinutes() {
    Instant begun = NOW.minus(Duration.ofMinutes(7)).plusSeconds(13);
    sample.service(s ->
        s.deployments(
            sample.service.deployments().getFirst().toBuilder().createdAt(begun).build()));
    metrics();
    Instant start = asked.getFirst().startTime();
    assertThat(start).isBeforeOrEqualTo(begun).isAfter(begun.minusSeconds(60));
    assertThat(start.getEpochSecond() % 60).isZero();
    assertThat(asked.getFirst().endTime()).isAfter(NOW);
  }

  @Test
  void doesNotAskOfAServiceWithoutALoadBalancer() {
    Snapshot snapshot = sample.snapshot();
    MetricReader reader = new MetricReader(null);
    assertThat(reader.metrics(ask, snapshot.rollout(), FrontDoor.NONE, NOW))
        .isEqualTo(Metrics.NONE);
    assertThat(asked).isEmpty();
  }

  @Test
  void namesThePermissionThatIsMissing() {
    refusal =
        (CloudWatchException)
            CloudWatchException.builder()
                .statusCode(403)
                .message("denied")
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .errorCode("AccessDenied")
                        .errorMessage("denied")
                        .build())
                .build();
    assertThat(metrics()).isEqualTo(Metrics.NONE);
    assertThat(ask.gaps().get("cloudwatch:GetMetricData").trouble()).isEqualTo(Trouble.DENIED);
  }
}
