package dev.slipway.topology;

/**
 * Where the public names of AWS services lead. The real addresses change all the time and the EC2
 * API does not tell them; one address of Amazon's range 52.94.0.0/16 stands for each service, so
 * that rules over CIDR blocks can be evaluated.
 */
public final class AwsAddresses {

  private static final Cidr RANGE = Cidr.parse("52.94.0.0/16");

  private AwsAddresses() {}

  /**
   * The address that stands for a service's public endpoint.
   *
   * @param service the last part of the endpoint service name, for instance {@code ecr.api}
   */
  public static String publicAddress(String region, String service) {
    int hash = (region + '/' + service).hashCode();
    return Cidr.text(RANGE.first() + Math.floorMod(hash, (int) RANGE.size()));
  }
}
