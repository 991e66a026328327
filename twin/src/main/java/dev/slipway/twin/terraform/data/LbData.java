package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.resources.ElbCalls;
import dev.slipway.twin.terraform.resources.LbAttributes;
import dev.slipway.twin.terraform.resources.LbDescription;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** {@code aws_lb}. */
final class LbData implements DataHandler {

  @Override
  public String type() {
    return "aws_lb";
  }

  @Override
  public String label() {
    return "ELBv2 Load Balancers";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    DescribeLoadBalancersRequest.Builder request = DescribeLoadBalancersRequest.builder();
    if (attributes.has("arn")) {
      request.loadBalancerArns(attributes.text("arn"));
    } else if (attributes.has("name")) {
      request.names(attributes.text("name"));
    }
    Map<String, String> wanted = attributes.textMap("tags");
    List<LoadBalancer> found =
        context.call(request.build(), DescribeLoadBalancersResponse.class).loadBalancers().stream()
            .filter(one -> tags(context, one).entrySet().containsAll(wanted.entrySet()))
            .toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          "Search returned %d results, please revise so only one is returned"
              .formatted(found.size()));
    }
    LoadBalancer balancer = found.getFirst();
    attributes.set("id", balancer.loadBalancerArn());
    LbDescription.describe(attributes, balancer);
    DescribeLoadBalancerAttributesRequest described =
        DescribeLoadBalancerAttributesRequest.builder()
            .loadBalancerArn(balancer.loadBalancerArn())
            .build();
    LbAttributes.set(
        attributes,
        context.call(described, DescribeLoadBalancerAttributesResponse.class).attributes());
    attributes.setTexts("tags", tags(context, balancer));
  }

  private static Map<String, String> tags(Context context, LoadBalancer balancer) {
    Map<String, String> tags = new LinkedHashMap<>();
    ElbCalls.tags(context, balancer.loadBalancerArn())
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }
}
