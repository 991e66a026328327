package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Judgement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;

/** The tasks run and serve; whether the next one could start is another matter. */
class WayOutTest {

  private final PosturedSample sample = new PosturedSample();

  private List<Finding> found() {
    return Postures.findings(sample.snapshot(), sample.goal()).stream()
        .filter(f -> f.cause().equals("net-next-task-cannot-start"))
        .toList();
  }

  static Stream<Arguments> closed() {
    return Stream.of(
        arguments("rtb-private", (Consumer<SampleNetwork>) SampleNetwork::withoutEgress),
        arguments("sg-task", (Consumer<SampleNetwork>) n -> n.taskEgress = List.of()),
        arguments("vpc-1", (Consumer<SampleNetwork>) n -> n.dnsSupport = false),
        arguments(
            "sg-endpoint",
            (Consumer<SampleNetwork>)
                n -> n.endpoints.add(SampleNetwork.endpoint("ecr.api", "sg-endpoint"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("closed")
  void namesWhatClosedTheWaySinceTheTasksStarted(String resource, Consumer<SampleNetwork> change) {
    sample.ways(change);
    assertThat(found()).extracting(Finding::resource).contains(resource);
    assertThat(Postures.of("network-posture").judge(sample.snapshot(), sample.goal()))
        .isInstanceOf(Judgement.Flawed.class);
  }

  @Test
  void saysWhatTheNextTaskWouldMiss() {
    sample.ways(SampleNetwork::withoutEgress);
    assertThat(found().getFirst().explanation())
        .startsWith(
            "The tasks of service orders run, but the next one in subnet subnet-a could not start,"
                + " as it could not reach ecr.api: ");
    assertThat(found().getFirst().cli())
        .isEqualTo("slipway preflight --cluster staging --service orders");
  }

  static Stream<Consumer<PosturedSample>> neighbours() {
    return Stream.of(
        _ -> {},
        s ->
            s.ways(n -> {
              n.balancerIngress = List.of(SampleNetwork.anywhere(-1));
              n.endpoints.add(SampleNetwork.endpoint("ecr.api", "sg-alb"));
            }),
        // While tasks come and go they tell it themselves.
        s -> {
          s.ways(SampleNetwork::withoutEgress);
          s.service(b -> b.runningCount(1));
        },
        s -> {
          s.ways(SampleNetwork::withoutEgress);
          s.service(b -> b.desiredCount(0).runningCount(0));
        },
        s -> {
          s.ways(SampleNetwork::withoutEgress);
          s.rollingOut();
        },
        // Of a network that cannot be read nothing is said.
        s -> {
          s.ways(SampleNetwork::withoutEgress);
          s.gap("ec2:DescribeRouteTables");
        },
        s ->
            s.service(b ->
                b.networkConfiguration(n ->
                    n.awsvpcConfiguration(v ->
                        v.subnets("subnet-elsewhere")
                            .securityGroups("sg-task")
                            .assignPublicIp(AssignPublicIp.DISABLED)))));
  }

  @ParameterizedTest
  @MethodSource("neighbours")
  void findsNothingWhereTheWayIsOpenOrSomebodyElseTells(Consumer<PosturedSample> change) {
    change.accept(sample);
    assertThat(found()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec2:DescribeVpcs",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeRouteTables",
        "ec2:DescribeNetworkAcls",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeNatGateways",
        "ec2:DescribeVpcEndpoints",
        "ec2:DescribeManagedPrefixLists",
        "ec2:GetManagedPrefixListEntries"
      })
  void isNoPassWithoutAReading(String action) {
    sample.gap(action);
    assertThat(Postures.of("network-posture").judge(sample.snapshot(), sample.goal()))
        .isEqualTo(new Judgement.Skipped("missing permission " + action, false));
  }
}
