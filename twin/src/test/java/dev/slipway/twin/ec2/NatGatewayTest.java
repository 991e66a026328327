package dev.slipway.twin.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.topology.Place;
import dev.slipway.topology.Reachability;
import dev.slipway.topology.Verdict.Blocked;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DeleteNatGatewayRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNatGatewaysResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.NatGateway;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;

class NatGatewayTest {

  private final Lab lab = new Lab();
  private String vpc;
  private String publicSubnet;
  private String privateSubnet;

  @BeforeEach
  void drawSubnets() {
    vpc = lab.vpc("10.0.0.0/16");
    publicSubnet = lab.subnet(vpc, "10.0.0.0/24");
    privateSubnet = lab.subnet(vpc, "10.0.10.0/24");
  }

  private static NatGateway describe(Lab where, String id) {
    return where
        .call(
            DescribeNatGatewaysRequest.builder().natGatewayIds(id).build(),
            DescribeNatGatewaysResponse.class)
        .natGateways()
        .getFirst();
  }

  private String working() {
    lab.route(lab.table(vpc, publicSubnet), lab.gateway(vpc));
    return lab.nat(publicSubnet, lab.address());
  }

  @Test
  void comesUpAfterAMinuteAndAHalfAndLetsThePrivateSubnetOut() {
    String nat = working();
    lab.route(lab.table(vpc, privateSubnet), nat);
    Place task = new Place.Planned(privateSubnet, List.of(), false);
    Place service = new Place.AwsService("ecr.api");

    lab.clock.advance(Duration.ofSeconds(60));
    assertThat(describe(lab, nat).state()).isEqualTo(NatGatewayState.PENDING);
    Blocked blocked = (Blocked) Reachability.check(lab.ec2.network(), task, service, 443);
    assertThat(blocked.obstacle().kind()).isEqualTo(ObstacleKind.NAT_NOT_AVAILABLE);

    lab.clock.advance(Duration.ofSeconds(31));
    assertThat(describe(lab, nat).state()).isEqualTo(NatGatewayState.AVAILABLE);
    assertThat(describe(lab, nat).natGatewayAddresses().getFirst().publicIp()).isNotNull();
    assertThat(Reachability.check(lab.ec2.network(), task, service, 443).reachable()).isTrue();
  }

  @Test
  void failsWithoutAnInternetGatewayAndIsForgottenAfterAnHour() {
    String nat = lab.nat(publicSubnet, lab.address());
    assertThat(describe(lab, nat).state()).isEqualTo(NatGatewayState.PENDING);

    lab.clock.advance(Duration.ofMinutes(2));
    assertThat(describe(lab, nat).state()).isEqualTo(NatGatewayState.FAILED);
    assertThat(describe(lab, nat).failureCode()).isEqualTo("Gateway.NotAttached");
    assertThat(describe(lab, nat).failureMessage())
        .isEqualTo("Network " + vpc + " has no Internet gateway attached");

    lab.clock.advance(Duration.ofHours(1));
    assertThat(lab.refusal(DescribeNatGatewaysRequest.builder().natGatewayIds(nat).build()).code())
        .isEqualTo("NatGatewayNotFound");
  }

  @Test
  void failsWithAnAddressThatAnotherGatewayHas() {
    lab.gateway(vpc);
    String address = lab.address();
    lab.nat(publicSubnet, address);
    String second = lab.nat(publicSubnet, address);
    lab.clock.advance(Duration.ofMinutes(2));
    assertThat(describe(lab, second).failureMessage())
        .isEqualTo("Elastic IP address " + address + " is already associated");
  }

  @Test
  void itsRoutesLeadNowhereOnceItIsDeletedAndItsAddressIsFree() {
    String nat = working();
    String table = lab.table(vpc, privateSubnet);
    lab.route(table, nat);
    lab.clock.advance(Duration.ofMinutes(2));
    String allocation = describe(lab, nat).natGatewayAddresses().getFirst().allocationId();

    lab.call(DeleteNatGatewayRequest.builder().natGatewayId(nat).build());
    ReleaseAddressRequest release =
        ReleaseAddressRequest.builder().allocationId(allocation).build();
    assertThat(lab.refusal(release).code()).isEqualTo("InvalidIPAddress.InUse");

    lab.clock.advance(Duration.ofSeconds(45));
    assertThat(describe(lab, nat).state()).isEqualTo(NatGatewayState.DELETED);
    assertThat(
            lab.call(
                    DescribeRouteTablesRequest.builder().routeTableIds(table).build(),
                    DescribeRouteTablesResponse.class)
                .routeTables()
                .getFirst()
                .routes())
        .filteredOn(r -> nat.equals(r.natGatewayId()))
        .extracting(Route::state)
        .containsExactly(RouteState.BLACKHOLE);
    lab.call(release);
  }

  @Test
  void itsAddressCannotBeTakenOffByHand() {
    String nat = working();
    lab.clock.advance(Duration.ofMinutes(2));
    String association = describe(lab, nat).natGatewayAddresses().getFirst().associationId();
    assertThat(lab.refusal(DisassociateAddressRequest.builder().associationId(association).build()))
        .hasMessage("You do not have permission to access the specified resource.")
        .extracting("code")
        .isEqualTo("AuthFailure");
  }

  @Test
  void aCopiedWorldGoesOnByItself() {
    String nat = working();
    lab.clock.advance(Duration.ofSeconds(30));
    Lab copy = new Lab(lab.clock);
    copy.world.copyStateFrom(lab.world);
    copy.ec2.resume();

    lab.clock.advance(Duration.ofSeconds(61));
    assertThat(describe(copy, nat).state()).isEqualTo(NatGatewayState.AVAILABLE);
  }
}
