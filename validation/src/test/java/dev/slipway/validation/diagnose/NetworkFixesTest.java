package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.topology.Network;
import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.observe.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.NatGatewayState;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.RuleAction;

/** What a person is told to change, word by word. */
class NetworkFixesTest {

  private final Sample sample = new Sample();
  private final SampleNetwork network = new SampleNetwork();

  private static Arguments fix(
      String id,
      BiConsumer<Sample, SampleNetwork> fault,
      String change,
      String terraform,
      String cli) {
    return arguments(id, fault, UnaryOperator.<Network>identity(), change, terraform, cli);
  }

  static Stream<Arguments> fixes() {
    return Stream.of(
        fix(
            "net-no-egress-route",
            (_, n) -> n.withoutEgress(),
            "add a route 0.0.0.0/0 to route table rtb-private of subnet subnet-a, to a NAT gateway"
                + " in a public subnet, or add VPC endpoints for ecr.api, ecr.dkr, s3 and logs",
            "nat_gateway_id         = aws_nat_gateway.this.id",
            "aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET --allocation-id EIP_ALLOCATION\n"
                + "aws ec2 create-route --route-table-id rtb-private --destination-cidr-block"
                + " 0.0.0.0/0 --nat-gateway-id NAT_GATEWAY"),
        fix(
            "net-no-egress-route",
            (_, n) -> n.privateRoutes.removeIf(r -> r.natGatewayId() != null),
            "add a route 0.0.0.0/0 to route table rtb-private of subnet subnet-a, to NAT gateway"
                + " nat-1, or add VPC endpoints for ecr.api, ecr.dkr, s3 and logs",
            "nat_gateway_id         = \"nat-1\"",
            "aws ec2 create-route --route-table-id rtb-private --destination-cidr-block 0.0.0.0/0"
                + " --nat-gateway-id nat-1"),
        fix(
            "net-no-egress-route",
            (_, n) ->
                n.natGateways.replaceAll(g -> g.toBuilder().state(NatGatewayState.FAILED).build()),
            "give NAT gateway nat-1 a working way to the internet: a route 0.0.0.0/0 to the"
                + " internet gateway in route table rtb-private, or a new NAT gateway",
            "route_table_id         = \"rtb-private\"",
            "aws ec2 create-route --route-table-id rtb-private --destination-cidr-block 0.0.0.0/0"
                + " --gateway-id INTERNET_GATEWAY"),
        fix(
            "net-route-table-not-associated",
            (_, n) -> n.associated = false,
            "associate subnet subnet-a with route table rtb-private, which leads out",
            "subnet_id      = \"subnet-a\"\n  route_table_id = \"rtb-private\"",
            "aws ec2 associate-route-table --subnet-id subnet-a --route-table-id rtb-private"),
        fix(
            "net-no-egress-route",
            (_, n) -> n.withoutEgress().associated = false,
            "add a route 0.0.0.0/0 to route table rtb-main of subnet subnet-a, to a NAT gateway"
                + " in a public subnet, or add VPC endpoints for ecr.api, ecr.dkr, s3 and logs",
            "route_table_id         = \"rtb-main\"",
            "aws ec2 create-nat-gateway --subnet-id PUBLIC_SUBNET --allocation-id EIP_ALLOCATION\n"
                + "aws ec2 create-route --route-table-id rtb-main --destination-cidr-block"
                + " 0.0.0.0/0 --nat-gateway-id NAT_GATEWAY"),
        fix(
            "net-igw-missing",
            (_, n) -> n.gatewayAttached = false,
            "attach an internet gateway to vpc-1",
            "vpc_id = \"vpc-1\"",
            "aws ec2 attach-internet-gateway --internet-gateway-id igw-1 --vpc-id vpc-1"),
        fix(
            "net-task-sg-egress-blocked",
            (_, n) -> n.taskEgress = List.of(),
            "allow TCP 443 out of security group sg-task",
            "security_group_id = \"sg-task\"",
            "aws ec2 authorize-security-group-egress --group-id sg-task --ip-permissions"
                + " IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges='[{CidrIp=0.0.0.0/0}]'"),
        fix(
            "net-endpoint-sg-blocks-443",
            (_, n) -> n.endpoints.add(SampleNetwork.endpoint("ecr.api", "sg-endpoint")),
            "allow TCP 443 into security group sg-endpoint of the VPC endpoint from the tasks in"
                + " subnet subnet-a",
            "security_group_id            = \"sg-endpoint\"",
            "aws ec2 authorize-security-group-ingress --group-id sg-endpoint --protocol tcp --port"
                + " 443 --source-group TASK_GROUP"),
        fix(
            "net-vpc-dns-off",
            (_, n) -> n.dnsSupport = false,
            "turn on DNS support and DNS host names of vpc-1",
            "enable_dns_support   = true",
            "aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-support\n"
                + "aws ec2 modify-vpc-attribute --vpc-id vpc-1 --enable-dns-hostnames"),
        fix(
            "net-ecr-api-endpoint-missing",
            (_, n) -> {
              n.withoutEgress();
              n.endpoints.add(
                  SampleNetwork.endpoint("ecr.api", "sg-alb").toBuilder()
                      .privateDnsEnabled(false)
                      .build());
            },
            "turn on private DNS of VPC endpoint vpce-ecr.api",
            "private_dns_enabled = true",
            "aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-ecr.api --private-dns-enabled"),
        fix(
            "net-ecr-api-endpoint-missing",
            (_, n) -> n.withoutEgress().endpoints.add(SampleNetwork.endpoint("ssm", "sg-alb")),
            "add a interface endpoint for com.amazonaws.eu-central-1.ecr.api to vpc-1",
            "service_name      = \"com.amazonaws.eu-central-1.ecr.api\"",
            "aws ec2 create-vpc-endpoint --vpc-id vpc-1 --service-name"
                + " com.amazonaws.eu-central-1.ecr.api --vpc-endpoint-type Interface"
                + " --private-dns-enabled --subnet-ids subnet-a"),
        fix(
            "net-s3-gateway-endpoint-missing",
            (_, n) -> {
              n.withoutEgress();
              n.balancerIngress = List.of(SampleNetwork.anywhere(-1));
              n.endpoints.add(SampleNetwork.endpoint("ecr.api", "sg-alb"));
              n.endpoints.add(SampleNetwork.endpoint("ecr.dkr", "sg-alb"));
              n.endpoints.add(SampleNetwork.endpoint("s3", "sg-alb"));
            },
            "put gateway endpoint vpce-s3 on route table rtb-private of subnet subnet-a",
            "vpc_endpoint_id = \"vpce-s3\"\n  route_table_id  = \"rtb-private\"",
            "aws ec2 modify-vpc-endpoint --vpc-endpoint-id vpce-s3 --add-route-table-ids"
                + " rtb-private"),
        fix(
            "net-s3-gateway-endpoint-missing",
            (_, n) -> {
              n.withoutEgress();
              n.balancerIngress = List.of(SampleNetwork.anywhere(-1));
              n.endpoints.add(SampleNetwork.endpoint("ecr.api", "sg-alb"));
              n.endpoints.add(SampleNetwork.endpoint("ecr.dkr", "sg-alb"));
            },
            "add a gateway endpoint for com.amazonaws.eu-central-1.s3 to vpc-1",
            "vpc_endpoint_type = \"Gateway\"",
            "aws ec2 create-vpc-endpoint --vpc-id vpc-1 --service-name"
                + " com.amazonaws.eu-central-1.s3 --vpc-endpoint-type Gateway --route-table-ids"
                + " ROUTE_TABLE"),
        fix(
            "net-task-sg-ingress-missing-alb",
            (_, n) -> n.taskIngress = List.of(),
            "allow TCP 5000 into security group sg-task from security group sg-alb",
            "referenced_security_group_id = \"sg-alb\"",
            "aws ec2 authorize-security-group-ingress --group-id sg-task --protocol tcp --port 5000"
                + " --source-group sg-alb"),
        fix(
            "net-alb-sg-listener-port-closed",
            (_, n) -> n.balancerIngress = List.of(),
            "allow TCP 80 into security group sg-alb of the load balancer from its clients",
            "cidr_ipv4         = \"0.0.0.0/0\"",
            "aws ec2 authorize-security-group-ingress --group-id sg-alb --protocol tcp --port 80"
                + " --cidr 0.0.0.0/0"),
        arguments(
            "net-network-acl-blocks",
            (BiConsumer<Sample, SampleNetwork>) (_, _) -> {},
            (UnaryOperator<Network>) NetworkFixesTest::denying,
            "let network ACL acl-1 of subnet subnet-a pass TCP 443 out and TCP 1024-65535 in",
            "network_acl_id = \"acl-1\"",
            "aws ec2 create-network-acl-entry --network-acl-id acl-1 --egress --rule-number 90"
                + " --protocol tcp --port-range From=443,To=443 --cidr-block 0.0.0.0/0"
                + " --rule-action allow"));
  }

