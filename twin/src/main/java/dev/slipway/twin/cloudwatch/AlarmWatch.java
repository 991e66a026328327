package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.world.AlarmAction;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Notices;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** Evaluates the alarms of a world every minute, for as long as it has any. */
@Differs(
    value =
        "Alarm actions other than scaling policies and topics are kept and shown, but not carried"
            + " out; a topic's policy is not asked whether CloudWatch may publish.",
    because = "The twin has no instances to stop and no incidents to open.")
final class AlarmWatch {

  static final String ALARMS = "cloudwatch.alarms";

  private static final int MINUTE = 60;

  // Metrics of a minute are written when it ends; the alarms look a little later.
  private static final Duration LAG = Duration.ofSeconds(5);

  private final World world;
  private final MetricStore metrics;
  private final Table<MetricAlarm> alarms;
  private final List<AlarmAction> actions = new ArrayList<>();
  private Notices notices = (topicArn, subject, message) -> {};
  private boolean armed;

  AlarmWatch(World world, MetricStore metrics) {
    this.world = world;
    this.metrics = metrics;
    this.alarms = world.table(ALARMS);
  }

  /** Has the alarms evaluated when the current minute is over; derived from the clock alone. */
  void arm() {
    if (!armed && alarms.size() > 0) {
      armed = true;
      Instant now = world.now();
      Instant next = MetricStore.startOf(now, MINUTE).plusSeconds(MINUTE).plus(LAG);
      world.after(Duration.between(now, next), this::tick);
    }
  }

  /** Has somebody told of the actions of alarms that ring. */
  void tell(AlarmAction action) {
    actions.add(action);
  }

  /** Has topics told of alarms that change. */
  void publishTo(Notices topics) {
    notices = topics;
  }

  private void tick() {
    armed = false;
    alarms.all().forEach(this::evaluate);
    // Only now does each state stand, so that those who act see all alarms as of one moment.
    alarms.all().forEach(this::act);
    arm();
  }

  /**
   * Carries out the actions of an alarm that rings. Source: CloudWatch user guide, alarm actions:
   * for a scaling policy again each minute for as long as it rings.
   */
  void act(MetricAlarm alarm) {
    if (AlarmVerdict.ALARM.equals(alarm.stateValueAsString())
        && Boolean.TRUE.equals(alarm.actionsEnabled())) {
      for (String arn : alarm.alarmActions()) {
        actions.forEach(action -> action.ring(arn, alarm.alarmName()));
      }
    }
  }

  private void evaluate(MetricAlarm alarm) {
    Instant end = MetricStore.startOf(world.now().minus(LAG), alarm.period());
    int range = alarm.evaluationPeriods() + AlarmEvaluator.EXTRA_PERIODS;
    TreeMap<Instant, Double> values = new TreeMap<>();
    metrics
        .periods(
            alarm.namespace(),
            alarm.metricName(),
            Dimensions.map(alarm.dimensions()),
            alarm.unitAsString(),
            end.minusSeconds((long) alarm.period() * range),
            end,
            alarm.period())
        .forEach((start, sample) ->
            sample.statistic(statistic(alarm)).ifPresent(value -> values.put(start, value)));
    AlarmVerdict verdict = AlarmEvaluator.evaluate(alarm, values, end);
    if (!verdict.state().isEmpty() && !verdict.state().equals(alarm.stateValueAsString())) {
      change(alarm, verdict.state(), verdict.reason(), null);
    }
  }

  /**
   * Puts an alarm into a state and tells the topics among the actions for it. Source: CloudWatch
   * user guide: a topic is told once, when the alarm changes.
   */
  void change(MetricAlarm alarm, String state, String reason, String reasonData) {
    MetricAlarm changed = inState(alarm, state, reason, reasonData, world.now());
    alarms.put(alarm.alarmName(), changed);
    String before = alarm.stateValueAsString();
    if (!state.equals(before) && Boolean.TRUE.equals(alarm.actionsEnabled())) {
      actions(changed).stream()
          .filter(arn -> arn.startsWith(world.arn("sns", "")))
          .forEach(arn ->
              notices.publish(
                  arn,
                  AlarmMessage.subject(world, changed),
                  AlarmMessage.text(world, changed, before)));
    }
  }

  private static List<String> actions(MetricAlarm alarm) {
    return switch (alarm.stateValueAsString()) {
      case AlarmVerdict.ALARM -> alarm.alarmActions();
      case AlarmVerdict.OK -> alarm.okActions();
      default -> alarm.insufficientDataActions();
    };
  }

  private static MetricAlarm inState(
      MetricAlarm alarm, String state, String reason, String reasonData, Instant now) {
    MetricAlarm.Builder changed =
        alarm.toBuilder()
            .stateReason(reason)
            .stateReasonData(reasonData)
            .stateUpdatedTimestamp(now);
    if (!state.equals(alarm.stateValueAsString())) {
      changed.stateValue(state).stateTransitionedTimestamp(now);
    }
    return changed.build();
  }

  private static String statistic(MetricAlarm alarm) {
    return alarm.extendedStatistic() == null
        ? alarm.statisticAsString()
        : alarm.extendedStatistic();
  }
}
