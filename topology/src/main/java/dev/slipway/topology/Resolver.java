package dev.slipway.topology;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * What the resolver of a VPC answers for the name of an AWS service. A pure function. Source: AWS
 * PrivateLink guide, private DNS names; VPC user guide, DNS attributes.
 */
public final class Resolver {

  private Resolver() {}

  /**
   * The addresses that a service's name leads to.
   *
   * @param network the network as it is
   * @param from who asks
   * @param service as {@link Place.AwsService} names it
   * @return the addresses of the endpoint's interfaces, the nearest first, or the public address of
   *     the service; none when the VPC does not resolve names or does not exist
   */
  public static List<String> addresses(Network network, Place from, String service) {
    Directory directory = new Directory(network);
    Optional<End> source = new Ends(directory).resolve(from);
    if (!(source.orElse(null) instanceof End.Inside inside)
        || !directory.dns(inside.vpcId()).support()) {
      return List.of();
    }
    return endpoint(directory, inside.vpcId(), service)
        .map(e -> new EndpointInterfaces(directory).addresses(inside, e))
        .orElseGet(() -> List.of(AwsAddresses.publicAddress(network.region(), service)));
  }

  /** The endpoint that a service's name leads to in a VPC that resolves names. */
  static Optional<VpcEndpoint> endpoint(Directory directory, String vpcId, String service) {
    if (!directory.dns(vpcId).hostnames()) {
      return Optional.empty();
    }
    return directory.endpoints(vpcId, "Interface", service).stream()
        .filter(e -> Boolean.TRUE.equals(e.privateDnsEnabled()))
        .filter(Directory::isAvailable)
        .findFirst();
  }
}
