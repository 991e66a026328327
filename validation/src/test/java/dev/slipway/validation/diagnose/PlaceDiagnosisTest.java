package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/** Subnets without addresses, and ways from the load balancer to tasks that are there or gone. */
class PlaceDiagnosisTest extends Diagnosed {

  private static final String FULL = "InsufficientFreeAddressesInSubnet";

  private void free(Integer a, Integer b) {
    network.freeAddresses.put("subnet-a", a);
    network.freeAddresses.put("subnet-b", b);
    network.freeAddresses.put("subnet-p", 0);
  }

  /** How many addresses the two subnets of the service have left, and whether waiting helps. */
  @ParameterizedTest
  @CsvSource({"0,5,false", "5,0,false", "0,0,true", ",,false", "0,,false"})
  void showsWhichSubnetsAreFull(Integer a, Integer b, boolean decisive) {
    free(a, b);
    sample
        .rollingOut()
        .failedStart("subnet-a", "Unexpected EC2 error in subnet 'subnet-a': " + FULL);
    assertThat(first().resource()).isEqualTo("subnet-a");
    assertThat(first().decisive()).isEqualTo(decisive);
    assertThat(first().evidence())
        .filteredOn(e -> e.startsWith("subnet "))
        .containsExactly(
            "subnet subnet-a (10.0.1.0/24): %s free addresses".formatted(a),
            "subnet subnet-b (10.0.2.0/24): %s free addresses".formatted(b));
  }

  @ParameterizedTest
  @CsvSource({"5,0,subnet-b", "0,0,subnet-a", "5,5,", ",,"})
  void looksForTheFullSubnetThatNobodyNames(Integer a, Integer b, String subnet) {
    free(a, b);
    sample.rollingOut().failedStart("subnet-a", "Unexpected EC2 error: " + FULL);
    assertThat(causes())
        .filteredOn(c -> c.id().equals("net-subnet-ip-exhausted"))
        .extracting(Cause::resource)
        .isEqualTo(subnet == null ? List.of() : List.of(subnet));
  }

  /** Of a task that is gone, only the subnet is known in which it was. */
  @ParameterizedTest
  @CsvSource({"task1,task2", "task8,task9"})
  void namesTheTasksGroupThoughItsInterfaceIsGone(String one, String other) {
    sample.tasks.set(0, Sample.running(one, "10.0.1.10", "subnet-a"));
    sample.tasks.set(1, Sample.running(other, "10.0.2.10", "subnet-b"));
    network.taskIngress = List.of();
    unhealthy("Request timed out");
    assertThat(first().id()).isEqualTo("net-task-sg-ingress-missing-alb");
    assertThat(first().resource()).isEqualTo("sg-task");
  }

  @ParameterizedTest
  @CsvSource({"task1", "task9"})
  void findsNoFaultWithAnOpenWayToATask(String task) {
    sample.tasks.set(0, Sample.running(task, "10.0.1.10", "subnet-a"));
    unhealthy("Request timed out");
    assertThat(causes()).noneMatch(c -> c.id().startsWith("net-"));
  }

  @Test
  void namesTheLoadBalancersGroupThatLetsNothingOut() {
    network.balancerEgress = List.of();
    unhealthy("Request timed out");
    assertThat(first().id()).isEqualTo("net-alb-sg-egress-blocked");
    assertThat(first().resource()).isEqualTo("sg-alb");
    assertThat(first().fix().change())
        .isEqualTo("allow TCP 5000 out of security group sg-alb of the load balancer");
  }

  /** Whom its owner lets in is the owner's choice; somebody must be. */
  @ParameterizedTest
  @CsvSource({"-1,0,0,false", "tcp,80,80,false", "tcp,0,79,true", "tcp,81,90,true"})
  void foretellsAListenerThatNobodyIsLetInTo(String protocol, int from, int to, boolean closed) {
    network.balancerIngress =
        List.of(
            IpPermission.builder()
                .ipProtocol(protocol)
                .fromPort(protocol.equals("-1") ? null : from)
                .toPort(protocol.equals("-1") ? null : to)
                .ipRanges(IpRange.builder().cidrIp("203.0.113.0/24").build())
                .build());
    sample.surroundings = network.surroundings();
    assertThat(Foresight.of(sample.snapshot(), sample.goal()).causes())
        .extracting(Cause::id)
        .isEqualTo(closed ? List.of("net-alb-sg-listener-port-closed") : List.of());
  }
}
