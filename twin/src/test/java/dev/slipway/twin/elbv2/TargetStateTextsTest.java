package dev.slipway.twin.elbv2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;

/** Every state of a target with its reason and description, word by word, and how it comes. */
class TargetStateTextsTest {

  private static final Duration CHECKED = Duration.ofSeconds(4);
  private static final Duration CHECKED_TWICE = Duration.ofSeconds(19);

  private final ScriptedDataPlane dataPlane = new ScriptedDataPlane();
  private final ElbWorld aws = new ElbWorld(dataPlane);
  private final LoadBalancer lb = aws.loadBalancer("front");
  private final TargetGroup group = aws.targetGroup("service");

  private static Arguments row(
      String state, Function<TargetStateTextsTest, String> life, String reason, String text) {
    return Arguments.of(state, reason, text, life);
  }

  static Stream<Arguments> states() {
    return Stream.of(
        row(
            "initial",
            t -> t.registered(new DataPlane.ProbeResult.Answered(200)),
            "Elb.RegistrationInProgress",
            "Target registration is in progress"),
        row(
            "initial",
            t -> t.checked(new DataPlane.ProbeResult.Failed(), CHECKED),
            "Elb.InitialHealthChecking",
            "Initial health checks in progress"),
        row(
            "healthy",
            t -> t.checked(new DataPlane.ProbeResult.Answered(200), CHECKED),
            null,
            null),
        row(
            "unhealthy",
            t -> t.checked(new DataPlane.ProbeResult.Answered(404), CHECKED_TWICE),
            "Target.ResponseCodeMismatch",
            "Health checks failed with these codes: [404]"),
        row(
            "unhealthy",
            t -> t.checked(new DataPlane.ProbeResult.Answered(301), CHECKED_TWICE),
            "Target.ResponseCodeMismatch",
            "Health checks failed with these codes: [301]"),
        row(
            "unhealthy",
            t -> t.checked(new DataPlane.ProbeResult.Answered(400), CHECKED_TWICE),
            "Target.ResponseCodeMismatch",
            "Health checks failed with these codes: [400]"),
        row(
            "unhealthy",
            t -> t.checked(new DataPlane.ProbeResult.TimedOut(), CHECKED_TWICE),
            "Target.Timeout",
            "Request timed out"),
        row(
            "unhealthy",
            t -> t.checked(new DataPlane.ProbeResult.NoSuchHost(), CHECKED_TWICE),
            "Target.Timeout",
            "Request timed out"),
        row(
            "unhealthy",
            t -> t.checked(new DataPlane.ProbeResult.Failed(), CHECKED_TWICE),
            "Target.FailedHealthChecks",
            "Health checks failed"),
        row(
            "unused",
            t -> t.aws.task(0),
            "Target.NotRegistered",
            "Target is not registered to the target group"),
        row(
            "unused",
            t -> t.register(t.aws.task(0)),
            "Target.NotInUse",
            "Target group is not configured to receive traffic from the load balancer"),
        row(
            "unused",
            t -> t.used().register(t.aws.task(2)),
            "Target.NotInUse",
            "Target is in an Availability Zone that is not enabled for the load balancer"),
        row(
            "unused",
            t -> t.used().register(t.nodeAddress(0)),
            "Target.IpUnusable",
            "The IP address cannot be used as a target, as it is in use by a load balancer"),
        row(
            "draining",
            t -> t.deregistered(t.checked(new DataPlane.ProbeResult.Answered(200), CHECKED)),
            "Target.DeregistrationInProgress",
            "Target deregistration is in progress"));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("states")
  void aStateIsToldInTheseWords(
      String state, String reason, String text, Function<TargetStateTextsTest, String> life) {
    TargetHealth health = health(life.apply(this));

    assertThat(health.stateAsString()).isEqualTo(state);
    assertThat(health.reasonAsString()).isEqualTo(reason);
    assertThat(health.description()).isEqualTo(text);
  }

  /** The others: TargetStates says why they never come. */
  @Test
  void theTableHasEveryReasonThatTheTwinShows() {
    Set<String> told =
        states()
            .map(row -> (String) row.get()[1])
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Set<TargetHealthReasonEnum> others = EnumSet.copyOf(TargetHealthReasonEnum.knownValues());
    others.removeIf(reason -> told.contains(reason.toString()));

    assertThat(others)
        .containsExactlyInAnyOrder(
            TargetHealthReasonEnum.TARGET_INVALID_STATE,
            TargetHealthReasonEnum.TARGET_HEALTH_CHECK_DISABLED,
            TargetHealthReasonEnum.ELB_INTERNAL_ERROR);
  }

  /** An address that a load balancer has gets neither health checks nor requests. */
  @Test
  void anUnusableAddressIsLeftAlone() {
    String address = used().register(nodeAddress(1));
    aws.pass(CHECKED_TWICE);

    assertThat(health(address).reasonAsString()).isEqualTo("Target.IpUnusable");
    assertThat(dataPlane.probes).isEmpty();
    assertThat(dataPlane.routings.get(lb.loadBalancerArn()).nodes())
        .allSatisfy(node -> assertThat(node.targets().get(group.targetGroupArn())).isEmpty());
  }

  private TargetStateTextsTest used() {
    aws.listener(lb, 80, ElbWorld.forward(group));
    return this;
  }

  private String nodeAddress(int subnet) {
    return aws.call(
            DescribeNetworkInterfacesRequest.builder()
                .filters(f -> f.name("subnet-id").values(aws.subnets.get(subnet)))
                .build(),
            DescribeNetworkInterfacesResponse.class)
        .networkInterfaces()
        .getFirst()
        .privateIpAddress();
  }

  private String register(String ip) {
    aws.register(group, ip);
    return ip;
  }

  private String registered(DataPlane.ProbeResult result) {
    String ip = aws.task(0);
    dataPlane.results.put(ip, result);
    return used().register(ip);
  }

  private String checked(DataPlane.ProbeResult result, Duration time) {
    String ip = registered(result);
    aws.pass(time);
    return ip;
  }

  private String deregistered(String ip) {
    aws.deregister(group, ip);
    return ip;
  }

  private TargetHealth health(String ip) {
    return aws.call(
            DescribeTargetHealthRequest.builder()
                .targetGroupArn(group.targetGroupArn())
                .targets(target -> target.id(ip))
                .build(),
            DescribeTargetHealthResponse.class)
        .targetHealthDescriptions()
        .getFirst()
        .targetHealth();
  }
}
