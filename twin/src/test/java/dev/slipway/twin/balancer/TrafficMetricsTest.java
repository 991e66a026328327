package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.cloudwatch.Alarms;
import dev.slipway.twin.cloudwatch.CloudWatch;
import dev.slipway.twin.elbv2.ElbWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is published of real requests. */
class TrafficMetricsTest extends FrontDoorTest {

  private static final String NAMESPACE = "AWS/ApplicationELB";

  private Alarms alarms;
  private Map<String, String> ofBalancer;
  private Map<String, String> ofGroup;

  @BeforeEach
  void collect() {
    CloudWatch cloudWatch = new CloudWatch(aws.world);
    cloudWatch.register();
    cloudWatch.collect(aws.elb.metrics());
    alarms = new Alarms(aws.world);
    String name = lb.loadBalancerArn().replaceFirst(".*:loadbalancer/", "");
    ofBalancer = Map.of("LoadBalancer", name);
    ofGroup =
        Map.of(
            "LoadBalancer",
            name,
            "TargetGroup",
            group.targetGroupArn().replaceFirst(".*:targetgroup/", "targetgroup/"));
  }

  private double sum(String metric, Map<String, String> dimensions) {
    return alarms.sum(NAMESPACE, metric, dimensions);
  }

  @Test
  void countsWhatTargetsAnswer() throws Exception {
    String ip = aws.task(0);
    backends.serve(
        ip,
        ElbWorld.PORT,
        head ->
            head.getFirst().contains("/broken")
                ? Backends.ok("x").replace("200 OK", "500 Oh")
                : Backends.ok("x"));
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    for (String path : new String[] {"/", "/", "/broken"}) {
      get(path);
    }

    aws.pass(Duration.ofMinutes(1));

    for (Map<String, String> dimensions : List.of(ofBalancer, ofGroup)) {
      assertThat(sum("RequestCount", dimensions)).isEqualTo(3);
      assertThat(sum("HTTPCode_Target_2XX_Count", dimensions)).isEqualTo(2);
      assertThat(sum("HTTPCode_Target_5XX_Count", dimensions)).isEqualTo(1);
      assertThat(sum("TargetResponseTime", dimensions)).isPositive();
    }
    assertThat(sum("HTTPCode_ELB_5XX_Count", ofBalancer)).isZero();

    get("/");
    aws.pass(Duration.ofMinutes(2));
    assertThat(sum("RequestCount", ofGroup)).isEqualTo(4);
  }

  @Test
  void tellsTheBalancersOwnErrorsApart() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(503);
    String ip = aws.task(0);
    backends.serve(
        ip, ElbWorld.PORT, head -> head.getFirst().contains("/hangup") ? null : Backends.ok("x"));
    aws.register(group, ip);
    awaitHealth(ip, "healthy");
    assertThat(get("/hangup").statusCode()).isEqualTo(502);

    aws.pass(Duration.ofMinutes(1));

    assertThat(sum("HTTPCode_ELB_503_Count", ofBalancer)).isEqualTo(1);
    assertThat(sum("HTTPCode_ELB_502_Count", ofBalancer)).isEqualTo(1);
    assertThat(sum("HTTPCode_ELB_5XX_Count", ofBalancer)).isEqualTo(2);
    assertThat(sum("RequestCount", ofGroup)).isEqualTo(1);
    assertThat(sum("HTTPCode_Target_5XX_Count", ofGroup)).isZero();
  }
}
