package dev.slipway.twin.elbv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteTargetGroupRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

class LoadBalancersTest {

  private final ScriptedDataPlane dataPlane = new ScriptedDataPlane();
  private final ElbWorld aws = new ElbWorld(dataPlane);

  private static void refused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(AwsError.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private LoadBalancer create(String name) {
    return aws.call(aws.loadBalancerRequest(name).build(), CreateLoadBalancerResponse.class)
        .loadBalancers()
        .getFirst();
  }

  private String state(LoadBalancer lb) {
    return aws.call(
            DescribeLoadBalancersRequest.builder().loadBalancerArns(lb.loadBalancerArn()).build(),
            DescribeLoadBalancersResponse.class)
        .loadBalancers()
        .getFirst()
        .state()
        .codeAsString();
  }

  @Test
  void isActiveAfterTwoAndAHalfMinutes() {
    LoadBalancer lb = create("front");

    aws.pass(Duration.ofSeconds(149));
    assertThat(state(lb)).isEqualTo("provisioning");
    assertThat(dataPlane.routings).isEmpty();
    aws.pass(Duration.ofSeconds(1));
    assertThat(state(lb)).isEqualTo("active");
    assertThat(dataPlane.routings).containsKey(lb.loadBalancerArn());
  }

  @Test
  void keepsAnInterfaceInEachSubnetThatOutlivesItByAWhile() {
    LoadBalancer lb = aws.loadBalancer("front");
    String description = "ELB app/front/" + lb.loadBalancerArn().replaceFirst(".*/", "");
    assertThat(aws.interfaces()).containsOnly(description).hasSize(2);

    aws.invoke(DeleteLoadBalancerRequest.builder().loadBalancerArn(lb.loadBalancerArn()).build());
    assertThat(aws.interfaces()).hasSize(2);
    aws.pass(Duration.ofSeconds(30));
    assertThat(aws.interfaces()).isEmpty();
  }

  @Test
  void answersTheSameRequestWithTheSameLoadBalancerAndRefusesAnotherOfTheName() {
    LoadBalancer lb = create("front");

    assertThat(create("front")).isEqualTo(lb);
    refused(
        "DuplicateLoadBalancerName",
        "A load balancer with the same name 'front' exists, but with different settings",
        () ->
            aws.invoke(
                aws.loadBalancerRequest("front").scheme(LoadBalancerSchemeEnum.INTERNAL).build()));
  }

  @Test
  void needsTwoZones() {
    refused(
        "ValidationError",
        "At least two subnets in two different Availability Zones must be specified",
        () -> aws.invoke(aws.loadBalancerRequest("front").subnets(aws.subnets.get(0)).build()));
    assertThat(aws.interfaces()).isEmpty();
  }

  @Test
  void refusesByNameWhatTheTwinLacks() {
    refused(
        "InvalidConfigurationRequest",
        "the parameter CustomerOwnedIpv4Pool is not supported by the twin",
        () -> aws.invoke(aws.loadBalancerRequest("f").customerOwnedIpv4Pool("pool").build()));
    refused(
        "InvalidConfigurationRequest",
        "the load balancer type network is not supported by the twin",
        () -> aws.invoke(aws.loadBalancerRequest("f").type(LoadBalancerTypeEnum.NETWORK).build()));
  }

  @Test
  void isNotDeletedWhileItIsProtected() {
    LoadBalancer lb = create("front");
    aws.invoke(
        ModifyLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .attributes(a -> a.key("deletion_protection.enabled").value("true"))
            .build());

    refused(
        "OperationNotPermitted",
        "deletion protection is enabled",
        () ->
            aws.invoke(
                DeleteLoadBalancerRequest.builder().loadBalancerArn(lb.loadBalancerArn()).build()));
  }

  @Test
  void refusesAnAttributeThatDoesNotExistAndChangesNothing() {
    LoadBalancer lb = create("front");

    refused(
        "ValidationError",
        "Load balancer attribute key 'idle' is not recognized",
        () ->
            aws.invoke(
                ModifyLoadBalancerAttributesRequest.builder()
                    .loadBalancerArn(lb.loadBalancerArn())
                    .attributes(a -> a.key("idle").value("1"))
                    .build()));
  }

  @Test
  void keepsATargetGroupThatAListenerUses() {
    LoadBalancer lb = create("front");
    TargetGroup group = aws.targetGroup("service");
    aws.listener(lb, 80, ElbWorld.forward(group));
    DeleteTargetGroupRequest delete =
        DeleteTargetGroupRequest.builder().targetGroupArn(group.targetGroupArn()).build();

    refused(
        "ResourceInUse",
        "Target group '" + group.targetGroupArn() + "' is currently in use by a listener or a rule",
        () -> aws.invoke(delete));
    assertThat(
            aws.call(
                    DescribeTargetGroupsRequest.builder().build(),
                    DescribeTargetGroupsResponse.class)
                .targetGroups()
                .getFirst()
                .loadBalancerArns())
        .containsExactly(lb.loadBalancerArn());

    aws.invoke(DeleteLoadBalancerRequest.builder().loadBalancerArn(lb.loadBalancerArn()).build());
    aws.invoke(delete);
  }

  @Test
  void letsATargetGroupServeOneLoadBalancerOnly() {
    TargetGroup group = aws.targetGroup("service");
    aws.listener(create("front"), 80, ElbWorld.forward(group));
    LoadBalancer other = create("other");

    refused(
        "TargetGroupAssociationLimit",
        group.targetGroupArn(),
        () -> aws.listener(other, 80, ElbWorld.forward(group)));
  }

  @Test
  void checksHealthCheckSettings() {
    refused(
        "ValidationError",
        "Health check timeout '20' must be smaller than or equal to the interval '10'",
        () -> aws.invoke(aws.targetGroupRequest("service").healthCheckTimeoutSeconds(20).build()));
    refused(
        "ValidationError",
        "Health check matcher HTTP code '99' is not valid",
        () -> aws.invoke(aws.targetGroupRequest("service").matcher(m -> m.httpCode("99")).build()));
  }
}
