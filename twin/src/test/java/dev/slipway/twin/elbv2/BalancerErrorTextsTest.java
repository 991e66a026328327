package dev.slipway.twin.elbv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.twin.world.AwsError;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpAddressType;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;

/** What is refused of load balancers, word by word. */
class BalancerErrorTextsTest {

  private final ElbWorld aws = new ElbWorld(new ScriptedDataPlane());
  private final LoadBalancer lb = aws.loadBalancer("front");

  private static Arguments row(
      String name, String code, String text, Consumer<BalancerErrorTextsTest> mistake) {
    return Arguments.of(name, code, text, mistake);
  }

  private static Arguments create(
      String name, String code, String text, Consumer<CreateLoadBalancerRequest.Builder> mistake) {
    return row(
        name,
        code,
        text,
        t -> {
          CreateLoadBalancerRequest.Builder request = t.aws.loadBalancerRequest("other");
          mistake.accept(request);
          t.aws.invoke(request.build());
        });
  }

  static Stream<Arguments> creation() {
    return Stream.of(
        row(
            "one zone",
            "ValidationError",
            "At least two subnets in two different Availability Zones must be specified",
            t ->
                t.aws.invoke(t.aws.loadBalancerRequest("o").subnets(t.aws.subnets.get(0)).build())),
        create(
            "an unknown subnet",
            "SubnetNotFound",
            "The subnet ID 'subnet-0' does not exist",
            r -> r.subnets("subnet-0", "subnet-1")),
        create(
            "a foreign security group",
            "InvalidSecurityGroup",
            "One or more security groups are invalid: sg-0 is not a group of {vpc}",
            r -> r.securityGroups("sg-0")),
        create(
            "no name",
            "ValidationError",
            "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member"
                + " must not be null",
            r -> r.name(null)),
        create(
            "a long name",
            "ValidationError",
            "Load balancer name 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' cannot be longer than '32'"
                + " characters",
            r -> r.name("a".repeat(33))),
        create(
            "an underscore",
            "ValidationError",
            "Load balancer name 'a_b' can only contain characters that are alphanumeric characters"
                + " or hyphens(-)",
            r -> r.name("a_b")),
        create(
            "a hyphen in front",
            "ValidationError",
            "Load balancer name cannot begin or end with '-'",
            r -> r.name("-a")),
        create(
            "an internal name",
            "ValidationError",
            "Load balancer name cannot begin with 'internal-'",
            r -> r.name("internal-a")),
        create(
            "the same name with other settings",
            "DuplicateLoadBalancerName",
            "A load balancer with the same name 'front' exists, but with different settings",
            r -> r.name("front").scheme(LoadBalancerSchemeEnum.INTERNAL)),
        create(
            "another type",
            "InvalidConfigurationRequest",
            "the load balancer type network is not supported by the twin",
            r -> r.type(LoadBalancerTypeEnum.NETWORK)),
        create(
            "dual stack",
            "InvalidConfigurationRequest",
            "the IP address type dualstack is not supported by the twin",
            r -> r.ipAddressType(IpAddressType.DUALSTACK)),
        create(
            "an outpost's addresses",
            "InvalidConfigurationRequest",
            "the parameter CustomerOwnedIpv4Pool is not supported by the twin",
            r -> r.customerOwnedIpv4Pool("pool")),
        row(
            "more than fifty",
            "TooManyLoadBalancers",
            "The maximum number of load balancers has been reached",
            t -> {
              for (int i = 0; i < 50; i++) {
                t.aws.invoke(t.aws.loadBalancerRequest("more-" + i).build());
              }
            }));
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        row(
            "an unknown ARN",
            "LoadBalancerNotFound",
            "One or more load balancers not found",
            t ->
                t.aws.invoke(
                    DescribeLoadBalancersRequest.builder().loadBalancerArns("arn:none").build())),
        row(
            "an unknown name",
            "LoadBalancerNotFound",
            "Load balancers '[none]' not found",
            t -> t.aws.invoke(DescribeLoadBalancersRequest.builder().names("none").build())),
        row(
            "names and ARNs",
            "ValidationError",
            "Load balancer names and ARNs cannot be specified together",
            t ->
                t.aws.invoke(
                    DescribeLoadBalancersRequest.builder()
                        .names("a")
                        .loadBalancerArns("b")
                        .build())),
        row(
            "a page of nothing",
            "ValidationError",
            "1 validation error detected: Value '0' at 'pageSize' failed to satisfy constraint:"
                + " Member must have value greater than or equal to 1",
            t -> t.aws.invoke(DescribeLoadBalancersRequest.builder().pageSize(0).build())),
        row(
            "a large page",
            "ValidationError",
            "1 validation error detected: Value '401' at 'pageSize' failed to satisfy constraint:"
                + " Member must have value less than or equal to 400",
            t -> t.aws.invoke(DescribeTargetGroupsRequest.builder().pageSize(401).build())),
        row(
            "listeners of nothing",
            "ValidationError",
            "You must specify either listener ARNs or a load balancer ARN",
            t -> t.aws.invoke(DescribeListenersRequest.builder().build())),
        row(
            "a protected one",
            "OperationNotPermitted",
            "Load balancer '{lb}' cannot be deleted because deletion protection is enabled",
            t -> {
              t.attribute("deletion_protection.enabled", "true");
              t.aws.invoke(
                  DeleteLoadBalancerRequest.builder()
                      .loadBalancerArn(t.lb.loadBalancerArn())
                      .build());
            }),
        row(
            "an unknown attribute",
            "ValidationError",
            "Load balancer attribute key 'idle' is not recognized",
            t -> t.attribute("idle", "1")),
        row(
            "an attribute out of range",
            "ValidationError",
            "Load balancer attribute value '4001' of key 'idle_timeout.timeout_seconds' is not"
                + " valid",
            t -> t.attribute("idle_timeout.timeout_seconds", "4001")),
        row(
            "no security group",
            "ValidationError",
            "At least one security group must be specified",
            t ->
                t.aws.invoke(
                    SetSecurityGroupsRequest.builder()
                        .loadBalancerArn(t.lb.loadBalancerArn())
                        .build())),
        row(
            "one subnet is left",
            "ValidationError",
            "At least two subnets in two different Availability Zones must be specified",
            t ->
                t.aws.invoke(
                    SetSubnetsRequest.builder()
                        .loadBalancerArn(t.lb.loadBalancerArn())
                        .subnets(t.aws.subnets.get(0))
                        .build())),
        row(
            "another address type",
            "InvalidConfigurationRequest",
            "the IP address type dualstack is not supported by the twin",
            t ->
                t.aws.invoke(
                    SetIpAddressTypeRequest.builder()
                        .loadBalancerArn(t.lb.loadBalancerArn())
                        .ipAddressType(IpAddressType.DUALSTACK)
                        .build())),
        row(
            "the health of an unknown group",
            "TargetGroupNotFound",
            "One or more target groups not found",
            t ->
                t.aws.invoke(
                    DescribeTargetHealthRequest.builder().targetGroupArn("arn:none").build())));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"creation", "changes"})
  void isRefusedInTheseWords(
      String name, String code, String text, Consumer<BalancerErrorTextsTest> mistake) {
    AwsError refused = catchThrowableOfType(AwsError.class, () -> mistake.accept(this));

    assertThat(refused).as(name).isNotNull();
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.getMessage())
        .isEqualTo(text.replace("{lb}", lb.loadBalancerArn()).replace("{vpc}", aws.vpc));
  }

  private void attribute(String key, String value) {
    aws.invoke(
        ModifyLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .attributes(attribute -> attribute.key(key).value(value))
            .build());
  }
}
