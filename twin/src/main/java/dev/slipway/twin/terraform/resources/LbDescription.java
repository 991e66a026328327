package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.value.Attributes;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AvailabilityZone;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;

/** What describing a load balancer answers, for the resource and the data source. */
public final class LbDescription {

  private LbDescription() {}

  /** Stores it. */
  public static void describe(Attributes state, LoadBalancer balancer) {
    state
        .set("arn", balancer.loadBalancerArn())
        .set("arn_suffix", ElbCalls.suffix(balancer.loadBalancerArn()))
        .set("dns_name", balancer.dnsName())
        .set("internal", balancer.scheme() == LoadBalancerSchemeEnum.INTERNAL)
        .set("ip_address_type", balancer.ipAddressTypeAsString())
        .set("load_balancer_type", balancer.typeAsString())
        .set("name", balancer.loadBalancerName())
        .setTexts("security_groups", balancer.securityGroups())
        .setTexts(
            "subnets",
            balancer.availabilityZones().stream().map(AvailabilityZone::subnetId).toList())
        .set("vpc_id", balancer.vpcId())
        .set("zone_id", balancer.canonicalHostedZoneId())
        .setBlocks(
            "subnet_mapping",
            balancer.availabilityZones().stream()
                .map(zone ->
                    new Attributes()
                        .set("subnet_id", zone.subnetId())
                        .setText("outpost_id", zone.outpostId())
                        .setEmpty("allocation_id", "ipv6_address", "private_ipv4_address"))
                .toList());
  }
}
