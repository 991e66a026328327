package dev.slipway.twin.ec2;

import dev.slipway.topology.Network;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/** The network interfaces that AWS services keep in a customer's VPC. Under the world's lock. */
public interface NetworkInterfaces {

  /**
   * What a service asks for.
   *
   * @param subnetId where
   * @param securityGroupIds its groups; when empty, the VPC's default group
   * @param publicIp whether to give it a public address
   * @param description as DescribeNetworkInterfaces shows it, for instance {@code ELB app/name/id}
   * @param interfaceType {@code interface}, {@code nat_gateway}, {@code vpc_endpoint} …
   * @param requesterId who keeps it, for instance {@code amazon-elb}
   */
  record Order(
      String subnetId,
      List<String> securityGroupIds,
      boolean publicIp,
      String description,
      String interfaceType,
      String requesterId) {}

  /**
   * Creates an interface in use.
   *
   * @throws dev.slipway.twin.world.AwsError with EC2's code, for instance {@code
   *     InsufficientFreeAddressesInSubnet}, {@code InvalidSubnetID.NotFound}
   */
  NetworkInterface create(Order order);

  /** Changes the groups of an interface. */
  void setSecurityGroups(String networkInterfaceId, List<String> securityGroupIds);

  /** Deletes an interface and gives its addresses back; without effect when it is gone. */
  void delete(String networkInterfaceId);

  /** The world's network as it is now. */
  Network network();
}
