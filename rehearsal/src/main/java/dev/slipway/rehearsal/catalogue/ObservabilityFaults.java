package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.RestAssuredProber;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Faults of logs, metrics and alarms. */
final class ObservabilityFaults {

  private static final int REPORTS = 20;

  static final List<Fault> ALL =
      List.of(
          Fault.of("obs-log-group-no-retention", Layer.OBS, Severity.LOW)
              .wrong("The log group keeps everything for ever")
              .on(Kind.STANDING)
              .make(stage ->
                  stage.aws().logs().deleteRetentionPolicy(r -> r.logGroupName(group(stage))))
              .seenBy("observability")
              .needs(Need.LOG_GROUP)
              .build(),
          Fault.of("obs-log-group-removed-by-rollback", Layer.OBS, Severity.MEDIUM)
              .wrong("The log group was deleted under the running tasks, the evidence with it")
              .on(Kind.STANDING)
              .make(stage -> stage.aws().logs().deleteLogGroup(r -> r.logGroupName(group(stage))))
              .named("td-log-group-missing", "obs-log-group-removed-by-rollback")
              .source("https://github.com/aws/copilot-cli/issues/2811")
              .needs(Need.LOG_GROUP)
              .build(),
          Fault.of("obs-no-container-insights", Layer.OBS, Severity.LOW)
              .wrong("The cluster has no Container Insights")
              .on(Kind.STANDING)
              .make(stage ->
                  stage
                      .ecs()
                      .updateClusterSettings(r ->
                          r.cluster(stage.its().cluster())
                              .settings(s -> s.name("containerInsights").value("disabled"))))
              .seenBy("observability")
              .build(),
          Fault.of("obs-alarm-firing", Layer.OBS, Severity.HIGH)
              .wrong("An alarm that watches the service rings, long after the rollout")
              .on(Kind.STANDING)
              .make(stage -> {
                stage.pass(Duration.ofMinutes(15));
                String group = stage.its().targetGroup().targetGroupArn();
                String balancer = stage.its().loadBalancer().loadBalancerArn();
                stage
                    .aws()
                    .cloudWatch()
                    .putMetricAlarm(r ->
                        r.alarmName("people-see-errors")
                            .namespace("AWS/ApplicationELB")
                            .metricName("HTTPCode_Target_5XX_Count")
                            .dimensions(
                                d ->
                                    d.name("LoadBalancer")
                                        .value(
                                            balancer.substring(
                                                balancer.indexOf("loadbalancer/")
                                                    + "loadbalancer/".length())),
                                d ->
                                    d.name("TargetGroup")
                                        .value(group.substring(group.indexOf("targetgroup/"))))
                            .statistic("Sum")
                            .period(60)
                            .evaluationPeriods(1)
                            .threshold(1.0)
                            .comparisonOperator("GreaterThanOrEqualToThreshold")
                            .treatMissingData("ignore")
                            .actionsEnabled(true)
                            .alarmActions(
                                "arn:aws:sns:%s:%s:people"
                                    .formatted(stage.account().region(), stage.account().id())));
                stage
                    .aws()
                    .cloudWatch()
                    .setAlarmState(r ->
                        r.alarmName("people-see-errors")
                            .stateValue("ALARM")
                            .stateReason("12 datapoints were over the threshold"));
              })
              .seenBy("observability")
              .build(),
          Fault.of("obs-elb-5xx-invisible-to-app", Layer.OBS, Severity.MEDIUM)
              .wrong(
                  "People who ask for a report get a 502 of the load balancer, for the program drops"
                      + " them, and no log of it tells")
              .make(stage ->
                  stage
                      .release()
                      .program(Program.healthy().answering("/report", Map.of("reset", true))))
              .afterwards(ObservabilityFaults::people)
              .seenBy("observability")
              .source("https://github.com/growthbook/growthbook-mcp/pull/74")
              .needs(Need.BY_DEFAULT)
              .build(),
          Fault.of("obs-no-access-logs", Layer.OBS, Severity.LOW)
              .wrong("Somebody turned the access logs of the load balancer off")
              .on(Kind.STANDING)
              .make(stage -> {
                AccessLogs.on(stage);
                AccessLogs.off(stage);
              })
              .seenBy("front-door-posture", "observability")
              .build(),
          Fault.of("td-no-logging", Layer.TD, Severity.HIGH)
              .wrong("The container has no log driver: when it fails nobody knows why")
              .make(stage ->
                  stage
                      .release()
                      .container(c ->
                          c.logConfiguration(
                              (software.amazon.awssdk.services.ecs.model.LogConfiguration) null)))
              .seenBy("observability")
              .needs(Need.LOG_GROUP)
              .build());

  private ObservabilityFaults() {}

  /** People ask, in a minute after the one in which the service was first seen healthy. */
  private static void people(Stage stage) throws InterruptedException {
    stage.pass(Duration.ofMinutes(2));
    Entrance entrance = stage.its().entrance().orElseThrow();
    RestAssuredProber people = new RestAssuredProber(Duration.ofSeconds(5));
    for (int i = 0; i < REPORTS; i++) {
      people.get(entrance.url().resolve("/report"), entrance.host());
    }
    stage.pass(Duration.ofMinutes(2));
  }

  private static String group(Stage stage) {
    return stage.its().container().logConfiguration().options().get("awslogs-group");
  }
}
