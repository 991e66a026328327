package dev.slipway.twin.ec2;

import dev.slipway.topology.Network.VpcDns;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;

/**
 * The DNS attributes of VPCs: support on and host names off at first. Source: VPC user guide, DNS
 * attributes in your VPC.
 */
record VpcAttributes(World world) {

  VpcDns of(String vpcId) {
    return rows().find(vpcId).orElse(new VpcDns(vpcId, true, false));
  }

  void set(VpcDns dns) {
    rows().put(dns.vpcId(), dns);
  }

  void remove(String vpcId) {
    rows().remove(vpcId);
    metrics().remove(vpcId);
  }

  /** Whether network address usage metrics are on; they are stored and nothing else. */
  boolean addressMetrics(String vpcId) {
    return metrics().contains(vpcId);
  }

  void setAddressMetrics(String vpcId, boolean on) {
    if (on) {
      metrics().put(vpcId, true);
    } else {
      metrics().remove(vpcId);
    }
  }

  /** Grows with every change of a DNS attribute. */
  long version() {
    return rows().version();
  }

  private Table<Boolean> metrics() {
    return world.table("ec2.vpcAddressMetrics");
  }

  private Table<VpcDns> rows() {
    return world.table("ec2.vpcDns");
  }
}
