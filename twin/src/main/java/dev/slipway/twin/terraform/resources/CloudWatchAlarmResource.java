package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DeleteAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.cloudwatch.model.Tag;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatch.model.UntagResourceResponse;

/** {@code aws_cloudwatch_metric_alarm}, over one metric or an expression over several. */
final class CloudWatchAlarmResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_cloudwatch_metric_alarm";
  }

  @Override
  public String label() {
    return "CloudWatch Metric Alarm";
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned, true);
    planned.set("id", planned.text("alarm_name"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeAlarmsRequest request =
        DescribeAlarmsRequest.builder()
            .alarmNames(state.id())
            .alarmTypes(AlarmType.METRIC_ALARM)
            .build();
    Optional<MetricAlarm> found =
        context.findFirst(() -> context.call(request, DescribeAlarmsResponse.class).metricAlarms());
    if (found.isEmpty()) {
      return false;
    }
    MetricAlarm alarm = found.get();
    Map<String, String> dimensions = new LinkedHashMap<>();
    alarm.dimensions().forEach(one -> dimensions.put(one.name(), one.value()));
    state
        .set("actions_enabled", alarm.actionsEnabled())
        .setTexts("alarm_actions", alarm.alarmActions())
        .setText("alarm_description", alarm.alarmDescription())
        .set("alarm_name", alarm.alarmName())
        .set("arn", alarm.alarmArn())
        .set("comparison_operator", alarm.comparisonOperatorAsString())
        .set("datapoints_to_alarm", zero(alarm.datapointsToAlarm()))
        .setTexts("dimensions", dimensions)
        .setText("evaluate_low_sample_count_percentiles", alarm.evaluateLowSampleCountPercentile())
        .set("evaluation_periods", alarm.evaluationPeriods())
        .setText("extended_statistic", alarm.extendedStatistic())
        .setTexts("insufficient_data_actions", alarm.insufficientDataActions())
        .setText("metric_name", alarm.metricName())
        .setText("namespace", alarm.namespace())
        .setTexts("ok_actions", alarm.okActions())
        .set("period", zero(alarm.period()))
        .setText("statistic", alarm.statisticAsString())
        .set("threshold", alarm.threshold())
        .setText("threshold_metric_id", alarm.thresholdMetricId())
        .setText(
            "treat_missing_data",
            alarm.treatMissingData() == null ? "missing" : alarm.treatMissingData())
        .setText("unit", alarm.unitAsString())
        .setBlocks("metric_query", AlarmQueries.toBlocks(alarm.metrics()));
    ListTagsForResourceRequest tags =
        ListTagsForResourceRequest.builder().resourceARN(alarm.alarmArn()).build();
    context.setTags(
        state, context.call(tags, ListTagsForResourceResponse.class).tags(), Tag::key, Tag::value);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned, false);
    String arn = planned.text("arn");
    TagChanges.between(prior, planned)
        .apply(
            CloudWatchAlarmResource::tag,
            keys ->
                context.call(
                    UntagResourceRequest.builder().resourceARN(arn).tagKeys(keys).build(),
                    UntagResourceResponse.class),
            tags ->
                context.call(
                    TagResourceRequest.builder().resourceARN(arn).tags(tags).build(),
                    TagResourceResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteAlarmsRequest.builder().alarmNames(state.id()).build(), DeleteAlarmsResponse.class);
  }

  private static void put(Context context, Attributes planned, boolean withTags) {
    List<Dimension> dimensions =
        planned.textMap("dimensions").entrySet().stream()
            .map(e -> Dimension.builder().name(e.getKey()).value(e.getValue()).build())
            .toList();
    PutMetricAlarmRequest.Builder request =
        PutMetricAlarmRequest.builder()
            .alarmName(planned.text("alarm_name"))
            .alarmDescription(planned.text("alarm_description"))
            .actionsEnabled(planned.flag("actions_enabled"))
            .alarmActions(planned.texts("alarm_actions"))
            .okActions(planned.texts("ok_actions"))
            .insufficientDataActions(planned.texts("insufficient_data_actions"))
            .comparisonOperator(planned.text("comparison_operator"))
            .evaluationPeriods(planned.integer("evaluation_periods"))
            .datapointsToAlarm(planned.positive("datapoints_to_alarm"))
            .evaluateLowSampleCountPercentile(planned.text("evaluate_low_sample_count_percentiles"))
            .treatMissingData(planned.text("treat_missing_data"))
            .threshold(planned.has("threshold_metric_id") ? null : planned.decimal("threshold"))
            .thresholdMetricId(planned.text("threshold_metric_id"));
    List<Attributes> queries = planned.blocks("metric_query");
    if (queries.isEmpty()) {
      request
          .metricName(planned.text("metric_name"))
          .namespace(planned.text("namespace"))
          .dimensions(dimensions)
          .period(planned.positive("period"))
          .statistic(planned.text("statistic"))
          .extendedStatistic(planned.text("extended_statistic"))
          .unit(planned.text("unit"));
    } else {
      request.metrics(AlarmQueries.toQueries(queries));
    }
    if (withTags) {
      request.tags(TagChanges.all(planned, CloudWatchAlarmResource::tag));
    }
    context.call(request.build(), PutMetricAlarmResponse.class);
  }

  private static int zero(Integer number) {
    return number == null ? 0 : number;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
