package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.engine.Waiter;
import dev.slipway.twin.terraform.plan.PlanEdit;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SubnetMapping;

/** {@code aws_lb}, of the application kind. */
final class LbResource implements ResourceHandler {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  @Override
  public String type() {
    return "aws_lb";
  }

  @Override
  public String label() {
    return "ELBv2 application Load Balancer";
  }

  @Override
  public Traits traits() {
    return new Traits()
        .keep("access_logs", "connection_logs")
        .ignore("dns_record_client_routing_policy", "enable_cross_zone_load_balancing");
  }

  @Override
  public void create(Context context, Attributes planned) {
    String name =
        planned.text("name", planned.text("name_prefix", "tf-lb-") + context.uniqueSuffix());
    if (find(context, DescribeLoadBalancersRequest.builder().names(name).build()).isPresent()) {
      throw new IllegalStateException("ELBv2 Load Balancer (%s) already exists".formatted(name));
    }
    CreateLoadBalancerRequest.Builder request =
        CreateLoadBalancerRequest.builder()
            .name(name)
            .type(planned.text("load_balancer_type"))
            .scheme(planned.flag("internal") ? LoadBalancerSchemeEnum.INTERNAL : null)
            .ipAddressType(planned.text("ip_address_type"))
            .customerOwnedIpv4Pool(planned.text("customer_owned_ipv4_pool"))
            .tags(TagChanges.all(planned, ElbCalls::tag));
    if (planned.has("security_groups")) {
      request.securityGroups(planned.texts("security_groups"));
    }
    if (planned.has("subnets")) {
      request.subnets(planned.texts("subnets"));
    } else {
      request.subnetMappings(mappings(planned));
    }
    LoadBalancer made =
        context.call(request.build(), CreateLoadBalancerResponse.class).loadBalancers().getFirst();
    planned.set("id", made.loadBalancerArn());
    awaitActive(context, planned);
    modify(context, planned, LbAttributes.changes(LbAttributes.ofNew(), planned));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<LoadBalancer> found = byArn(context, state.id());
    if (found.isEmpty()) {
      return false;
    }
    LoadBalancer balancer = found.get();
    String arn = balancer.loadBalancerArn();
    LbDescription.describe(state, balancer);
    DescribeLoadBalancerAttributesRequest request =
        DescribeLoadBalancerAttributesRequest.builder().loadBalancerArn(arn).build();
    LbAttributes.set(
        state, context.call(request, DescribeLoadBalancerAttributesResponse.class).attributes());
    state
        .set("name_prefix", Context.namePrefix(balancer.loadBalancerName()))
        .setText("customer_owned_ipv4_pool", balancer.customerOwnedIpv4Pool())
        .setText(
            "enforce_security_group_inbound_rules_on_private_link_traffic",
            balancer.enforceSecurityGroupInboundRulesOnPrivateLinkTraffic());
    ElbCalls.setTags(context, state, arn);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    String arn = planned.id();
    modify(context, planned, LbAttributes.changes(prior, planned));
    if (planned.differs(prior, "security_groups")) {
      context.call(
          SetSecurityGroupsRequest.builder()
              .loadBalancerArn(arn)
              .securityGroups(planned.texts("security_groups"))
              .build(),
          SetSecurityGroupsResponse.class);
    }
    if (planned.differs(prior, "subnets", "subnet_mapping")) {
      SetSubnetsRequest.Builder request = SetSubnetsRequest.builder().loadBalancerArn(arn);
      if (planned.differs(prior, "subnets")) {
        request.subnets(planned.texts("subnets"));
      } else {
        request.subnetMappings(mappings(planned));
      }
      context.call(request.build(), SetSubnetsResponse.class);
    }
    if (planned.differs(prior, "ip_address_type")) {
      context.call(
          SetIpAddressTypeRequest.builder()
              .loadBalancerArn(arn)
              .ipAddressType(planned.text("ip_address_type"))
              .build(),
          SetIpAddressTypeResponse.class);
    }
    ElbCalls.updateTags(context, prior, planned);
    awaitActive(context, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteLoadBalancerRequest.builder().loadBalancerArn(state.id()).build(),
        DeleteLoadBalancerResponse.class);
  }

  /** Which subnets it has follows from one of two spellings; the other is known after the apply. */
  @Override
  public void customize(PlanEdit plan) {
    if (plan.changes("subnets") && plan.config().get("subnet_mapping").isZero()) {
      plan.unknown("subnet_mapping");
    } else if (plan.changes("subnet_mapping") && plan.config().get("subnets").isNull()) {
      plan.unknown("subnets");
    }
  }

  private static void modify(
      Context context, Attributes planned, List<LoadBalancerAttribute> attributes) {
    if (!attributes.isEmpty()) {
      context.call(
          ModifyLoadBalancerAttributesRequest.builder()
              .loadBalancerArn(planned.id())
              .attributes(attributes)
              .build(),
          ModifyLoadBalancerAttributesResponse.class);
    }
  }

  private static void awaitActive(Context context, Attributes planned) {
    Waiter.Until active =
        new Waiter.Until(
            Duration.ZERO,
            Duration.ofSeconds(10),
            context.timeout(planned, "create", TIMEOUT),
            List.of("provisioning"),
            List.of("active", "active_impaired"));
    context
        .waiter()
        .until(
            active,
            () -> byArn(context, planned.id()).map(lb -> lb.state().codeAsString()).orElse(""));
  }

  private static List<SubnetMapping> mappings(Attributes planned) {
    return planned.blocks("subnet_mapping").stream()
        .map(block ->
            SubnetMapping.builder()
                .subnetId(block.text("subnet_id"))
                .allocationId(block.text("allocation_id"))
                .privateIPv4Address(block.text("private_ipv4_address"))
                .iPv6Address(block.text("ipv6_address"))
                .build())
        .toList();
  }

  private static Optional<LoadBalancer> byArn(Context context, String arn) {
    return find(context, DescribeLoadBalancersRequest.builder().loadBalancerArns(arn).build());
  }

  private static Optional<LoadBalancer> find(
      Context context, DescribeLoadBalancersRequest request) {
    return context.findFirst(
        () -> context.call(request, DescribeLoadBalancersResponse.class).loadBalancers());
  }
}
