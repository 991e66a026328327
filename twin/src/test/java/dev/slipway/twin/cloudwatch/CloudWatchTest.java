package dev.slipway.twin.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.Metric;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteDashboardsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.Tag;

class CloudWatchTest {

  private static final Metric HEALTHY =
      new Metric("AWS/ApplicationELB", "HealthyHostCount", Map.of("T", "t"), "Count");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T12:00:30Z"));
  private World world;
  private CloudWatch cloudWatch;

  @BeforeEach
  void register() {
    world = newWorld();
    cloudWatch = new CloudWatch(world);
    cloudWatch.register();
  }

  private World newWorld() {
    return new World("111122223333", "eu-west-1", clock, new Ids(new SplittableRandom(1)));
  }

  @Test
  void alarmFollowsItsMetric() {
    putAlarm(a -> a.tags(Tag.builder().key("k").value("v").build()));
    assertThat(alarm().stateValueAsString()).isEqualTo("INSUFFICIENT_DATA");
    assertThat(alarm().stateReason()).isEqualTo("Unchecked: Initial alarm creation");
    minutes(3, 2);
    assertThat(alarm().stateValueAsString()).isEqualTo("OK");
    Instant ok = alarm().stateTransitionedTimestamp();
    minutes(1, 1);
    assertThat(alarm().stateValueAsString()).isEqualTo("OK");
    minutes(1, 1);
    assertThat(alarm().stateValueAsString()).isEqualTo("ALARM");
    assertThat(alarm().stateReason()).startsWith("Threshold Crossed: 2 out of the last 2");
    assertThat(alarm().stateTransitionedTimestamp()).isAfter(ok);
    minutes(2, 2);
    assertThat(alarm().stateValueAsString()).isEqualTo("OK");
  }

  @Test
  void missingDataCountsAsTheAlarmSays() {
    putAlarm(a -> a.treatMissingData("breaching"));
    clock.advance(Duration.ofMinutes(3));
    assertThat(alarm().stateValueAsString()).isEqualTo("ALARM");
    assertThat(alarm().stateReason())
        .isEqualTo(
            "Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints"
                + " were treated as [Breaching].");
  }

  @Test
  void aStateThatWasSetByHandLastsUntilTheNextEvaluation() {
    putAlarm(a -> {});
    minutes(2, 2);
    world
        .operations()
        .invoke(
            SetAlarmStateRequest.builder()
                .alarmName("low")
                .stateValue("ALARM")
                .stateReason("drill")
                .build());
    assertThat(alarm().stateReason()).isEqualTo("drill");
    minutes(1, 2);
    assertThat(alarm().stateValueAsString()).isEqualTo("OK");
  }

  @Test
  void aNewSettingKeepsTheState() {
    putAlarm(a -> {});
    minutes(2, 2);
    putAlarm(a -> a.alarmDescription("changed"));
    assertThat(alarm().stateValueAsString()).isEqualTo("OK");
    assertThat(alarm().alarmDescription()).isEqualTo("changed");
  }

