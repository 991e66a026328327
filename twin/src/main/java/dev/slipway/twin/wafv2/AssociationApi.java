package dev.slipway.twin.wafv2;

import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.AssociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.DisassociateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceRequest;
import software.amazon.awssdk.services.wafv2.model.GetWebAclForResourceResponse;
import software.amazon.awssdk.services.wafv2.model.ListResourcesForWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.ListResourcesForWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.ResourceType;

/** Which web ACL stands before which load balancer. Source: WAFv2 API reference. */
final class AssociationApi {

  private final WebAcls acls;
  private final Consumer<String> changed;

  /**
   * Associations.
   *
   * @param changed told the load balancer before which another web ACL stands, or none
   */
  AssociationApi(WebAcls acls, Consumer<String> changed) {
    this.acls = acls;
    this.changed = changed;
  }

  /** A load balancer has one web ACL; another takes its place. */
  public AssociateWebAclResponse associate(AssociateWebAclRequest request) {
    String balancer = requireBalancer(request.resourceArn());
    acls.associations().put(balancer, acls.require(request.webACLArn()).acl().arn());
    changed.accept(balancer);
    return AssociateWebAclResponse.builder().build();
  }

  public DisassociateWebAclResponse disassociate(DisassociateWebAclRequest request) {
    String balancer = requireBalancer(request.resourceArn());
    acls.associations().remove(balancer);
    changed.accept(balancer);
    return DisassociateWebAclResponse.builder().build();
  }

  public GetWebAclForResourceResponse get(GetWebAclForResourceRequest request) {
    Optional<String> arn = acls.associations().find(requireBalancer(request.resourceArn()));
    return GetWebAclForResourceResponse.builder()
        .webACL(arn.flatMap(acls.rows()::find).map(WebAcls.Row::acl).orElse(null))
        .build();
  }

  public ListResourcesForWebAclResponse list(ListResourcesForWebAclRequest request) {
    String arn = acls.require(request.webACLArn()).acl().arn();
    if (request.resourceType() != null
        && request.resourceType() != ResourceType.APPLICATION_LOAD_BALANCER) {
      return ListResourcesForWebAclResponse.builder().resourceArns(List.of()).build();
    }
    List<String> found = new ArrayList<>();
    for (String balancer : balancers()) {
      if (acls.associations().find(balancer).filter(arn::equals).isPresent()) {
        found.add(balancer);
      }
    }
    return ListResourcesForWebAclResponse.builder().resourceArns(found).build();
  }

  private String requireBalancer(String arn) {
    if (arn == null || !arn.contains(":loadbalancer/app/")) {
      throw AwsError.of(
          "WAFInvalidParameterException",
          "Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other"
              + " information separated by colons or slashes., field: RESOURCE_ARN, parameter: "
              + arn);
    }
    if (!balancers().contains(arn)) {
      // The balancer may be gone, and its association with it.
      acls.associations().remove(arn);
      throw WebAcls.notThere();
    }
    return arn;
  }

  private List<String> balancers() {
    return acls
        .world()
        .operations()
        .call(DescribeLoadBalancersRequest.builder().build(), DescribeLoadBalancersResponse.class)
        .loadBalancers()
        .stream()
        .map(balancer -> balancer.loadBalancerArn())
        .toList();
  }
}
