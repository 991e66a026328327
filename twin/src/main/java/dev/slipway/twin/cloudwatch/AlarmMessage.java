package dev.slipway.twin.cloudwatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.RegionMetadata;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/**
 * What a topic is told of an alarm that changed. Source: CloudWatch user guide, "Notifying users on
 * alarm changes", with its sample.
 */
final class AlarmMessage {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

  private AlarmMessage() {}

  /** The subject of a mail. */
  static String subject(World world, MetricAlarm alarm) {
    return alarm.stateValueAsString()
        + ": \""
        + alarm.alarmName()
        + "\" in "
        + regionName(world.region());
  }

  /** The body, as JSON. */
  static String text(World world, MetricAlarm alarm, String oldState) {
    ObjectNode text = JSON.createObjectNode();
    text.put("AlarmName", alarm.alarmName())
        .put("AlarmDescription", alarm.alarmDescription())
        .put("AWSAccountId", world.account())
        .put("AlarmConfigurationUpdatedTimestamp", time(alarm.alarmConfigurationUpdatedTimestamp()))
        .put("NewStateValue", alarm.stateValueAsString())
        .put("NewStateReason", alarm.stateReason())
        .put("StateChangeTime", time(alarm.stateUpdatedTimestamp()))
        .put("Region", regionName(world.region()))
        .put("AlarmArn", alarm.alarmArn())
        .put("OldStateValue", oldState);
    list(text, "OKActions", alarm.okActions());
    list(text, "AlarmActions", alarm.alarmActions());
    list(text, "InsufficientDataActions", alarm.insufficientDataActions());
    text.set("Trigger", trigger(alarm));
    return text.toString();
  }

  private static ObjectNode trigger(MetricAlarm alarm) {
    ObjectNode trigger = JSON.createObjectNode();
    trigger.put("MetricName", alarm.metricName()).put("Namespace", alarm.namespace());
    if (alarm.extendedStatistic() == null) {
      trigger
          .put("StatisticType", "Statistic")
          .put("Statistic", statisticName(alarm.statisticAsString()));
    } else {
      trigger
          .put("StatisticType", "ExtendedStatistic")
          .put("ExtendedStatistic", alarm.extendedStatistic());
    }
    trigger.put("Unit", alarm.unitAsString());
    ArrayNode dimensions = trigger.putArray("Dimensions");
    alarm
        .dimensions()
        .forEach(d -> dimensions.addObject().put("value", d.value()).put("name", d.name()));
    trigger
        .put("Period", alarm.period())
        .put("EvaluationPeriods", alarm.evaluationPeriods())
        .put("DatapointsToAlarm", alarm.datapointsToAlarm())
        .put("ComparisonOperator", alarm.comparisonOperatorAsString())
        .put("Threshold", alarm.threshold())
        .put(
            "TreatMissingData",
            alarm.treatMissingData() == null ? "missing" : alarm.treatMissingData())
        .put(
            "EvaluateLowSampleCountPercentile",
            alarm.evaluateLowSampleCountPercentile() == null
                ? ""
                : alarm.evaluateLowSampleCountPercentile());
    return trigger;
  }

  // SampleCount becomes SAMPLE_COUNT, Sum becomes SUM.
  private static String statisticName(String statistic) {
    return statistic == null
        ? null
        : statistic.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  private static void list(ObjectNode text, String name, List<String> values) {
    ArrayNode list = text.putArray(name);
    values.forEach(list::add);
  }

  private static String time(Instant when) {
    return TIME.format(when);
  }

  private static String regionName(String region) {
    RegionMetadata known = RegionMetadata.of(Region.of(region));
    // CloudWatch still says EU where other services say Europe.
    return known == null ? region : known.description().replaceFirst("^Europe ", "EU ");
  }
}
