package dev.slipway.twin.elbv2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

class TargetHealthTest {

  private static final Duration FIRST_CHECKS = Duration.ofSeconds(4);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final ScriptedDataPlane dataPlane = new ScriptedDataPlane();
  private final ElbWorld aws = new ElbWorld(dataPlane);
  private final LoadBalancer lb = aws.loadBalancer("front");
  private final TargetGroup group = aws.targetGroup("service");

  private String registeredTask() {
    aws.listener(lb, 80, ElbWorld.forward(group));
    String ip = aws.task(0);
    dataPlane.answer(ip, 200);
    aws.register(group, ip);
    return ip;
  }

  @Test
  void turnsHealthyAfterOneSuccessWithinSeconds() {
    String ip = registeredTask();

    assertThat(aws.health(group, ip))
        .isEqualTo("initial Elb.RegistrationInProgress Target registration is in progress");
    aws.pass(FIRST_CHECKS);
    assertThat(aws.health(group, ip)).isEqualTo("healthy");
  }

  @Test
  void checksFromEveryNodeOncePerInterval() {
    registeredTask();
    aws.pass(FIRST_CHECKS);
    dataPlane.probes.clear();

    aws.pass(INTERVAL.multipliedBy(3));

    assertThat(dataPlane.probes).hasSize(2 * 3);
    assertThat(dataPlane.probes).allMatch(p -> p.path().equals("/health") && p.port() == 5000);
  }

  @Test
  void needsTheThresholdToFallAndToRecover() {
    String ip = registeredTask();
    aws.pass(FIRST_CHECKS);

    dataPlane.answer(ip, 503);
    aws.pass(INTERVAL);
    assertThat(aws.health(group, ip)).isEqualTo("healthy");
    aws.pass(INTERVAL);
    assertThat(aws.health(group, ip))
        .isEqualTo(
            "unhealthy Target.ResponseCodeMismatch Health checks failed with these codes: [503]");

    dataPlane.answer(ip, 200);
    aws.pass(INTERVAL.multipliedBy(2));
    assertThat(aws.health(group, ip)).startsWith("unhealthy");
    aws.pass(INTERVAL);
    assertThat(aws.health(group, ip)).isEqualTo("healthy");
  }

  @Test
  void tellsARefusedConnectionFromATimeout() {
    String refused = registeredTask();
    String silent = aws.task(1);
    aws.register(group, silent);
    dataPlane.results.put(refused, new DataPlane.ProbeResult.Failed());
    dataPlane.results.put(silent, new DataPlane.ProbeResult.TimedOut());

    aws.pass(FIRST_CHECKS.plus(INTERVAL));

    assertThat(aws.health(group, refused))
        .isEqualTo("unhealthy Target.FailedHealthChecks Health checks failed");
    assertThat(aws.health(group, silent)).isEqualTo("unhealthy Target.Timeout Request timed out");
  }

  @Test
  void timesOutWhenTheSecurityGroupOfTheTaskShutsTheBalancerOut() {
    aws.close(aws.taskGroup, ElbWorld.PORT, "10.0.0.0/16");
    String ip = registeredTask();

    aws.pass(FIRST_CHECKS.plus(INTERVAL).plusSeconds(1));
    assertThat(aws.health(group, ip)).startsWith("initial Elb.InitialHealthChecking");
    aws.pass(Duration.ofSeconds(4));

    assertThat(aws.health(group, ip)).isEqualTo("unhealthy Target.Timeout Request timed out");
    assertThat(dataPlane.probes).isEmpty();

    aws.allow(aws.taskGroup, ElbWorld.PORT, "10.0.0.0/16");
    aws.pass(INTERVAL.multipliedBy(4));
    assertThat(aws.health(group, ip)).isEqualTo("healthy");
  }

  @Test
  void timesOutWhenTheSecurityGroupOfTheBalancerLetsNothingOut() {
    aws.invoke(
        RevokeSecurityGroupEgressRequest.builder()
            .groupId(aws.balancerGroup)
            .ipPermissions(p -> p.ipProtocol("-1").ipRanges(r -> r.cidrIp("0.0.0.0/0")))
            .build());
    String ip = registeredTask();

    aws.pass(FIRST_CHECKS.plus(INTERVAL).plusSeconds(5));

    assertThat(aws.health(group, ip)).isEqualTo("unhealthy Target.Timeout Request timed out");
    assertThat(dataPlane.probes).isEmpty();
  }

  @Test
  void timesOutWhenNobodyHasTheAddress() {
    String ip = registeredTask();
    dataPlane.results.remove(ip);

    aws.pass(FIRST_CHECKS.plus(INTERVAL).plusSeconds(5));

    assertThat(aws.health(group, ip)).isEqualTo("unhealthy Target.Timeout Request timed out");
  }

  @Test
  void drainsForTheWholeDelayAndThenIsGone() {
    aws.attribute(group, "deregistration_delay.timeout_seconds", "30");
    String ip = registeredTask();
    aws.pass(FIRST_CHECKS);

    aws.deregister(group, ip);
    aws.pass(Duration.ofMillis(29_999));
    assertThat(aws.health(group, ip))
        .isEqualTo("draining Target.DeregistrationInProgress Target deregistration is in progress");
    aws.pass(Duration.ofMillis(1));
    assertThat(aws.health(group, ip)).isEqualTo("gone");
  }

  @Test
  void beginsAnewWhenADrainingTargetIsRegistered() {
    aws.attribute(group, "deregistration_delay.timeout_seconds", "30");
    String ip = registeredTask();
    aws.pass(FIRST_CHECKS);
    aws.deregister(group, ip);
    aws.pass(Duration.ofSeconds(10));

    aws.register(group, ip);

    assertThat(aws.health(group, ip)).startsWith("initial Elb.RegistrationInProgress");
    aws.pass(Duration.ofSeconds(30));
    assertThat(aws.health(group, ip)).isEqualTo("healthy");
  }

  @Test
  void isUnusedWithoutAListenerAndInAZoneThatIsNotEnabled() {
    String ip = aws.task(0);
    aws.register(group, ip);
    assertThat(aws.health(group, ip))
        .isEqualTo(
            "unused Target.NotInUse Target group is not configured to receive traffic from the"
                + " load balancer");

    aws.listener(lb, 80, ElbWorld.forward(group));
    String elsewhere = aws.task(2);
    aws.register(group, elsewhere);
    assertThat(aws.health(group, ip)).startsWith("initial");
    assertThat(aws.health(group, elsewhere))
        .isEqualTo(
            "unused Target.NotInUse Target is in an Availability Zone that is not enabled for the"
                + " load balancer");
  }

  @Test
  void goesOnAfterTheStateWasCopiedIntoAnotherWorld() {
    String ip = registeredTask();
    aws.pass(FIRST_CHECKS);
    ScriptedDataPlane otherPlane = new ScriptedDataPlane();
    ElbWorld other = new ElbWorld(otherPlane);
    other.pass(Duration.ofSeconds(154));
    other.world.copyStateFrom(aws.world);
    other.elb.resume();

    otherPlane.answer(ip, 500);
    other.pass(INTERVAL.multipliedBy(3));

    assertThat(other.health(group, ip)).startsWith("unhealthy Target.ResponseCodeMismatch");
    assertThat(aws.health(group, ip)).isEqualTo("healthy");
    assertThat(otherPlane.routings).containsKey(lb.loadBalancerArn());
  }
}
