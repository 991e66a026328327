package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

class StartDiagnosisTest {

  private static final String NO_CONNECTION =
      "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull"
          + " registry auth from Amazon ECR: There is a connection issue between the task and Amazon"
          + " ECR. Check your task network configuration. i/o timeout";

  private final Sample sample = new Sample();
  private final SampleNetwork network = new SampleNetwork();

  private List<Cause> causes() {
    sample.surroundings = network.surroundings();
    return Diagnosis.of(sample.snapshot(), sample.goal());
  }

  private Cause first() {
    assertThat(causes()).isNotEmpty();
    return causes().getFirst();
  }

  private List<String> ids() {
    return causes().stream().map(Cause::id).distinct().toList();
  }

  @Test
  void seesNothingWrongWithASoundDeployment() {
    assertThat(causes()).isEmpty();
  }

  @Test
  void seesNothingWrongWithARolloutUnderWay() {
    sample.rollingOut();
    sample.tasks.addFirst(
        Sample.running("new1", "10.0.1.20", "subnet-a").toBuilder().lastStatus("PENDING").build());
    assertThat(causes()).isEmpty();
  }

  @Test
  void namesTheEndpointWhosePolicyDeniesAndNotTheRole() {
    network.endpoints.add(SampleNetwork.endpoint("ecr.api", "sg-endpoint"));
    network.endpoints.add(SampleNetwork.endpoint("ecr.dkr", "sg-endpoint"));
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "ResourceInitializationError: unable to pull secrets or registry auth: unable to"
                + " retrieve ecr registry auth: service call has been retried 1 time(s): operation"
                + " error ECR: GetAuthorizationToken, https response error StatusCode: 400, api"
                + " error AccessDeniedException: User: arn:aws:sts::1:assumed-role/r/t is not"
                + " authorized to perform: ecr:GetAuthorizationToken on resource: * because no VPC"
                + " endpoint policy allows the ecr:GetAuthorizationToken action");
    assertThat(ids()).containsExactly("net-endpoint-policy-denies");
    assertThat(first().explanation()).contains("ecr.api", "ecr:GetAuthorizationToken");
    assertThat(first().fix().cli()).startsWith("aws ec2 modify-vpc-endpoint --vpc-endpoint-id");
  }

  @Test
  void namesRouteTableSubnetAndChangeWhenTasksHaveNoWayToTheRegistry() {
    network.withoutEgress();
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    Cause cause = first();
    assertThat(cause.id()).isEqualTo("net-no-egress-route");
    assertThat(cause.resource()).isEqualTo("rtb-private");
    assertThat(cause.decisive()).isTrue();
    assertThat(cause.explanation()).contains("rtb-private").contains("subnet-a");
    assertThat(cause.fix().change())
        .isEqualTo(
            "add a route 0.0.0.0/0 to route table rtb-private of subnet subnet-a, to a NAT gateway"
                + " in a public subnet, or add VPC endpoints for ecr.api, ecr.dkr, s3 and logs");
    assertThat(cause.fix().terraform())
        .contains("route_table_id         = \"rtb-private\"")
        .contains("egress = \"nat\"");
    assertThat(cause.fix().cli())
        .contains("create-nat-gateway")
        .contains("--route-table-id rtb-private");
    assertThat(cause.evidence())
        .contains(
            "a task in subnet subnet-a cannot reach ecr.api",
            "task failed-2 stopped, TaskFailedToStart: " + NO_CONNECTION);
    assertThat(ids()).containsExactly("net-no-egress-route");
  }

  @Test
  void foreseesThatAPendingTaskCannotStart() {
    network.withoutEgress();
    sample.rollingOut();
    sample.tasks.addFirst(
        Sample.running("new1", "10.0.1.20", "subnet-a").toBuilder().lastStatus("PENDING").build());
    assertThat(first().id()).isEqualTo("net-no-egress-route");
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void readsAStartFailureFromTheServicesEventsWhenNoTaskIsLeft() {
    network.withoutEgress();
    sample.rollingOut().event("was unable to place a task. Reason: " + NO_CONNECTION);
    assertThat(first().id()).isEqualTo("net-no-egress-route");
  }

  @Test
  void saysNoMoreThanARollbacksConsequenceWhenItsCauseIsSeen() {
    network.withoutEgress();
    sample.rolledBack().failedStart("subnet-a", NO_CONNECTION);
    assertThat(ids()).containsExactly("net-no-egress-route");
    assertThat(first().evidence())
        .contains(
            "consequence: The rollout of orders:2 failed and was rolled back; service orders runs"
                + " orders:1 again.");
  }

  @Test
  void seesTheCauseOfARollbackToTheSameRevision() {
    network.logGroup = false;
    sample.deployment(2, ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL);
    sample.service(s ->
        s.deployments(
            Sample.deployment("ecs-svc/3", "PRIMARY", 2, DeploymentRolloutState.COMPLETED)));
    sample.failedStart(
        "subnet-a",
        "ResourceInitializationError: failed to validate logger args: ResourceNotFoundException: The"
            + " specified log group does not exist.");
    assertThat(ids()).containsExactly("td-log-group-missing");
  }

  @Test
  void doesNotBlameANetworkThatHasBeenRepaired() {
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    assertThat(ids()).containsExactly("svc-task-start-failed");
    assertThat(first().decisive()).isFalse();
  }

  @Test
  void namesTheSubnetWithoutAssociationAndTheTableThatLeadsOut() {
    network.associated = false;
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    assertThat(first().id()).isEqualTo("net-route-table-not-associated");
    assertThat(first().resource()).isEqualTo("subnet-a");
    assertThat(first().fix().cli())
        .isEqualTo(
            "aws ec2 associate-route-table --subnet-id subnet-a --route-table-id rtb-private");
  }

  @Test
  void namesAPublicSubnetWithoutPublicAddress() {
    network.withoutEgress();
    network.privateRoutes.add(
        Route.builder().destinationCidrBlock("0.0.0.0/0").gatewayId("igw-1").build());
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    assertThat(first().id()).isEqualTo("net-public-subnet-no-public-ip");
  }

  @Test
  void namesADetachedInternetGateway() {
    network.gatewayAttached = false;
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    assertThat(first().id()).isEqualTo("net-igw-missing");
    assertThat(first().resource()).isEqualTo("igw-1");
  }

  @Test
  void namesTheGroupThatLetsNothingOut() {
    network.taskEgress = List.of();
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    assertThat(first().id()).isEqualTo("net-task-sg-egress-blocked");
    assertThat(first().resource()).isEqualTo("sg-task");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecr.api", "ecr.dkr", "s3", "logs"})
  void namesTheOneEndpointThatIsMissing(String missing) {
    network.withoutEgress();
    network.taskEgress = List.of(SampleNetwork.anywhere(-1));
    for (String service : List.of("ecr.api", "ecr.dkr", "s3", "logs")) {
      if (!service.equals(missing)) {
        network.endpoints.add(SampleNetwork.endpoint(service, "sg-alb"));
      }
    }
    network.balancerIngress = List.of(SampleNetwork.anywhere(443));
    if (!missing.equals("s3")) {
      network.privateRoutes.add(
          Route.builder().destinationPrefixListId("pl-s3").gatewayId("vpce-s3").build());
    }
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    String expected =
        missing.equals("s3")
            ? "net-s3-gateway-endpoint-missing"
            : "net-" + missing.replace('.', '-') + "-endpoint-missing";
    assertThat(ids()).contains(expected);
    assertThat(
            causes().stream()
                .filter(c -> c.id().equals(expected))
                .findFirst()
                .orElseThrow()
                .fix()
                .cli())
        .contains("--service-name com.amazonaws.eu-central-1." + missing);
  }

  @Test
  void namesTheEndpointsGroup() {
    network.withoutEgress();
    network.endpoints.add(SampleNetwork.endpoint("ecr.api", "sg-endpoint"));
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    assertThat(first().id()).isEqualTo("net-endpoint-sg-blocks-443");
    assertThat(first().resource()).isEqualTo("sg-endpoint");
  }

  @Test
  void namesTheVpcWhoseNamesDoNotResolve() {
    network.dnsSupport = false;
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    assertThat(first().id()).isEqualTo("net-vpc-dns-off");
    assertThat(first().resource()).isEqualTo("vpc-1");
  }

  @Test
  void namesAnImageThatWasNeverPushed() {
    sample.registry =
        new Registry(
            sample.registry.repositories(),
            Map.of(
                ImageName.parse(Sample.REPOSITORY + "@" + Sample.DIGEST), Registry.Lookup.ABSENT));
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to"
                + " resolve ref x: not found");
    assertThat(ids()).containsExactly("img-tag-not-in-registry");
    assertThat(first().explanation())
        .isEqualTo(
            "Task definition orders:2 names digest %s, which is not in repository orders."
                .formatted(Sample.DIGEST));
  }

  @Test
  void namesTheRoleThatMayNotPull() {
    network.execution =
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"logs:*\",\"Resource\":\"*\"}}";
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve"
                + " ecr registry auth: AccessDeniedException: User: x is not authorized to perform:"
                + " ecr:GetAuthorizationToken on resource: *");
    assertThat(ids()).containsExactly("iam-execution-role-missing-ecr");
    assertThat(first().explanation())
        .isEqualTo(
            "Execution role orders-execution lacks ecr:GetAuthorizationToken, ecr:BatchGetImage,"
                + " ecr:GetDownloadUrlForLayer, which a start of orders:2 needs.");
  }

  @Test
  void namesTheRoleThatNobodyMayAssumeThoughNoTaskExists() {
    network.trust =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";
    sample
        .rollingOut()
        .event(
            "failed to launch a task with (error ECS was unable to assume the role '%s' that was provided for this task.)."
                .formatted(Sample.EXECUTION_ROLE));
    assertThat(ids()).containsExactly("iam-role-trust-wrong");
    assertThat(first().resource()).isEqualTo(Sample.EXECUTION_ROLE);
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void saysNothingOfARoleThatHasHealed() {
    sample
        .rollingOut()
        .event(
            "failed to launch a task with (error ECS was unable to assume the role '%s' that was provided for this task.)."
                .formatted(Sample.EXECUTION_ROLE));
    assertThat(causes()).isEmpty();
  }

  @Test
  void namesTheMissingLogGroup() {
    network.logGroup = false;
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "ResourceInitializationError: failed to validate logger args: create stream has been"
                + " retried 1 times: failed to create Cloudwatch log stream:"
                + " ResourceNotFoundException: The specified log group does not exist.");
    assertThat(ids()).containsExactly("td-log-group-missing");
    assertThat(first().resource()).isEqualTo("/ecs/orders");
  }

  @Test
  void reportsTwoIndependentFaultsAtOnce() {
    network.withoutEgress();
    network.logGroup = false;
    sample.rollingOut().failedStart("subnet-a", NO_CONNECTION);
    assertThat(ids()).containsExactly("net-no-egress-route", "td-log-group-missing");
  }
}