  private static Network denying(Network network) {
    NetworkAcl acl =
        NetworkAcl.builder()
            .networkAclId("acl-1")
            .vpcId("vpc-1")
            .associations(NetworkAclAssociation.builder().subnetId("subnet-a").build())
            .entries(
                NetworkAclEntry.builder()
                    .egress(true)
                    .protocol("-1")
                    .ruleNumber(100)
                    .cidrBlock("0.0.0.0/0")
                    .ruleAction(RuleAction.DENY)
                    .build())
            .build();
    List<NetworkAcl> acls = new ArrayList<>(network.networkAcls());
    acls.add(acl);
    return new Network(
        network.region(),
        network.vpcs(),
        network.vpcDns(),
        network.subnets(),
        network.routeTables(),
        acls,
        network.securityGroups(),
        network.networkInterfaces(),
        network.internetGateways(),
        network.natGateways(),
        network.vpcEndpoints(),
        network.prefixLists());
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("fixes")
  void namesTheChange(
      String id,
      BiConsumer<Sample, SampleNetwork> fault,
      UnaryOperator<Network> more,
      String change,
      String terraform,
      String cli) {
    fault.accept(sample, network);
    Surroundings around = network.surroundings();
    sample.surroundings =
        new Surroundings(
            true,
            more.apply(around.network()),
            around.roles(),
            around.logGroups(),
            around.logTails());
    List<Cause> causes = Foresight.of(sample.snapshot(), sample.goal()).causes();
    assertThat(causes).extracting(Cause::id).contains(id);
    Cause first = causes.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    assertThat(first.fix().change()).isEqualTo(change);
    assertThat(first.fix().terraform()).contains(terraform);
    assertThat(first.fix().cli()).isEqualTo(cli);
    assertThat(first.evidence()).allSatisfy(e -> assertThat(e).isNotBlank());
  }

  @Test
  void showsTheWayAsFarAsItLeads() {
    network.natGateways.replaceAll(g -> g.toBuilder().state(NatGatewayState.FAILED).build());
    sample.surroundings = network.surroundings();
    assertThat(Foresight.of(sample.snapshot(), sample.goal()).causes().getFirst().evidence())
        .startsWith(
            "a task in subnet subnet-a cannot reach ecr.api",
            "path: source subnet-a",
            "path: route table rtb-private")
        .contains("a task in subnet subnet-b cannot reach logs");
  }
}
