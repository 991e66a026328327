package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Metric;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsForMetricResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DisableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsRequest;
import software.amazon.awssdk.services.cloudwatch.model.EnableAlarmActionsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateRequest;
import software.amazon.awssdk.services.cloudwatch.model.SetAlarmStateResponse;

/** Metric alarms. Source: CloudWatch API reference. */
final class AlarmApi {

  private static final Set<String> STATES =
      Set.of(AlarmVerdict.OK, AlarmVerdict.ALARM, AlarmVerdict.INSUFFICIENT);
  private static final int USUAL_PAGE = 50;

  private final World world;
  private final AlarmWatch watch;
  private final Tagging tagging;
  private final Table<MetricAlarm> alarms;

  AlarmApi(World world, AlarmWatch watch, Tagging tagging) {
    this.world = world;
    this.watch = watch;
    this.tagging = tagging;
    this.alarms = world.table(AlarmWatch.ALARMS);
  }

  /** PutMetricAlarm; replaces the settings of an alarm that exists and leaves its state. */
  public PutMetricAlarmResponse putMetricAlarm(PutMetricAlarmRequest request) {
    AlarmRules.check(request);
    Optional<MetricAlarm> before = alarms.find(request.alarmName());
    Instant now = world.now();
    MetricAlarm settings = settings(request, now);
    MetricAlarm.Builder alarm = settings.toBuilder();
    if (before.isPresent()) {
      alarm
          .stateValue(before.get().stateValueAsString())
          .stateReason(before.get().stateReason())
          .stateReasonData(before.get().stateReasonData())
          .stateUpdatedTimestamp(before.get().stateUpdatedTimestamp())
          .stateTransitionedTimestamp(before.get().stateTransitionedTimestamp());
    } else {
      alarm
          .stateValue(AlarmVerdict.INSUFFICIENT)
          .stateReason("Unchecked: Initial alarm creation")
          .stateUpdatedTimestamp(now)
          .stateTransitionedTimestamp(now);
      tagging.set(settings.alarmArn(), request.tags());
    }
    alarms.put(request.alarmName(), alarm.build());
    watch.arm();
    return PutMetricAlarmResponse.builder().build();
  }

  private MetricAlarm settings(PutMetricAlarmRequest request, Instant now) {
    return MetricAlarm.builder()
        .alarmName(request.alarmName())
        .alarmArn(arn(request.alarmName()))
        .alarmDescription(request.alarmDescription())
        .alarmConfigurationUpdatedTimestamp(now)
        .actionsEnabled(request.actionsEnabled() == null || request.actionsEnabled())
        .okActions(List.copyOf(request.okActions()))
        .alarmActions(List.copyOf(request.alarmActions()))
        .insufficientDataActions(List.copyOf(request.insufficientDataActions()))
        .metricName(request.metricName())
        .namespace(request.namespace())
        .statistic(request.statisticAsString())
        .extendedStatistic(request.extendedStatistic())
        .dimensions(List.copyOf(request.dimensions()))
        .period(request.period())
        .unit(request.unitAsString())
        .evaluationPeriods(request.evaluationPeriods())
        .datapointsToAlarm(request.datapointsToAlarm())
        .threshold(request.threshold())
        .comparisonOperator(request.comparisonOperatorAsString())
        .treatMissingData(request.treatMissingData())
        .evaluateLowSampleCountPercentile(request.evaluateLowSampleCountPercentile())
        .build();
  }

  /** DescribeAlarms, by name. */
  public DescribeAlarmsResponse describeAlarms(DescribeAlarmsRequest request) {
    if (request.childrenOfAlarmName() != null || request.parentsOfAlarmName() != null) {
      throw Refusals.unsupported("Composite alarms are");
    }
    List<String> types = request.alarmTypesAsStrings();
    boolean metricAlarms = types.isEmpty() || types.contains("MetricAlarm");
    List<MetricAlarm> found =
        sorted()
            .filter(alarm -> metricAlarms)
            .filter(alarm ->
                request.alarmNames().isEmpty() || request.alarmNames().contains(alarm.alarmName()))
            .filter(alarm ->
                request.alarmNamePrefix() == null
                    || alarm.alarmName().startsWith(request.alarmNamePrefix()))
            .filter(alarm ->
                request.stateValueAsString() == null
                    || request.stateValueAsString().equals(alarm.stateValueAsString()))
            .filter(alarm -> actionBegins(alarm, request.actionPrefix()))
            .toList();
    Page<MetricAlarm> page = page(found, request);
    return DescribeAlarmsResponse.builder()
        .metricAlarms(page.items())
        .compositeAlarms(List.<CompositeAlarm>of())
        .nextToken(page.nextToken())
        .build();
  }

