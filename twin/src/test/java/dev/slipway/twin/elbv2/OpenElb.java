package dev.slipway.twin.elbv2;

import dev.slipway.topology.Verdict;
import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.world.World;
import java.util.List;

/** Load balancing in a network without obstacles, for tests that are about something else. */
public final class OpenElb {

  private OpenElb() {}

  /** Load balancing whose nodes reach every target. */
  public static Elb of(World world, NetworkInterfaces interfaces, DataPlane dataPlane) {
    return new Elb(
        world,
        interfaces,
        dataPlane,
        Certificates.NONE,
        LogBuckets.NONE,
        (network, from, to, port) -> new Verdict.Reachable(List.of()));
  }
}
