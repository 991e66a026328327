package dev.slipway.twin.elbv2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.cloudwatch.Alarms;
import dev.slipway.twin.cloudwatch.CloudWatch;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

class LoadBalancerMetricsTest {

  private static final String NAMESPACE = "AWS/ApplicationELB";

  private final ScriptedDataPlane dataPlane = new ScriptedDataPlane();
  private final ElbWorld aws = new ElbWorld(dataPlane);
  private final Alarms alarms = new Alarms(aws.world);
  private final LoadBalancer lb = aws.loadBalancer("front");
  private final TargetGroup group = aws.targetGroup("service");
  private final Map<String, String> dimensions =
      Map.of("LoadBalancer", suffix(lb), "TargetGroup", suffix(group));

  private static String suffix(LoadBalancer lb) {
    return lb.loadBalancerArn().replaceFirst(".*:loadbalancer/", "");
  }

  private static String suffix(TargetGroup group) {
    return group.targetGroupArn().replaceFirst(".*:targetgroup/", "targetgroup/");
  }

  @BeforeEach
  void watch() {
    CloudWatch cloudWatch = new CloudWatch(aws.world);
    cloudWatch.register();
    cloudWatch.collect(aws.elb.metrics());
    aws.listener(lb, 80, ElbWorld.forward(group));
    alarms.belowOrMissing("low", NAMESPACE, "HealthyHostCount", dimensions, 2);
  }

  private String healthyTask(int subnet) {
    String ip = aws.task(subnet);
    dataPlane.answer(ip, 200);
    aws.register(group, ip);
    return ip;
  }

  @Test
  void theAlarmOfHealthyHostsIsQuietWhileEnoughTargetsAreHealthy() {
    healthyTask(0);
    String second = healthyTask(1);

    aws.pass(Duration.ofMinutes(6));
    assertThat(alarms.state("low")).isEqualTo("OK");

    dataPlane.answer(second, 503);
    aws.pass(Duration.ofMinutes(2));
    assertThat(alarms.state("low")).isEqualTo("OK");
    aws.pass(Duration.ofMinutes(2));
    assertThat(alarms.state("low")).isEqualTo("ALARM");
    assertThat(alarms.sum(NAMESPACE, "UnHealthyHostCount", dimensions)).isPositive();

    dataPlane.answer(second, 200);
    aws.pass(Duration.ofMinutes(2));
    assertThat(alarms.state("low")).isEqualTo("OK");
  }

  @Test
  void saysNothingOfAGroupWithoutTargetsSoThatTheAlarmRings() {
    String only = healthyTask(0);
    aws.pass(Duration.ofMinutes(1));
    assertThat(alarms.sum(NAMESPACE, "HealthyHostCount", dimensions)).isPositive();
    aws.deregister(group, only);
    double before = alarms.sum(NAMESPACE, "HealthyHostCount", dimensions);

    aws.pass(Duration.ofMinutes(4));

    assertThat(alarms.sum(NAMESPACE, "HealthyHostCount", dimensions)).isEqualTo(before);
    assertThat(alarms.state("low")).isEqualTo("ALARM");
  }

  @Test
  void aCopiedWorldGoesOnPublishing() {
    healthyTask(0);
    healthyTask(1);
    aws.pass(Duration.ofMinutes(6));
    ElbWorld copy = new ElbWorld(dataPlane);
    CloudWatch there = new CloudWatch(copy.world);
    there.register();
    there.collect(copy.elb.metrics());
    copy.pass(Duration.between(copy.clock.instant(), aws.clock.instant()));
    copy.world.copyStateFrom(aws.world);
    copy.elb.resume();
    there.resume();

    copy.pass(Duration.ofMinutes(6));

    assertThat(new Alarms(copy.world).state("low")).isEqualTo("OK");
  }
}
