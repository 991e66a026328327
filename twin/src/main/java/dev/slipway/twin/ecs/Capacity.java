package dev.slipway.twin.ecs;

import dev.slipway.topology.Network;
import dev.slipway.twin.world.FargateCapacity;
import dev.slipway.twin.world.FargateQuota;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Where Fargate has room, and how much. Source: ECS developer guide, service-event-messages. */
final class Capacity {

  static final String UNAVAILABLE =
      "Capacity is unavailable at this time. Please try again later or in a different availability"
          + " zone.";

  static final String LIMIT_REACHED =
      "You've reached the limit on the number of vCPUs you can run concurrently";

  private static final double UNITS = 1024;

  private Capacity() {}

  /** Whether the account's quota has room for one more task of this size. */
  static boolean withinQuota(EcsState state, TaskDefinition definition) {
    OptionalDouble quota = FargateQuota.vcpus(state.world());
    return quota.isEmpty() || used(state) + vcpus(definition.cpu()) <= quota.getAsDouble();
  }

  private static double used(EcsState state) {
    return state.tasks().all().stream()
        .filter(t -> !t.status("STOPPED"))
        .filter(t -> !"FARGATE_SPOT".equals(t.task().capacityProviderName()))
        .mapToDouble(t -> vcpus(t.task().cpu()))
        .sum();
  }

  private static double vcpus(String cpu) {
    return Integer.parseInt(cpu) / UNITS;
  }

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