  @Test
  void aCopiedWorldGoesOnWatching() {
    putAlarm(a -> {});
    minutes(2, 2);
    World copy = newWorld();
    CloudWatch there = new CloudWatch(copy);
    there.register();
    copy.copyStateFrom(world);
    there.resume();
    for (int i = 0; i < 3; i++) {
      there.metrics().record(HEALTHY, clock.instant(), Sample.of(0));
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(alarm(copy).stateValueAsString()).isEqualTo("ALARM");
    assertThat(alarm().stateValueAsString()).isNotEqualTo("ALARM");
  }

  @Test
  void forgetsAnAlarmWithItsTags() {
    putAlarm(a -> a.tags(Tag.builder().key("k").value("v").build()));
    String arn = alarm().alarmArn();
    assertThat(arn).isEqualTo("arn:aws:cloudwatch:eu-west-1:111122223333:alarm:low");
    ListTagsForResourceRequest tags = ListTagsForResourceRequest.builder().resourceARN(arn).build();
    assertThat(world.operations().call(tags, ListTagsForResourceResponse.class).tags())
        .containsExactly(Tag.builder().key("k").value("v").build());
    world.operations().invoke(DeleteAlarmsRequest.builder().alarmNames("low").build());
    assertThat(describe().metricAlarms()).isEmpty();
    assertThatThrownBy(() -> world.operations().invoke(tags))
        .asInstanceOf(type(AwsError.class))
        .satisfies(error -> assertThat(error.status()).isEqualTo(404));
  }

  @Test
  void refusesAnAlarmThatLooksBackMoreThanADay() {
    assertThatThrownBy(() -> putAlarm(a -> a.period(3600).evaluationPeriods(25)))
        .hasMessageContaining("EvaluationPeriods * Period must be <= 86400");
    assertThatThrownBy(() -> putAlarm(a -> a.extendedStatistic("p95")))
        .asInstanceOf(type(AwsError.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo("InvalidParameterCombination"));
    assertThatThrownBy(() -> putAlarm(a -> a.metrics(q -> q.id("m"))))
        .hasMessageContaining("not supported by the twin");
  }

  @Test
  void answersWhatItWasToldByTheMinuteAndByLongerPeriods() {
    for (double value : new double[] {1, 2, 3, 100}) {
      put("App", d -> d.metricName("M").value(value).unit("Seconds"));
      clock.advance(Duration.ofSeconds(30));
    }
    GetMetricStatisticsResponse found =
        world
            .operations()
            .call(
                GetMetricStatisticsRequest.builder()
                    .namespace("App")
                    .metricName("M")
                    .startTime(Instant.parse("2026-01-01T12:00:00Z"))
                    .endTime(Instant.parse("2026-01-01T13:00:00Z"))
                    .period(300)
                    .statisticsWithStrings("Sum", "Average", "Maximum", "SampleCount")
                    .build(),
                GetMetricStatisticsResponse.class);
    assertThat(found.datapoints())
        .singleElement()
        .satisfies(point -> {
          assertThat(point.sum()).isEqualTo(106);
          assertThat(point.average()).isEqualTo(26.5);
          assertThat(point.maximum()).isEqualTo(100);
          assertThat(point.sampleCount()).isEqualTo(4);
        });
    MetricDataResult minutes = query("Sum", 60);
    assertThat(minutes.values()).containsExactly(100d, 5d, 1d);
    assertThat(query("p50", 300).values()).containsExactly(2d);
  }

  private MetricDataResult query(String stat, int period) {
    return world
        .operations()
        .call(
            GetMetricDataRequest.builder()
                .startTime(Instant.parse("2026-01-01T12:00:00Z"))
                .endTime(Instant.parse("2026-01-01T13:00:00Z"))
                .metricDataQueries(q ->
                    q.id("q")
                        .metricStat(s ->
                            s.stat(stat)
                                .period(period)
                                .metric(m -> m.namespace("App").metricName("M"))))
                .build(),
            GetMetricDataResponse.class)
        .metricDataResults()
        .getFirst();
  }

  @Test
  void listsMetricsByDimension() {
    put("App", d -> d.metricName("M").value(1d).dimensions(dimension("a")));
    put("App", d -> d.metricName("M").value(1d).dimensions(dimension("b")));
    put("Other", d -> d.metricName("M").value(1d));
    ListMetricsResponse found =
        world
            .operations()
            .call(
                ListMetricsRequest.builder().dimensions(d -> d.name("D").value("b")).build(),
                ListMetricsResponse.class);
    assertThat(found.metrics())
        .singleElement()
        .satisfies(metric -> assertThat(metric.dimensions()).containsExactly(dimension("b")));
  }

  @Test
  void keepsAboutADayOfAMetric() {
    cloudWatch.metrics().record(HEALTHY, clock.instant(), Sample.of(1));
    clock.advance(Duration.ofDays(2));
    cloudWatch.metrics().record(HEALTHY, clock.instant(), Sample.of(2));
    assertThat(world.<Series>table("cloudwatch.series").all().getFirst().minutes()).hasSize(1);
    assertThat(cloudWatch.metrics().latest(HEALTHY, "Maximum")).contains(2d);
  }

  @Test
  void refusesMetricsOfAwsFromOutside() {
    assertThatThrownBy(() -> put("AWS/ECS", d -> d.metricName("M").value(1d)))
        .hasMessageContaining("Namespace is invalid");
    assertThatThrownBy(() -> put("App", d -> d.metricName("M").value(Double.NaN)))
        .hasMessageContaining("finite");
  }

  @Test
  void namesEveryUnitThatIsNone() {
    assertThatThrownBy(() -> put("App", d -> d.metricName("M").value(1d).unit("count")))
        .hasMessageContaining(
            "The parameter MetricData.member.1.Unit must be a value in the set [ Seconds,"
                + " Microseconds, Milliseconds, Bytes, Kilobytes, Megabytes, Gigabytes, Terabytes,"
                + " Bits, Kilobits, Megabits, Gigabits, Terabits, Percent, Count, Bytes/Second,"
                + " Kilobytes/Second, Megabytes/Second, Gigabytes/Second, Terabytes/Second,"
                + " Bits/Second, Kilobits/Second, Megabits/Second, Gigabits/Second,"
                + " Terabits/Second, Count/Second, None ].");
  }

  @Test
  void keepsADashboardAsItWasGiven() {
    String body = "{ \"widgets\" : [] }";
    world
        .operations()
        .invoke(PutDashboardRequest.builder().dashboardName("d").dashboardBody(body).build());
    GetDashboardRequest get = GetDashboardRequest.builder().dashboardName("d").build();
    GetDashboardResponse found = world.operations().call(get, GetDashboardResponse.class);
    assertThat(found.dashboardBody()).isEqualTo(body);
    assertThat(found.dashboardArn()).isEqualTo("arn:aws:cloudwatch::111122223333:dashboard/d");
    world
        .operations()
        .call(
            DeleteDashboardsRequest.builder().dashboardNames("d").build(),
            DeleteDashboardsResponse.class);
    assertThatThrownBy(() -> world.operations().invoke(get))
        .asInstanceOf(type(AwsError.class))
        .satisfies(error -> assertThat(error.code()).isEqualTo("DashboardNotFoundError"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "\"x\"", "nonsense"})
  void refusesADashboardThatIsNoJsonObject(String body) {
    assertThatThrownBy(() ->
            world
                .operations()
                .invoke(
                    PutDashboardRequest.builder().dashboardName("d").dashboardBody(body).build()))
        .isInstanceOf(AwsError.class);
  }

  private void minutes(int count, double healthy) {
    for (int i = 0; i < count; i++) {
      cloudWatch.metrics().record(HEALTHY, clock.instant(), Sample.of(healthy));
      clock.advance(Duration.ofMinutes(1));
    }
  }

  private void putAlarm(Consumer<PutMetricAlarmRequest.Builder> change) {
    PutMetricAlarmRequest.Builder request =
        PutMetricAlarmRequest.builder()
            .alarmName("low")
            .namespace(HEALTHY.namespace())
            .metricName(HEALTHY.name())
            .dimensions(Dimensions.list(HEALTHY.dimensions()))
            .statistic("Minimum")
            .comparisonOperator("LessThanThreshold")
            .threshold(2d)
            .period(60)
            .evaluationPeriods(2);
    change.accept(request);
    world.operations().invoke(request.build());
  }

  private void put(String namespace, Consumer<MetricDatum.Builder> datum) {
    world
        .operations()
        .invoke(
            PutMetricDataRequest.builder()
                .namespace(namespace)
                .metricData(List.of(datum(datum)))
                .build());
  }

  private static MetricDatum datum(Consumer<MetricDatum.Builder> change) {
    var builder = MetricDatum.builder();
    change.accept(builder);
    return builder.build();
  }

  private static Dimension dimension(String value) {
    return Dimension.builder().name("D").value(value).build();
  }

  private MetricAlarm alarm() {
    return alarm(world);
  }

  private static MetricAlarm alarm(World world) {
    return world
        .operations()
        .call(DescribeAlarmsRequest.builder().build(), DescribeAlarmsResponse.class)
        .metricAlarms()
        .getFirst();
  }

  private DescribeAlarmsResponse describe() {
    return world
        .operations()
        .call(DescribeAlarmsRequest.builder().build(), DescribeAlarmsResponse.class);
  }
}
