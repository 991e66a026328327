package dev.slipway.topology;

import java.util.List;

/** One end of a connection. */
public sealed interface Place {

  /**
   * A network interface that exists.
   *
   * @param networkInterfaceId its id, {@code eni-…}
   */
  record Interface(String networkInterfaceId) implements Place {}

  /**
   * A network interface that does not exist yet, or no longer: where a task was or would be placed.
   *
   * @param subnetId the subnet
   * @param securityGroupIds its groups; when empty, the VPC's default group
   * @param publicIp whether it has or would have a public address
   */
  record Planned(String subnetId, List<String> securityGroupIds, boolean publicIp)
      implements Place {}

  /**
   * A host on the internet.
   *
   * @param ip its IPv4 address
   */
  record Internet(String ip) implements Place {}

  /**
   * A service of AWS in the network's region, reached by its public name or through an endpoint.
   *
   * @param name the last part of the endpoint service name, for instance {@code ecr.api}, {@code
   *     ecr.dkr}, {@code s3}, {@code logs}, {@code secretsmanager}
   */
  record AwsService(String name) implements Place {}
}
