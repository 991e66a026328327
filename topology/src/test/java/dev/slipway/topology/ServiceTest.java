package dev.slipway.topology;

import static dev.slipway.topology.Sketch.PRIVATE;
import static dev.slipway.topology.Sketch.TASK;
import static dev.slipway.topology.Sketch.VPC;
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
import org.junit.jupiter.params.provider.MethodSource;

class ServiceTest {

  private static Verdict check(Sketch sketch, String service) {
    return Reachability.check(
        sketch.network(), new Place.Interface(TASK), new Place.AwsService(service), 443);
  }

  private static Sketch withGatewayEndpoint(Sketch sketch) {
    return sketch
        .table("rtb-private", PRIVATE, local(), to("pl-s3", "vpce-s3"))
        .endpoint("s3", e -> e.routeTableIds("rtb-private"));
  }

  @Test
  void goesThroughTheInterfaceEndpointEvenWhereANatWouldDo() {
    assertThat(check(Sketch.usual().endpoint("ecr.api"), "ecr.api").path())
        .extracting(Hop::resourceId)
        .containsExactly(TASK, "eni-ecr.api", "vpce-ecr.api");
  }

  @Test
  void aClosedEndpointStopsEvenWhereANatWouldDo() {
    Sketch sketch =
        Sketch.usual()
            .endpoint("ecr.api")
            .group("sg-endpoint", List.of(tcp(443, "sg-other")), List.of());
    Verdict verdict = check(sketch, "ecr.api");
    assertThat(((Blocked) verdict).obstacle().kind())
        .isEqualTo(ObstacleKind.ENDPOINT_SECURITY_GROUP);
    assertThat(((Blocked) verdict).obstacle().resourceId()).isEqualTo("sg-endpoint");
    assertThat(((Blocked) verdict).obstacle().relatedIds()).contains("vpce-ecr.api");
  }

  @Test
  void goesByTheGatewayEndpointOnTheRouteTable() {
    assertThat(check(withGatewayEndpoint(Sketch.usual().isolated()), "s3").path())
        .extracting(Hop::resourceId)
        .containsExactly(TASK, "rtb-private", "vpce-s3");
  }

  @Test
  void thePrefixListOfAServiceAdmitsIt() {
    Sketch sketch =
        withGatewayEndpoint(Sketch.usual().isolated())
            .group("sg-task", List.of(), List.of(tcp(443, "pl-s3")));
    assertThat(check(sketch, "s3").reachable()).isTrue();
    assertThat(check(sketch, "dynamodb").reachable()).isFalse();
  }

  static Stream<Arguments> obstacles() {
    return Stream.of(
        arguments(
            "no NAT and no endpoint at all",
            Sketch.usual().isolated(),
            "ecr.api",
            ObstacleKind.NO_ROUTE,
            "rtb-private"),
        arguments(
            "one endpoint of the set is missing",
            Sketch.usual().isolated().endpoint("ecr.api"),
            "ecr.dkr",
            ObstacleKind.ENDPOINT_MISSING,
            VPC),
        arguments(
            "the NAT route is lost beside an endpoint for another service",
            Sketch.usual().table("rtb-private", PRIVATE, local()).endpoint("ecr.api"),
            "ecr.dkr",
            ObstacleKind.NO_ROUTE,
            "rtb-private"),
        arguments(
            "gateway endpoint on another route table",
            Sketch.usual().isolated().endpoint("s3", e -> e.routeTableIds("rtb-public")),
            "s3",
            ObstacleKind.GATEWAY_ENDPOINT_NOT_ON_ROUTE_TABLE,
            "vpce-s3"),
        arguments(
            "subnet not associated with the table of the gateway endpoint",
            Sketch.usual()
                .withoutNat()
                .table("rtb-private", "subnet-other", local(), to("pl-s3", "vpce-s3"))
                .endpoint("s3", e -> e.routeTableIds("rtb-private")),
            "s3",
            ObstacleKind.NO_ROUTE_IN_MAIN_TABLE,
            PRIVATE),
        arguments(
            "endpoint without private DNS",
            Sketch.usual().isolated().endpoint("logs", e -> e.privateDnsEnabled(false)),
            "logs",
            ObstacleKind.ENDPOINT_PRIVATE_DNS_OFF,
            "vpce-logs"),
        arguments(
            "endpoint still pending",
            Sketch.usual().isolated().endpoint("logs", e -> e.state("pending")),
            "logs",
            ObstacleKind.ENDPOINT_NOT_AVAILABLE,
            "vpce-logs"),
        arguments(
            "an endpoint on its way out counts as missing",
            Sketch.usual()
                .isolated()
                .endpoint("ecr.api")
                .endpoint("logs", e -> e.state("deleting")),
            "logs",
            ObstacleKind.ENDPOINT_MISSING,
            VPC),
        arguments(
            "VPC resolver off",
            Sketch.usual().dns(false, true),
            "ecr.api",
            ObstacleKind.VPC_DNS_OFF,
            VPC),
        arguments(
            "DNS host names off, so the private name does not apply",
            Sketch.usual().isolated().endpoint("ecr.api").dns(true, false),
            "ecr.api",
            ObstacleKind.VPC_DNS_OFF,
            VPC),
        arguments(
            "no egress rule towards the endpoint",
            Sketch.usual()
                .isolated()
                .endpoint("ecr.api")
                .group("sg-task", List.of(), List.of(tcp(443, "pl-s3"))),
            "ecr.api",
            ObstacleKind.SECURITY_GROUP_EGRESS,
            "sg-task"),
        arguments(
            "no egress rule, whatever else is wrong with the endpoint",
            Sketch.usual()
                .isolated()
                .endpoint("ecr.api")
                .dns(true, false)
                .group("sg-task", List.of(), List.of()),
            "ecr.api",
            ObstacleKind.SECURITY_GROUP_EGRESS,
            "sg-task"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("obstacles")
  void namesTheResourceToChange(
      String what, Sketch sketch, String service, ObstacleKind kind, String resource) {
    Verdict verdict = check(sketch, service);
    assertThat(verdict).as(what).isInstanceOf(Blocked.class);
    assertThat(((Blocked) verdict).obstacle().kind()).isEqualTo(kind);
    assertThat(((Blocked) verdict).obstacle().resourceId()).isEqualTo(resource);
  }

  @Test
  void withoutPrivateDnsTheNatIsTheWay() {
    Sketch sketch = Sketch.usual().endpoint("logs", e -> e.privateDnsEnabled(false));
    assertThat(check(sketch, "logs").path()).extracting(Hop::resourceId).contains("nat-1");
  }
}
