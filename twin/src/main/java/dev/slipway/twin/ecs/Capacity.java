package dev.slipway.twin.ecs;

import dev.slipway.topology.Network;
import dev.slipway.twin.world.FargateCapacity;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Where Fargate has room. Source: ECS developer guide, service-event-messages. */
final class Capacity {

  static final String UNAVAILABLE =
      "Capacity is unavailable at this time. Please try again later or in a different availability"
          + " zone.";

  private Capacity() {}

  /** The subnets among some in whose zone a task can be placed now. */
  static List<String> subnets(World world, Network network, List<String> subnetIds) {
    Map<String, String> zones = zones(network);
    return subnetIds.stream()
        .filter(id -> FargateCapacity.available(world, zones.getOrDefault(id, "")))
        .toList();
  }

  /** The zone of every subnet. */
  static Map<String, String> zones(Network network) {
    return network.subnets().stream()
        .collect(Collectors.toMap(Subnet::subnetId, Subnet::availabilityZone));
  }
}
