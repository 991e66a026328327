package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DashboardNotFoundErrorException;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardResponse;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Real SDK clients against a real socket, a protocol each. */
class AwsEndpointTest {

  private static Endpoints twin;

  /** Small operations that answer from what they were asked. */
  static final class Fakes {
    public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
      if ("absent".equals(request.cluster())) {
        throw AwsError.of("ClusterNotFoundException", "Cluster not found.");
      }
      List<Service> services =
          request.services().stream()
              .map(name -> Service.builder().serviceName(name).desiredCount(2).build())
              .toList();
      return DescribeServicesResponse.builder().services(services).failures(List.of()).build();
    }

    public DescribeVpcsResponse describeVpcs(DescribeVpcsRequest request) {
      if (request.vpcIds().contains("vpc-gone")) {
        throw AwsError.of("InvalidVpcID.NotFound", "The vpc ID 'vpc-gone' does not exist");
      }
      Vpc vpc = Vpc.builder().vpcId(request.filters().getFirst().values().getFirst()).build();
      return DescribeVpcsResponse.builder().vpcs(vpc).build();
    }

    public DescribeSslPoliciesResponse describeSslPolicies(DescribeSslPoliciesRequest request) {
      if (request.names().isEmpty()) {
        throw AwsError.of("LoadBalancerNotFound", "Load balancers '[a<b]' not found");
      }
      return DescribeSslPoliciesResponse.builder()
          .sslPolicies(p -> p.name(request.names().get(1)))
          .build();
    }

    public GetDashboardResponse getDashboard(GetDashboardRequest request) {
      if ("none".equals(request.dashboardName())) {
        throw new AwsError("DashboardNotFoundError", 404, "Dashboard none does not exist");
      }
      return GetDashboardResponse.builder().dashboardBody(request.dashboardName()).build();
    }

    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
      return GetCallerIdentityResponse.builder().arn(Caller.current("").arn()).build();
    }

    public GetRoleResponse getRole(GetRoleRequest request) {
      if ("broken".equals(request.roleName())) {
        throw new IllegalStateException("a secret of the implementation");
      }
      return GetRoleResponse.builder()
          .role(r -> r.roleName(request.roleName()).assumeRolePolicyDocument("{\"a\": \"b c\"}"))
          .build();
    }
  }

  @BeforeAll
  static void listen() {
    twin = new Endpoints(new Fakes());
  }

  @AfterAll
  static void close() {
    twin.close();
  }

  @Test
  void answersJson() {
    EcsClient ecs = twin.client(EcsClient.builder());
    DescribeServicesResponse found = ecs.describeServices(r -> r.services("a", "b"));
    assertThat(found.services()).extracting(Service::serviceName).containsExactly("a", "b");
    assertThat(found.hasFailures()).isTrue();
    assertThatThrownBy(() -> ecs.describeServices(r -> r.cluster("absent").services("a")))
        .isInstanceOf(ClusterNotFoundException.class)
        .hasMessageContaining("Cluster not found.");
  }

  @Test
  void answersQuery() {
    ElasticLoadBalancingV2Client elb = twin.client(ElasticLoadBalancingV2Client.builder());
    assertThat(elb.describeSSLPolicies(r -> r.names("x", "y & z")).sslPolicies().getFirst().name())
        .isEqualTo("y & z");
    assertThatThrownBy(() -> elb.describeSSLPolicies(r -> {}))
        .isInstanceOf(LoadBalancerNotFoundException.class)
        .hasMessageContaining("'[a<b]' not found");
  }

  @Test
  void answersEc2Query() {
    Ec2Client ec2 = twin.client(Ec2Client.builder());
    assertThat(ec2.describeVpcs(r -> r.filters(f -> f.name("n").values("vpc-1"))).vpcs().getFirst())
        .isEqualTo(Vpc.builder().vpcId("vpc-1").build());
    assertThatThrownBy(() -> ec2.describeVpcs(r -> r.vpcIds("vpc-gone")))
        .asInstanceOf(type(Ec2Exception.class))
        .satisfies(e -> {
          assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidVpcID.NotFound");
          assertThat(e.requestId()).isNotBlank();
        });
  }

  @Test
  void answersCborAndKeepsTheErrorCodesOfQuery() {
    CloudWatchClient cloudWatch = twin.client(CloudWatchClient.builder());
    assertThat(cloudWatch.getDashboard(r -> r.dashboardName("d")).dashboardBody()).isEqualTo("d");
    assertThatThrownBy(() -> cloudWatch.getDashboard(r -> r.dashboardName("none")))
        .asInstanceOf(type(AwsServiceException.class))
        .satisfies(e -> {
          assertThat(e).isInstanceOf(DashboardNotFoundErrorException.class);
          assertThat(e.statusCode()).isEqualTo(404);
        });
    assertThat(twin.endpoint.calls().newest(1, c -> c.service().equals("monitoring")))
        .singleElement()
        .satisfies(call -> assertThat(call.action()).isEqualTo("GetDashboard"));
  }

  @Test
  void takesTheAccountFromTheAccessKeyAndTheRegionFromTheScope() {
    StsClient sts = twin.client(StsClient.builder(), "111122223333", Region.AP_SOUTH_1);
    assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::111122223333:root");
    assertThat(twin.endpoint.calls().newest(1, c -> c.service().equals("sts")))
        .singleElement()
        .satisfies(call -> {
          assertThat(call.account()).isEqualTo("111122223333");
          assertThat(call.region()).isEqualTo("ap-south-1");
          assertThat(call.userAgent()).contains("aws-sdk-java");
        });
  }

  @Test
  void knowsTheOwnerOfAKeyThatItHandedOut() {
    String arn = "arn:aws:sts::444455556666:assumed-role/r/s";
    twin.credentials.issue("444455556666", new Caller("ASIAEXAMPLE", arn, "AROA:s"));
    StsClient sts = twin.client(StsClient.builder(), "ASIAEXAMPLE", Region.EU_WEST_1);
    assertThat(sts.getCallerIdentity().arn()).isEqualTo(arn);
  }

  @Test
  void encodesPolicyDocumentsOfIam() {
    IamClient iam = twin.client(IamClient.builder());
    assertThat(iam.getRole(r -> r.roleName("r")).role().assumeRolePolicyDocument())
        .isEqualTo("%7B%22a%22%3A%20%22b%20c%22%7D");
  }

  @Test
  void refusesByNameWhatItDoesNotHave() {
    EcsClient ecs = twin.client(EcsClient.builder());
    assertThatThrownBy(() -> ecs.deleteCluster(r -> r.cluster("c")))
        .asInstanceOf(type(EcsException.class))
        .satisfies(e -> {
          assertThat(e.statusCode()).isEqualTo(501);
          assertThat(e.awsErrorDetails().errorMessage())
              .isEqualTo("the twin does not have ecs DeleteCluster");
        });
    ElasticLoadBalancingV2Client elb = twin.client(ElasticLoadBalancingV2Client.builder());
    assertThatThrownBy(() -> elb.setIpAddressType(r -> {}))
        .isInstanceOf(ElasticLoadBalancingV2Exception.class)
        .hasMessageContaining("the twin does not have elasticloadbalancing SetIpAddressType");
  }

  @Test
  void saysNothingOfItsInnardsWhenItFails() {
    IamClient iam = twin.client(IamClient.builder());
    assertThatThrownBy(() -> iam.getRole(r -> r.roleName("broken")))
        .asInstanceOf(type(AwsServiceException.class))
        .satisfies(e -> {
          assertThat(e.statusCode()).isEqualTo(500);
          assertThat(e.getMessage()).doesNotContain("secret");
        });
  }
}
