package dev.slipway.topology;

import java.util.Map;

/**
 * Where the public names of AWS services lead. The real addresses change all the time and the EC2
 * API does not tell them; one address of Amazon's ranges stands for each service, so that rules
 * over CIDR blocks can be evaluated.
 */
public final class AwsAddresses {

  private static final Cidr RANGE = Cidr.parse("52.94.0.0/16");

  /** Services whose addresses are told by prefix lists. */
  private static final Map<String, Cidr> LISTED =
      Map.of("s3", Cidr.parse("52.218.0.0/17"), "dynamodb", Cidr.parse("52.94.24.0/23"));

  private AwsAddresses() {}

  /**
   * The address that stands for a service's public endpoint.
   *
   * @param service the last part of the endpoint service name, for instance {@code ecr.api}
   */
  public static String publicAddress(String region, String service) {
    int hash = (region + '/' + service).hashCode();
    Cidr range = LISTED.getOrDefault(service, RANGE);
    return Cidr.text(range.first() + Math.floorMod(hash, (int) range.size()));
  }
}
