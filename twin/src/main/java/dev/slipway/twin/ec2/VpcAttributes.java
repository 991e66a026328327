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
  }

  private Table<VpcDns> rows() {
    return world.table("ec2.vpcDns");
  }
}
