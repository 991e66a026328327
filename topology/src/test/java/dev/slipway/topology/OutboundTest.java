package dev.slipway.topology;

import static dev.slipway.topology.Sketch.PRIVATE;
import static dev.slipway.topology.Sketch.PUBLIC;
import static dev.slipway.topology.Sketch.TASK;
import static dev.slipway.topology.Sketch.all;
import static dev.slipway.topology.Sketch.allow;
import static dev.slipway.topology.Sketch.blackhole;
import static dev.slipway.topology.Sketch.entry;
import static dev.slipway.topology.Sketch.local;
import static dev.slipway.topology.Sketch.tcp;
import static dev.slipway.topology.Sketch.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.topology.Verdict.Blocked;
import dev.slipway.topology.Verdict.Hop;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.RuleAction;

class OutboundTest {

  private static final Place INTERNET = new Place.Internet("140.82.121.3");

  private static Verdict check(Sketch sketch) {
    return Reachability.check(sketch.network(), new Place.Interface(TASK), INTERNET, 443);
  }

  @Test
  void leavesThroughTheNatAndItsInternetGateway() {
    assertThat(check(Sketch.usual()).path())
        .extracting(Hop::resourceId)
        .containsExactly(TASK, "rtb-private", "nat-1", "igw-1");
  }