  private static Page<MetricAlarm> page(List<MetricAlarm> found, DescribeAlarmsRequest request) {
    // Asked for by name, a hundred alarms come at once.
    int usual = request.alarmNames().isEmpty() ? USUAL_PAGE : 100;
    return Pages.of(found, request.nextToken(), request.maxRecords(), usual);
  }

  /** DescribeAlarmsForMetric. */
  public DescribeAlarmsForMetricResponse describeAlarmsForMetric(
      DescribeAlarmsForMetricRequest request) {
    Refusals.require(request.namespace(), "Namespace");
    Refusals.require(request.metricName(), "MetricName");
    Metric wanted =
        new Metric(
            request.namespace(),
            request.metricName(),
            Dimensions.map(request.dimensions()),
            "None");
    List<MetricAlarm> found =
        sorted()
            .filter(alarm ->
                wanted.isSameIgnoringUnit(
                    alarm.namespace(), alarm.metricName(), Dimensions.map(alarm.dimensions())))
            .filter(alarm -> isNullOr(request.statisticAsString(), alarm.statisticAsString()))
            .filter(alarm -> isNullOr(request.extendedStatistic(), alarm.extendedStatistic()))
            .filter(alarm -> isNullOr(request.unitAsString(), alarm.unitAsString()))
            .filter(alarm -> request.period() == null || request.period().equals(alarm.period()))
            .toList();
    return DescribeAlarmsForMetricResponse.builder().metricAlarms(found).build();
  }

  /** DeleteAlarms: all of them, or none when one does not exist. */
  public DeleteAlarmsResponse deleteAlarms(DeleteAlarmsRequest request) {
    request.alarmNames().forEach(this::find);
    for (String name : request.alarmNames()) {
      alarms.remove(name);
      tagging.forget(arn(name));
    }
    return DeleteAlarmsResponse.builder().build();
  }

  /** SetAlarmState; the next evaluation may change it again, as on AWS. */
  public SetAlarmStateResponse setAlarmState(SetAlarmStateRequest request) {
    MetricAlarm alarm = find(Refusals.require(request.alarmName(), "AlarmName"));
    String state = Refusals.require(request.stateValueAsString(), "StateValue");
    if (!STATES.contains(state)) {
      throw Refusals.value("StateValue must be one of OK, ALARM, INSUFFICIENT_DATA.");
    }
    watch.change(
        alarm,
        state,
        Refusals.require(request.stateReason(), "StateReason"),
        request.stateReasonData());
    watch.act(find(alarm.alarmName()));
    return SetAlarmStateResponse.builder().build();
  }

  /** EnableAlarmActions. */
  public EnableAlarmActionsResponse enableAlarmActions(EnableAlarmActionsRequest request) {
    setActions(request.alarmNames(), true);
    return EnableAlarmActionsResponse.builder().build();
  }

  /** DisableAlarmActions. */
  public DisableAlarmActionsResponse disableAlarmActions(DisableAlarmActionsRequest request) {
    setActions(request.alarmNames(), false);
    return DisableAlarmActionsResponse.builder().build();
  }

  private void setActions(List<String> names, boolean enabled) {
    names.forEach(
        name -> alarms.update(name, alarm -> alarm.toBuilder().actionsEnabled(enabled).build()));
  }

  private MetricAlarm find(String name) {
    return alarms
        .find(name)
        .orElseThrow(
            () -> new AwsError("ResourceNotFound", 404, "Alarm " + name + " does not exist"));
  }

  private Stream<MetricAlarm> sorted() {
    return alarms.all().stream().sorted(Comparator.comparing(MetricAlarm::alarmName));
  }

  private static boolean actionBegins(MetricAlarm alarm, String prefix) {
    return prefix == null
        || Stream.of(alarm.alarmActions(), alarm.okActions(), alarm.insufficientDataActions())
            .flatMap(List::stream)
            .anyMatch(action -> action.startsWith(prefix));
  }

  private static boolean isNullOr(String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }

  private String arn(String name) {
    return world.arn("cloudwatch", "alarm:" + name);
  }
}
