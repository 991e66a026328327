package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;

/** Logs, alarms and topics, with the real Terraform over the twin's services. */
class WatchStackTest extends StackTest {

  private static final String WATCH =
      """
      resource "aws_cloudwatch_log_group" "l" {
        name              = "/ecs/probe"
        retention_in_days = 14
      }
      resource "aws_sns_topic" "t" {
        name         = "probe-alarms"
        display_name = "one"
      }
      resource "aws_cloudwatch_metric_alarm" "a" {
        alarm_name          = "probe-5xx"
        namespace           = "AWS/ApplicationELB"
        metric_name         = "HTTPCode_Target_5XX_Count"
        dimensions          = { LoadBalancer = "app/probe/1", TargetGroup = "targetgroup/probe/2" }
        statistic           = "Sum"
        period              = 60
        evaluation_periods  = 2
        threshold           = 5
        comparison_operator = "GreaterThanThreshold"
        treat_missing_data  = "notBreaching"
        alarm_actions       = [aws_sns_topic.t.arn]
      }
      resource "aws_cloudwatch_metric_alarm" "p95" {
        alarm_name          = "probe-slow"
        alarm_description   = "slow"
        namespace           = "AWS/ApplicationELB"
        metric_name         = "TargetResponseTime"
        extended_statistic  = "p95"
        period              = 60
        evaluation_periods  = 3
        threshold           = 0.5
        comparison_operator = "GreaterThanThreshold"
      }
      resource "aws_cloudwatch_dashboard" "d" {
        dashboard_name = "probe"
        dashboard_body = jsonencode({ widgets = [] })
      }
      """;

  @Test
  void settlesImportsAndLeavesNothing() {
    applied(WATCH);

    for (String address :
        new String[] {
          "aws_cloudwatch_log_group.l",
          "aws_sns_topic.t",
          "aws_cloudwatch_metric_alarm.a",
          "aws_cloudwatch_metric_alarm.p95",
          "aws_cloudwatch_dashboard.d"
        }) {
      imported(address, id(address));
    }
    terraform.destroy();
    assertThat(
            world()
                .operations()
                .call(DescribeAlarmsRequest.builder().build(), DescribeAlarmsResponse.class)
                .metricAlarms())
        .isEmpty();
  }

  @Test
  void changesInPlace() {
    applied(WATCH);

    String changed =
        WATCH
            .replace("threshold           = 5", "threshold = 7")
            .replace("\"one\"", "\"two\"")
            .replace("retention_in_days = 14", "")
            .replace("widgets = []", "start = \"-PT6H\", widgets = []");
    assertThat(applied(changed).output()).contains("0 added, 4 changed, 0 destroyed");
  }

  @Test
  void replacesAnAlarmOfAnotherName() {
    applied(WATCH);

    assertThat(applied(WATCH.replace("probe-slow", "probe-late")).output())
        .contains("1 added, 0 changed, 1 destroyed");
  }
}