  static Stream<Arguments> obstacles() {
    return Stream.of(
        arguments(
            "no default route",
            Sketch.usual().table("rtb-private", PRIVATE, local()),
            ObstacleKind.NO_ROUTE,
            "rtb-private"),
        arguments(
            "subnet without an association",
            Sketch.usual().table("rtb-private", "subnet-other", local(), to("0.0.0.0/0", "nat-1")),
            ObstacleKind.NO_ROUTE_IN_MAIN_TABLE,
            PRIVATE),
        arguments(
            "task in a public subnet without a public address",
            Sketch.usual().networkInterface(TASK, PUBLIC, "10.0.0.20", "", "sg-task"),
            ObstacleKind.NO_PUBLIC_ADDRESS,
            TASK),
        arguments(
            "internet gateway detached behind the NAT",
            Sketch.usual().withoutGateway(),
            ObstacleKind.INTERNET_GATEWAY_DETACHED,
            "igw-1"),
        arguments(
            "internet gateway gone in front of a public task",
            Sketch.usual()
                .networkInterface(TASK, PUBLIC, "10.0.0.20", "203.0.113.9", "sg-task")
                .table("rtb-public", PUBLIC, local(), blackhole("0.0.0.0/0", "igw-1"))
                .withoutGateway(),
            ObstacleKind.INTERNET_GATEWAY_DETACHED,
            "igw-1"),
        arguments(
            "route to a NAT that is gone",
            Sketch.usual()
                .withoutNat()
                .table("rtb-private", PRIVATE, local(), blackhole("0.0.0.0/0", "nat-1")),
            ObstacleKind.BLACKHOLE_ROUTE,
            "rtb-private"),
        arguments(
            "NAT still pending",
            Sketch.usual().nat(n -> n.state("pending")),
            ObstacleKind.NAT_NOT_AVAILABLE,
            "nat-1"),
        arguments(
            "NAT in the private subnet, whose route leads to itself",
            Sketch.usual().nat(n -> n.subnetId(PRIVATE)),
            ObstacleKind.NAT_WITHOUT_INTERNET,
            "nat-1"),
        arguments(
            "NAT in a subnet without a default route",
            Sketch.usual().table("rtb-public", PUBLIC, local()),
            ObstacleKind.NAT_WITHOUT_INTERNET,
            "nat-1"),
        arguments(
            "no egress rule at all",
            Sketch.usual().group("sg-task", List.of(), List.of()),
            ObstacleKind.SECURITY_GROUP_EGRESS,
            "sg-task"),
        arguments(
            "egress on another port only",
            Sketch.usual().group("sg-task", List.of(), List.of(tcp(80, "0.0.0.0/0"))),
            ObstacleKind.SECURITY_GROUP_EGRESS,
            "sg-task"),
        arguments(
            "egress within the VPC only",
            Sketch.usual().group("sg-task", List.of(), List.of(all("10.0.0.0/16"))),
            ObstacleKind.SECURITY_GROUP_EGRESS,
            "sg-task"),
        arguments(
            "network ACL without a rule for the way out",
            Sketch.usual().acl("acl-1", PRIVATE, allow(false)),
            ObstacleKind.NETWORK_ACL_EGRESS,
            "acl-1"),
        arguments(
            "network ACL that admits no answers",
            Sketch.usual()
                .acl("acl-1", PRIVATE, allow(true), entry(100, false, RuleAction.ALLOW, 443, 443)),
            ObstacleKind.NETWORK_ACL_INGRESS,
            "acl-1"),
        arguments(
            "network ACL that denies before it allows",
            Sketch.usual()
                .acl(
                    "acl-1",
                    PRIVATE,
                    allow(true),
                    entry(200, false, RuleAction.ALLOW, 0, 65535),
                    entry(90, false, RuleAction.DENY, 40000, 41000)),
            ObstacleKind.NETWORK_ACL_INGRESS,
            "acl-1"),
        arguments(
            "network ACL of the NAT's subnet",
            Sketch.usual().acl("acl-1", PUBLIC, allow(true)),
            ObstacleKind.NETWORK_ACL_INGRESS,
            "acl-1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("obstacles")
  void namesTheResourceToChange(String what, Sketch sketch, ObstacleKind kind, String resource) {
    Verdict verdict = check(sketch);
    assertThat(verdict).as(what).isInstanceOf(Blocked.class);
    assertThat(((Blocked) verdict).obstacle().kind()).isEqualTo(kind);
    assertThat(((Blocked) verdict).obstacle().resourceId()).isEqualTo(resource);
  }

  @Test
  void leavesFromAPublicSubnetWithAPublicAddress() {
    Sketch sketch =
        Sketch.usual().networkInterface(TASK, PUBLIC, "10.0.0.20", "203.0.113.9", "sg-task");
    assertThat(check(sketch).path())
        .extracting(Hop::resourceId)
        .containsExactly(TASK, "rtb-public", "igw-1");
  }

  @Test
  void takesTheLongestPrefix() {
    Sketch sketch =
        Sketch.usual()
            .table(
                "rtb-private",
                PRIVATE,
                local(),
                to("0.0.0.0/0", "nat-1"),
                blackhole("140.82.0.0/16", "nat-2"));
    assertThat(((Blocked) check(sketch)).obstacle().kind()).isEqualTo(ObstacleKind.BLACKHOLE_ROUTE);
  }

  @Test
  void pointsFromAForgottenAssociationToTheTableThatWouldDo() {
    Sketch sketch =
        Sketch.usual().table("rtb-private", "subnet-other", local(), to("0.0.0.0/0", "nat-1"));
    assertThat(((Blocked) check(sketch)).obstacle().relatedIds())
        .contains("rtb-main", "rtb-private");
  }

  /** A gateway to the internet is no way out for a task without a public address. */
  @ParameterizedTest
  @CsvSource({"'',rtb-main rtb-private", "203.0.113.9,rtb-main rtb-public rtb-private"})
  void pointsToTablesOnlyThatWouldDoForTheTask(String publicAddress, String tables) {
    Sketch sketch =
        Sketch.usual()
            .networkInterface(TASK, PRIVATE, "10.0.10.20", publicAddress, "sg-task")
            .table("rtb-private", "subnet-other", local(), to("0.0.0.0/0", "nat-1"));
    assertThat(((Blocked) check(sketch)).obstacle().relatedIds())
        .containsExactly(tables.split(" "));
  }

  @Test
  void answersPassAnAclThatOpensTheEphemeralPorts() {
    Sketch sketch =
        Sketch.usual()
            .acl("acl-1", PRIVATE, allow(true), entry(100, false, RuleAction.ALLOW, 1024, 65535));
    assertThat(check(sketch).reachable()).isTrue();
  }

  @Test
  void aPlannedPlaceWithoutGroupsHasTheDefaultGroup() {
    Sketch closed = Sketch.usual().group("sg-default", List.of(), List.of());
    Verdict verdict =
        Reachability.check(
            closed.network(), new Place.Planned(PRIVATE, List.of(), false), INTERNET, 443);
    assertThat(((Blocked) verdict).obstacle().resourceId()).isEqualTo("sg-default");
  }

  @Test
  void anUnknownInterfaceIsSaidToBeUnknown() {
    Verdict verdict =
        Reachability.check(
            Sketch.usual().network(), new Place.Interface("eni-none"), INTERNET, 443);
    assertThat(((Blocked) verdict).obstacle().kind()).isEqualTo(ObstacleKind.UNKNOWN_PLACE);
    assertThat(((Blocked) verdict).obstacle().resourceId()).isEqualTo("eni-none");
  }
}
