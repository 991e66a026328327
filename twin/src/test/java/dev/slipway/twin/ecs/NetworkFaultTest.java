package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.RuleAction;
import software.amazon.awssdk.services.ecs.model.Task;

/** What a change of the network does to the tasks in it. */
class NetworkFaultTest {

  private static final String OTHER_ACTION =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ec2:*",
       "Resource":"*"}]}\
      """;

  private final PrivateNetwork net = new PrivateNetwork();

  private void modify(String service, UnaryOperator<ModifyVpcEndpointRequest.Builder> change) {
    net.call(
        change
            .apply(ModifyVpcEndpointRequest.builder().vpcEndpointId(net.endpoints.get(service)))
            .build());
  }

  private String reason() {
    Task task = net.run();
    assertThat(task.lastStatus()).isEqualTo("STOPPED");
    return task.stoppedReason();
  }

  @Test
  void endpointsAloneAreEnoughForATask() {
    assertThat(net.run().lastStatus()).isEqualTo("RUNNING");
    assertThat(net.logLines()).containsExactly("started");
  }

  @Test
  void anEndpointPolicyThatIsSilentAboutTheTokenDeniesIt() {
    modify("ecr.api", e -> e.policyDocument(OTHER_ACTION));

    assertThat(reason())
        .endsWith(
            " is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no VPC"
                + " endpoint policy allows the ecr:GetAuthorizationToken action");
  }

  @Test
  void anEndpointPolicyThatDeniesPullingDeniesThePull() {
    modify("ecr.dkr", e -> e.policyDocument(OTHER_ACTION));

    assertThat(reason()).contains("failed with status code [manifests 1]: 403 Forbidden");
  }

  @Test
  void anEndpointPolicyWithoutTheLayersBucketDeniesTheLayers() {
    modify(
        "s3",
        e ->
            e.policyDocument(
                """
                {"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                 "Resource":"arn:aws:s3:::my-bucket/*"}]}\
                """));
    assertThat(reason())
        .contains("prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com")
        .endsWith(": 403 Forbidden");

    modify(
        "s3",
        e ->
            e.policyDocument(
                """
                {"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
                 "Resource":"arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"}]}\
                """));
    assertThat(net.run().lastStatus()).isEqualTo("RUNNING");
  }

  @Test
  void anExplicitDenyInTheLogsEndpointsPolicyIsTold() {
    modify(
        "logs",
        e ->
            e.policyDocument(
                """
                {"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},
                 {"Effect":"Deny","Principal":"*","Action":"logs:CreateLogStream","Resource":"*",
                  "Condition":{"StringEquals":{"aws:PrincipalAccount":"123456789012"}}}]}\
                """));

    assertThat(reason())
        .contains("failed to create Cloudwatch log stream: AccessDeniedException: User: ")
        .endsWith(" with an explicit deny in a VPC endpoint policy");
  }

  @Test
  void logLinesStopWhenTheWayToTheEndpointCloses() {
    Task task = net.run();
    net.call(Rules.noIngress(net.endpointGroup, 443, net.taskGroup));
    net.runtime.print(task.taskArn(), "app", "lost");
    net.clock.advance(Duration.ofSeconds(6));
    net.call(Rules.ingress(net.endpointGroup, 443, net.taskGroup));
    net.runtime.print(task.taskArn(), "app", "kept");

    assertThat(net.logLines()).containsExactly("started", "kept");
  }

  @Test
  void closedSecurityGroupsOfTheTaskTimeOutAtTheEndpointsAddress() {
    net.call(Rules.noEgress(net.taskGroup));

    assertThat(reason())
        .contains("Post \"https://api.ecr.eu-west-1.amazonaws.com/\": dial tcp 10.0.0.")
        .endsWith(":443: i/o timeout");
  }

  @Test
  void withoutPrivateDnsTheNameLeadsToAPublicAddress() {
    modify("ecr.api", e -> e.privateDnsEnabled(false));

    assertThat(reason()).contains("dial tcp 52.94.").endsWith(":443: i/o timeout");
  }

  @Test
  void withoutDnsSupportNoNameResolves() {
    net.call(
        ModifyVpcAttributeRequest.builder()
            .vpcId(net.vpc)
            .enableDnsSupport(a -> a.value(false))
            .build());

    assertThat(reason()).endsWith("dial tcp: lookup api.ecr.eu-west-1.amazonaws.com: i/o timeout");
  }

  @Test
  void aGatewayEndpointThatIsTakenOffTheTableLeavesTheLayersOutOfReach() {
    modify("s3", e -> e.removeRouteTableIds(net.table));

    assertThat(reason()).contains("There is a connection issue between the task and the registry.");
  }

  @Test
  void aNetworkAclThatDeniesTheAnswersClosesTheWayForS3Alone() {
    String acl =
        net.call(DescribeNetworkAclsRequest.builder().build(), DescribeNetworkAclsResponse.class)
            .networkAcls()
            .getFirst()
            .networkAclId();
    net.call(
        ReplaceNetworkAclEntryRequest.builder()
            .networkAclId(acl)
            .ruleNumber(100)
            .egress(false)
            .protocol("tcp")
            .ruleAction(RuleAction.ALLOW)
            .cidrBlock("0.0.0.0/0")
            .portRange(p -> p.from(443).to(443))
            .build());

    // The interface endpoints lie in the task's own subnet, whose edge their packets do not pass.
    assertThat(reason()).contains("There is a connection issue between the task and the registry.");
  }

  @Test
  void aSubnetWithoutFreeAddressesTakesNoMoreTasks() {
    for (int i = 0; i < 8; i++) {
      assertThat(net.run().lastStatus()).isEqualTo("RUNNING");
    }

    assertThat(reason())
        .isEqualTo(
            "Unexpected EC2 error while attempting to Create Network Interface with public IP"
                + " assignment disabled in subnet '%s': InsufficientFreeAddressesInSubnet",
            net.subnet);
  }
}
