package dev.slipway.twin.ecs;

import dev.slipway.topology.Network;
import dev.slipway.twin.ec2.NetworkInterfaces;
import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;

/** Checks the network configuration of services and tasks. Source: CreateService and RunTask. */
final class NetworkRules {

  private static final int MOST_SUBNETS = 16;
  private static final int MOST_GROUPS = 5;

  private final NetworkInterfaces interfaces;

  NetworkRules(NetworkInterfaces interfaces) {
    this.interfaces = interfaces;
  }

  /** Returns the configuration with what ECS fills in. */
  NetworkConfiguration checked(NetworkConfiguration given) {
    if (given == null || given.awsvpcConfiguration() == null) {
      throw EcsErrors.invalid(
          "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    }
    AwsVpcConfiguration vpc = given.awsvpcConfiguration();
    if (vpc.subnets().isEmpty()) {
      throw EcsErrors.invalid("subnets can not be empty.");
    }
    if (vpc.subnets().size() > MOST_SUBNETS) {
      throw EcsErrors.invalid("subnets can have at most 16 items.");
    }
    if (vpc.securityGroups().size() > MOST_GROUPS) {
      throw EcsErrors.invalid("securityGroups can have at most 5 items.");
    }
    Network network = interfaces.network();
    List<String> vpcIds =
        vpc.subnets().stream().map(id -> subnet(network, id).vpcId()).distinct().toList();
    if (vpcIds.size() > 1) {
      throw EcsErrors.invalid("All subnets must be in the same VPC.");
    }
    for (String id : vpc.securityGroups()) {
      SecurityGroup group = securityGroup(network, id);
      if (!vpcIds.contains(group.vpcId())) {
        throw EcsErrors.invalid("The security groups must be in the VPC of the subnets.");
      }
    }
    AssignPublicIp publicIp =
        vpc.assignPublicIp() == null ? AssignPublicIp.DISABLED : vpc.assignPublicIp();
    return given.copy(n -> n.awsvpcConfiguration(vpc.copy(v -> v.assignPublicIp(publicIp))));
  }

  /** The subnets of a configuration in whose zone Fargate has room. */
  List<String> withRoom(World world, NetworkConfiguration checked) {
    return Capacity.subnets(world, interfaces.network(), checked.awsvpcConfiguration().subnets());
  }

  private static Subnet subnet(Network network, String id) {
    return network.subnets().stream()
        .filter(s -> s.subnetId().equals(id))
        .findFirst()
        .orElseThrow(() ->
            EcsErrors.invalid(
                "Error retrieving subnet information for ["
                    + id
                    + "]: The subnet ID '"
                    + id
                    + "' does not exist (ErrorCode: InvalidSubnetID.NotFound)"));
  }

  private static SecurityGroup securityGroup(Network network, String id) {
    return network.securityGroups().stream()
        .filter(g -> g.groupId().equals(id))
        .findFirst()
        .orElseThrow(() ->
            EcsErrors.invalid(
                "Error retrieving security group information for ["
                    + id
                    + "]: The security group '"
                    + id
                    + "' does not exist (ErrorCode: InvalidGroup.NotFound)"));
  }
}
