package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.Tags;
import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpAddressType;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetIpAddressTypeResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SetSubnetsResponse;

/** Load balancers. Source: ELBv2 API reference. */
final class LoadBalancers {

  private static final Set<String> CREATE =
      Set.of(
          "Name",
          "Subnets",
          "SubnetMappings",
          "SecurityGroups",
          "Scheme",
          "Tags",
          "Type",
          "IpAddressType");
  private static final int MOST = 50;

  private final Store store;
  private final Paths paths;
  private final Nodes nodes;
  private final Provisioning provisioning;
  private final RoutePublisher routes;
  private final DataPlane dataPlane;

  LoadBalancers(
      Store store,
      Paths paths,
      Nodes nodes,
      Provisioning provisioning,
      RoutePublisher routes,
      DataPlane dataPlane) {
    this.store = store;
    this.paths = paths;
    this.nodes = nodes;
    this.provisioning = provisioning;
    this.routes = routes;
    this.dataPlane = dataPlane;
  }

  /** CreateLoadBalancer. */
  public CreateLoadBalancerResponse createLoadBalancer(CreateLoadBalancerRequest request) {
    check(request);
    Placement placement = Placement.of(request, paths.network());
    LoadBalancerSchemeEnum scheme =
        request.scheme() == null ? LoadBalancerSchemeEnum.INTERNET_FACING : request.scheme();
    List<LoadBalancer> sameName =
        store.loadBalancers().where(lb -> lb.loadBalancerName().equals(request.name()));
    if (!sameName.isEmpty()) {
      return answer(identical(sameName.getFirst(), request, placement, scheme));
    }
    if (store.loadBalancers().size() >= MOST) {
      throw AwsError.of(
          "TooManyLoadBalancers", "The maximum number of load balancers has been reached");
    }
    String id = store.world().ids().hex(16);
    String arn =
        store.world().arn("elasticloadbalancing", "loadbalancer/app/" + request.name() + "/" + id);
    LoadBalancer lb =
        LoadBalancer.builder()
            .loadBalancerArn(arn)
            .dnsName(dataPlane.claim(arn, ""))
            .canonicalHostedZoneId(HostedZones.of(store.world().region()))
            .createdTime(store.world().now())
            .loadBalancerName(request.name())
            .scheme(scheme)
            .vpcId(placement.vpcId())
            .state(state -> state.code(LoadBalancerStateEnum.PROVISIONING))
            .type(LoadBalancerTypeEnum.APPLICATION)
            .availabilityZones(Nodes.zones(placement.subnets()))
            .securityGroups(placement.securityGroupIds())
            .ipAddressType(IpAddressType.IPV4)
            .build();
    try {
      nodes.set(lb, placement.subnets());
    } catch (AwsError e) {
      nodes.leave(arn);
      dataPlane.release(arn);
      throw e;
    }
    store.loadBalancers().put(arn, lb);
    store.putTags(arn, request.tags());
    provisioning.begin(arn);
    return answer(lb);
  }

  private static CreateLoadBalancerResponse answer(LoadBalancer lb) {
    return CreateLoadBalancerResponse.builder().loadBalancers(lb).build();
  }

  private void check(CreateLoadBalancerRequest request) {
    Refusal.unlessOnly(request, CREATE);
    Names.check("Load balancer", request.name());
    if (request.type() != null && request.type() != LoadBalancerTypeEnum.APPLICATION) {
      throw Refusal.unsupported("the load balancer type " + request.typeAsString());
    }
    requireIpv4(request.ipAddressType(), request.ipAddressTypeAsString());
  }

  private static void requireIpv4(IpAddressType type, String asText) {
    if (type != null && type != IpAddressType.IPV4) {
      throw Refusal.unsupported("the IP address type " + asText);
    }
  }

  private LoadBalancer identical(
      LoadBalancer lb,
      CreateLoadBalancerRequest request,
      Placement placement,
      LoadBalancerSchemeEnum scheme) {
    boolean same =
        lb.scheme() == scheme
            && Set.copyOf(lb.securityGroups()).equals(Set.copyOf(placement.securityGroupIds()))
            && Set.copyOf(lb.availabilityZones())
                .equals(Set.copyOf(Nodes.zones(placement.subnets())))
            && Set.copyOf(request.tags())
                .equals(
                    store
                        .tags()
                        .find(lb.loadBalancerArn())
                        .map(Tags::tags)
                        .map(Set::copyOf)
                        .orElse(Set.of()));
    if (!same) {
      throw AwsError.of(
          "DuplicateLoadBalancerName",
          "A load balancer with the same name '"
              + request.name()
              + "' exists, but with different settings");
    }
    return lb;
  }

