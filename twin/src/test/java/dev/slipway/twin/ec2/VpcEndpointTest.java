package dev.slipway.twin.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.topology.Place;
import dev.slipway.topology.Reachability;
import dev.slipway.topology.Verdict;
import dev.slipway.topology.Verdict.Blocked;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcEndpointsResponse;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribePrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointServicesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointServicesResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.ServiceDetail;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class VpcEndpointTest {

  private static final String ECR = "com.amazonaws.eu-west-1.ecr.api";

  private final Lab lab = new Lab();
  private String vpc;
  private String subnet;
  private String table;
  private String group;
  private String taskGroup;

  @BeforeEach
  void drawIsolatedSubnet() {
    vpc = lab.vpc("10.0.0.0/16");
    subnet = lab.subnet(vpc, "10.0.10.0/24");
    table = lab.table(vpc, subnet);
    group = lab.group(vpc, "endpoints");
    taskGroup = lab.group(vpc, "tasks");
    lab.call(
        ModifyVpcAttributeRequest.builder()
            .vpcId(vpc)
            .enableDnsHostnames(v -> v.value(true))
            .build());
  }

  private CreateVpcEndpointRequest.Builder interfaceEndpoint() {
    return CreateVpcEndpointRequest.builder()
        .vpcId(vpc)
        .vpcEndpointType("Interface")
        .serviceName(ECR)
        .subnetIds(subnet)
        .securityGroupIds(group)
        .privateDnsEnabled(true);
  }

  private VpcEndpoint create(CreateVpcEndpointRequest request) {
    return lab.call(request, CreateVpcEndpointResponse.class).vpcEndpoint();
  }

  private VpcEndpoint now(VpcEndpoint endpoint) {
    return lab.ec2.network().vpcEndpoints().stream()
        .filter(e -> e.vpcEndpointId().equals(endpoint.vpcEndpointId()))
        .findFirst()
        .orElseThrow();
  }

  private Verdict from(String service) {
    return Reachability.check(
        lab.ec2.network(),
        new Place.Planned(subnet, List.of(taskGroup), false),
        new Place.AwsService(service),
        443);
  }

  private ObstacleKind obstacle(String service) {
    return ((Blocked) from(service)).obstacle().kind();
  }

  private void admitTasks() {
    lab.call(
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId(group)
            .ipProtocol("tcp")
            .fromPort(443)
            .toPort(443)
            .cidrIp("10.0.0.0/16")
            .build());
  }

  @Test
  void anInterfaceEndpointComesUpAndLeadsToItsServiceOnceItsGroupAdmits() {
    VpcEndpoint made = create(interfaceEndpoint().build());
    assertThat(made.stateAsString()).isEqualTo("pending");
    assertThat(made.dnsEntries())
        .extracting(e -> e.dnsName())
        .contains("api.ecr.eu-west-1.amazonaws.com");
    assertThat(obstacle("ecr.api")).isEqualTo(ObstacleKind.ENDPOINT_NOT_AVAILABLE);

    lab.clock.advance(Duration.ofMinutes(2));
    assertThat(now(made).stateAsString()).isEqualTo("available");
    assertThat(obstacle("ecr.api")).isEqualTo(ObstacleKind.ENDPOINT_SECURITY_GROUP);
    assertThat(obstacle("ecr.dkr")).isEqualTo(ObstacleKind.ENDPOINT_MISSING);

    admitTasks();
    assertThat(from("ecr.api").reachable()).isTrue();

    lab.call(
        ModifyVpcEndpointRequest.builder()
            .vpcEndpointId(made.vpcEndpointId())
            .privateDnsEnabled(false)
            .build());
    assertThat(obstacle("ecr.api")).isEqualTo(ObstacleKind.ENDPOINT_PRIVATE_DNS_OFF);
  }

  @Test
  void itsInterfacesHoldTheSubnetUntilItIsGone() {
    VpcEndpoint made = create(interfaceEndpoint().build());
    lab.clock.advance(Duration.ofMinutes(2));
    lab.call(DeleteVpcEndpointsRequest.builder().vpcEndpointIds(made.vpcEndpointId()).build());
    DeleteSubnetRequest deleteSubnet = DeleteSubnetRequest.builder().subnetId(subnet).build();
    assertThat(lab.refusal(deleteSubnet).code()).isEqualTo("DependencyViolation");

    lab.clock.advance(Duration.ofMinutes(1));
    lab.call(deleteSubnet);
    assertThat(lab.ec2.network().vpcEndpoints()).isEmpty();
    assertThat(lab.ec2.network().networkInterfaces()).isEmpty();
  }

  @Test
  void aGatewayEndpointIsARouteToThePrefixListOfItsService() {
    VpcEndpoint made =
        create(
            CreateVpcEndpointRequest.builder()
                .vpcId(vpc)
                .serviceName("com.amazonaws.eu-west-1.s3")
                .routeTableIds(table)
                .build());
    String list =
        lab.call(
                DescribePrefixListsRequest.builder()
                    .filters(f -> f.name("prefix-list-name").values("com.amazonaws.eu-west-1.s3"))
                    .build(),
                DescribePrefixListsResponse.class)
            .prefixLists()
            .getFirst()
            .prefixListId();
    assertThat(lab.ec2.network().routeTables())
        .flatExtracting(t -> t.routes())
        .filteredOn(r -> list.equals(r.destinationPrefixListId()))
        .singleElement()
        .satisfies(r -> assertThat(r.gatewayId()).isEqualTo(made.vpcEndpointId()));
    assertThat(from("s3").reachable()).isTrue();

    lab.call(
        ModifyVpcEndpointRequest.builder()
            .vpcEndpointId(made.vpcEndpointId())
            .removeRouteTableIds(table)
            .build());
    assertThat(now(made).routeTableIds()).isEmpty();
    assertThat(obstacle("s3")).isEqualTo(ObstacleKind.GATEWAY_ENDPOINT_NOT_ON_ROUTE_TABLE);
  }

  @Test
  void privateDnsNeedsTheDnsAttributesOfTheVpcAndOneEndpointOnly() {
    create(interfaceEndpoint().build());
    assertThat(lab.refusal(interfaceEndpoint().build()))
        .hasMessage(
            "private-dns-enabled cannot be set because there is already a conflicting DNS domain for api.ecr.eu-west-1.amazonaws.com in the VPC %s",
            vpc);
    lab.call(
        ModifyVpcAttributeRequest.builder()
            .vpcId(vpc)
            .enableDnsHostnames(v -> v.value(false))
            .build());
    assertThat(lab.refusal(interfaceEndpoint().serviceName("com.amazonaws.eu-west-1.logs").build()))
        .hasMessageContaining("enableDnsHostnames");
    assertThat(obstacle("ecr.api")).isEqualTo(ObstacleKind.ENDPOINT_NOT_AVAILABLE);
  }

  @Test
  void aRefusedEndpointLeavesNoInterfaceBehind() {
    String other = lab.subnet(vpc, "10.0.11.0/24");
    assertThat(lab.refusal(interfaceEndpoint().subnetIds(subnet, other).build()).code())
        .isEqualTo("DuplicateSubnetsInSameZone");
    assertThat(lab.ec2.network().networkInterfaces()).isEmpty();
  }

  @Test
  void anUnknownEndpointIsReportedWhenItIsDeleted() {
    assertThat(
            lab.call(
                    DeleteVpcEndpointsRequest.builder().vpcEndpointIds("vpce-1").build(),
                    DeleteVpcEndpointsResponse.class)
                .unsuccessful())
        .singleElement()
        .satisfies(u -> assertThat(u.error().code()).isEqualTo("InvalidVpcEndpointId.NotFound"));
  }

  @Test
  void s3HasBothTypesOfEndpoint() {
    assertThat(
            lab.call(
                    DescribeVpcEndpointServicesRequest.builder()
                        .serviceNames("com.amazonaws.eu-west-1.s3")
                        .build(),
                    DescribeVpcEndpointServicesResponse.class)
                .serviceDetails())
        .flatExtracting(ServiceDetail::serviceType)
        .extracting(t -> t.serviceTypeAsString())
        .containsExactly("Gateway", "Interface");
    assertThat(
            lab.refusal(interfaceEndpoint().serviceName("com.amazonaws.eu-west-1.nothing").build())
                .code())
        .isEqualTo("InvalidServiceName");
  }
}
