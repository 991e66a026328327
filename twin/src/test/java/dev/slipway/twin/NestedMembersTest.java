package dev.slipway.twin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;

/** What is deep in a request and unknown to the twin is refused by its name, too. */
class NestedMembersTest {

  @TempDir private static Path directory;
  private static Twin twin;
  private static World world;

  @BeforeAll
  static void start() throws Exception {
    twin = Twin.start(new TwinOptions(0, 1, "eu-west-1", directory, RuntimeKind.SIMULATED));
    world = twin.worlds().of("111122223333", "eu-west-1");
    world
        .operations()
        .invoke(
            CreateBucketRequest.builder()
                .bucket("state")
                .createBucketConfiguration(c -> c.locationConstraint("eu-west-1"))
                .build());
  }

  @AfterAll
  static void stop() {
    twin.close();
  }

  static Stream<Arguments> unknown() {
    return Stream.of(
        Arguments.of(
            RegisterTaskDefinitionRequest.builder()
                .family("f")
                .networkMode("awsvpc")
                .requiresCompatibilitiesWithStrings("FARGATE")
                .cpu("256")
                .memory("512")
                .containerDefinitions(c -> c.name("a").image("a"))
                .volumes(v -> v.name("v").s3filesVolumeConfiguration(s -> s.rootDirectory("/")))
                .build(),
            "volumes.s3filesVolumeConfiguration is not supported by the twin."),
        Arguments.of(
            DeleteObjectsRequest.builder()
                .bucket("state")
                .delete(d -> d.objects(o -> o.key("k").eTag("other")))
                .build(),
            "A header you provided implies functionality that is not implemented: the twin's S3 does"
                + " not have ETag"),
        Arguments.of(
            RequestCertificateRequest.builder()
                .domainName("shop.example.com")
                .validationMethod("DNS")
                .options(o -> o.validationMethod("DNS"))
                .build(),
            "the twin has no option ValidationMethod"),
        Arguments.of(
            CreateRuleRequest.builder()
                .priority(1)
                .conditions(c ->
                    c.field("source-ip")
                        .sourceIpConfig(s -> s.values("10.0.0.0/8").ipAddressType("ipv4")))
                .actions(
                    a -> a.type("fixed-response").fixedResponseConfig(f -> f.statusCode("200")))
                .build(),
            "the parameter SourceIpConfig.IpAddressType is not supported by the twin"));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void isRefusedByItsName(SdkRequest request, String text) {
    SdkRequest whole =
        request instanceof CreateRuleRequest rule
            ? rule.toBuilder().listenerArn(listener()).build()
            : request;

    assertThatThrownBy(() -> world.operations().invoke(whole))
        .isInstanceOf(AwsError.class)
        .hasMessage(text);
  }

  private static String listener() {
    String vpc =
        world
            .operations()
            .call(
                CreateVpcRequest.builder().cidrBlock("10.0.0.0/16").build(),
                CreateVpcResponse.class)
            .vpc()
            .vpcId();
    String balancer =
        world
            .operations()
            .call(
                CreateLoadBalancerRequest.builder()
                    .name("front")
                    .scheme("internal")
                    .subnets(subnet(vpc, "a", 1), subnet(vpc, "b", 2))
                    .build(),
                CreateLoadBalancerResponse.class)
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    return world
        .operations()
        .call(
            CreateListenerRequest.builder()
                .loadBalancerArn(balancer)
                .port(80)
                .protocol("HTTP")
                .defaultActions(
                    a -> a.type("fixed-response").fixedResponseConfig(f -> f.statusCode("404")))
                .build(),
            CreateListenerResponse.class)
        .listeners()
        .getFirst()
        .listenerArn();
  }

  private static String subnet(String vpc, String zone, int number) {
    return world
        .operations()
        .call(
            CreateSubnetRequest.builder()
                .vpcId(vpc)
                .availabilityZone("eu-west-1" + zone)
                .cidrBlock("10.0." + number + ".0/24")
                .build(),
            CreateSubnetResponse.class)
        .subnet()
        .subnetId();
  }
}