  /** DescribeLoadBalancers. */
  public DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest request) {
    if (request.hasLoadBalancerArns() && request.hasNames()) {
      throw Refusal.validation("Load balancer names and ARNs cannot be specified together");
    }
    request.loadBalancerArns().forEach(store::loadBalancer);
    List<LoadBalancer> found =
        store
            .loadBalancers()
            .where(lb ->
                (!request.hasLoadBalancerArns()
                        || request.loadBalancerArns().contains(lb.loadBalancerArn()))
                    && (!request.hasNames() || request.names().contains(lb.loadBalancerName())));
    for (String name : request.names()) {
      if (found.stream().noneMatch(lb -> lb.loadBalancerName().equals(name))) {
        throw AwsError.of("LoadBalancerNotFound", "Load balancers '[" + name + "]' not found");
      }
    }
    Page<LoadBalancer> page = Page.of(found, request.marker(), request.pageSize());
    return DescribeLoadBalancersResponse.builder()
        .loadBalancers(page.items())
        .nextMarker(page.nextMarker())
        .build();
  }

  /** DeleteLoadBalancer; deleting what is gone succeeds. */
  public DeleteLoadBalancerResponse deleteLoadBalancer(DeleteLoadBalancerRequest request) {
    String arn = request.loadBalancerArn();
    if (store.loadBalancers().contains(arn)) {
      if (AttributeSets.LOAD_BALANCER.flag(store, arn, AttributeSets.DELETION_PROTECTION)) {
        throw AwsError.of(
            "OperationNotPermitted",
            "Load balancer '" + arn + "' cannot be deleted because deletion protection is enabled");
      }
      for (Listener listener : store.listenersOf(arn)) {
        Listeners.remove(store, listener.listenerArn());
      }
      store.loadBalancers().remove(arn);
      store.forget(arn);
      nodes.leave(arn);
      routes.withdraw(arn);
    }
    return DeleteLoadBalancerResponse.builder().build();
  }

  /** SetSecurityGroups. */
  public SetSecurityGroupsResponse setSecurityGroups(SetSecurityGroupsRequest request) {
    Refusal.unlessOnly(request, Set.of("LoadBalancerArn", "SecurityGroups"));
    LoadBalancer lb = store.loadBalancer(request.loadBalancerArn());
    if (request.securityGroups().isEmpty()) {
      throw Refusal.validation("At least one security group must be specified");
    }
    List<String> groups = Placement.groups(request.securityGroups(), lb.vpcId(), paths.network());
    nodes.setSecurityGroups(lb.loadBalancerArn(), groups);
    store.loadBalancers().put(lb.loadBalancerArn(), lb.toBuilder().securityGroups(groups).build());
    routes.publish(lb.loadBalancerArn());
    return SetSecurityGroupsResponse.builder().securityGroupIds(groups).build();
  }

  /** SetSubnets. */
  public SetSubnetsResponse setSubnets(SetSubnetsRequest request) {
    Refusal.unlessOnly(
        request, Set.of("LoadBalancerArn", "Subnets", "SubnetMappings", "IpAddressType"));
    requireIpv4(request.ipAddressType(), request.ipAddressTypeAsString());
    LoadBalancer lb = store.loadBalancer(request.loadBalancerArn());
    var subnets =
        Placement.subnets(
            Placement.subnetIds(request.subnets(), request.subnetMappings()),
            paths.network(),
            lb.scheme() != LoadBalancerSchemeEnum.INTERNAL);
    if (!subnets.getFirst().vpcId().equals(lb.vpcId())) {
      throw AwsError.of(
          "InvalidConfigurationRequest", "The subnets do not belong to " + lb.vpcId());
    }
    nodes.set(lb, subnets);
    LoadBalancer changed = lb.toBuilder().availabilityZones(Nodes.zones(subnets)).build();
    store.loadBalancers().put(lb.loadBalancerArn(), changed);
    routes.publish(lb.loadBalancerArn());
    return SetSubnetsResponse.builder()
        .availabilityZones(changed.availabilityZones())
        .ipAddressType(changed.ipAddressType())
        .build();
  }

  /** SetIpAddressType. */
  public SetIpAddressTypeResponse setIpAddressType(SetIpAddressTypeRequest request) {
    LoadBalancer lb = store.loadBalancer(request.loadBalancerArn());
    requireIpv4(request.ipAddressType(), request.ipAddressTypeAsString());
    return SetIpAddressTypeResponse.builder().ipAddressType(lb.ipAddressType()).build();
  }
}
