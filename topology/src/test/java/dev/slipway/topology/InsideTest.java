package dev.slipway.topology;

import static dev.slipway.topology.Sketch.ALB;
import static dev.slipway.topology.Sketch.PRIVATE;
import static dev.slipway.topology.Sketch.PUBLIC;
import static dev.slipway.topology.Sketch.TASK;
import static dev.slipway.topology.Sketch.allow;
import static dev.slipway.topology.Sketch.entry;
import static dev.slipway.topology.Sketch.local;
import static dev.slipway.topology.Sketch.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.topology.Verdict.Blocked;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.RuleAction;

class InsideTest {

  private static final Place CLIENT = new Place.Internet("192.0.2.7");

  private static Verdict toTask(Sketch sketch) {
    return Reachability.check(
        sketch.network(), new Place.Interface(ALB), new Place.Interface(TASK), 5000);
  }

  private static Verdict toBalancer(Sketch sketch) {
    return Reachability.check(sketch.network(), CLIENT, new Place.Interface(ALB), 80);
  }

  @Test
  void theBalancerReachesTheTaskThroughReferencedGroups() {
    assertThat(toTask(Sketch.usual()).reachable()).isTrue();
  }

  @Test
  void theInternetReachesTheBalancer() {
    assertThat(toBalancer(Sketch.usual()).reachable()).isTrue();
  }

  @Test
  void theInternetDoesNotReachAPrivateTask() {
    Verdict verdict =
        Reachability.check(Sketch.usual().network(), CLIENT, new Place.Interface(TASK), 5000);
    assertThat(((Blocked) verdict).obstacle().kind()).isEqualTo(ObstacleKind.NO_PUBLIC_ADDRESS);
  }

  @Test
  void aGroupAdmitsItsOwnMembersWhenItRefersToItself() {
    Sketch sketch =
        Sketch.usual()
            .group("sg-both", List.of(tcp(5000, "sg-both")), List.of(tcp(5000, "sg-both")))
            .networkInterface(ALB, PUBLIC, "10.0.0.10", "203.0.113.10", "sg-both")
            .networkInterface(TASK, PRIVATE, "10.0.10.20", "", "sg-both");
    assertThat(toTask(sketch).reachable()).isTrue();
  }

  @Test
  void anAclDoesNotLieBetweenInterfacesOfOneSubnet() {
    Sketch sketch =
        Sketch.usual()
            .networkInterface(TASK, PUBLIC, "10.0.0.20", "", "sg-task")
            .acl("acl-closed", PUBLIC);
    assertThat(toTask(sketch).reachable()).isTrue();
  }

  @Test
  void anAddressOfTheVpcIsTheInterfaceThatHasIt() {
    Verdict verdict =
        Reachability.check(
            Sketch.usual().group("sg-task", List.of(), List.of()).network(),
            new Place.Interface(ALB),
            new Place.Internet("10.0.10.20"),
            5000);
    assertThat(((Blocked) verdict).obstacle().kind())
        .isEqualTo(ObstacleKind.SECURITY_GROUP_INGRESS);
  }

  static Stream<Arguments> taskObstacles() {
    return Stream.of(
        arguments(
            Sketch.usual().group("sg-task", List.of(tcp(8080, "sg-alb")), List.of()),
            ObstacleKind.SECURITY_GROUP_INGRESS,
            "sg-task"),
        arguments(
            Sketch.usual().group("sg-task", List.of(tcp(5000, "sg-other")), List.of()),
            ObstacleKind.SECURITY_GROUP_INGRESS,
            "sg-task"),
        arguments(
            Sketch.usual().group("sg-alb", List.of(), List.of(tcp(5000, "10.1.0.0/16"))),
            ObstacleKind.SECURITY_GROUP_EGRESS,
            "sg-alb"),
        arguments(
            Sketch.usual()
                .acl("acl-1", PRIVATE, allow(true), entry(1, false, RuleAction.DENY, 5000, 5000)),
            ObstacleKind.NETWORK_ACL_INGRESS,
            "acl-1"),
        arguments(
            // Open for a Linux host's source ports, but the balancer uses lower ones too.
            Sketch.usual()
                .acl(
                    "acl-1", PRIVATE, allow(false), entry(1, true, RuleAction.ALLOW, 32768, 65535)),
            ObstacleKind.NETWORK_ACL_EGRESS,
            "acl-1"));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("taskObstacles")
  void namesWhatStandsBetweenBalancerAndTask(Sketch sketch, ObstacleKind kind, String resource) {
    assertBlocked(toTask(sketch), kind, resource);
  }

  static Stream<Arguments> clientObstacles() {
    return Stream.of(
        arguments(
            Sketch.usual().group("sg-alb", List.of(tcp(443, "0.0.0.0/0")), List.of()),
            ObstacleKind.SECURITY_GROUP_INGRESS,
            "sg-alb"),
        arguments(Sketch.usual().withoutGateway(), ObstacleKind.INTERNET_GATEWAY_DETACHED, "igw-1"),
        arguments(
            Sketch.usual().withoutGateway().table("rtb-public", PUBLIC, local()),
            ObstacleKind.INTERNET_GATEWAY_DETACHED,
            "vpc-1"),
        arguments(
            Sketch.usual().table("rtb-public", PUBLIC, local()),
            ObstacleKind.NO_ROUTE,
            "rtb-public"),
        arguments(
            Sketch.usual().table("rtb-public", PUBLIC, local(), Sketch.to("0.0.0.0/0", "nat-1")),
            ObstacleKind.NO_ROUTE,
            "rtb-public"),
        arguments(
            Sketch.usual()
                .acl("acl-1", PUBLIC, allow(true), entry(9, false, RuleAction.ALLOW, 443, 443)),
            ObstacleKind.NETWORK_ACL_INGRESS,
            "acl-1"),
        arguments(
            Sketch.usual().acl("acl-1", PUBLIC, allow(false)),
            ObstacleKind.NETWORK_ACL_EGRESS,
            "acl-1"));
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("clientObstacles")
  void namesWhatStandsBetweenClientAndBalancer(Sketch sketch, ObstacleKind kind, String resource) {
    assertBlocked(toBalancer(sketch), kind, resource);
  }

  private static void assertBlocked(Verdict verdict, ObstacleKind kind, String resource) {
    assertThat(verdict).isInstanceOf(Blocked.class);
    assertThat(((Blocked) verdict).obstacle().kind()).isEqualTo(kind);
    assertThat(((Blocked) verdict).obstacle().resourceId()).isEqualTo(resource);
  }
}
