package dev.slipway.twin.ec2;

import software.amazon.awssdk.services.ec2.model.Route;

/**
 * Where a route leads: a block or the blocks of a prefix list.
 *
 * @param cidrBlock the block, or null
 * @param prefixListId the list, or null
 */
record Destination(String cidrBlock, String prefixListId) {

  static Destination block(String cidrBlock) {
    return new Destination(cidrBlock, null);
  }

  static Destination list(String prefixListId) {
    return new Destination(null, prefixListId);
  }

  boolean isOf(Route route) {
    return cidrBlock == null
        ? prefixListId.equals(route.destinationPrefixListId())
        : cidrBlock.equals(route.destinationCidrBlock());
  }

  Route.Builder route() {
    return Route.builder().destinationCidrBlock(cidrBlock).destinationPrefixListId(prefixListId);
  }

  /** The name of the parameter, as EC2's messages have it. */
  String kind() {
    return cidrBlock == null ? "destination-prefix-list-id" : "destination-cidr-block";
  }

  @Override
  public String toString() {
    return cidrBlock == null ? prefixListId : cidrBlock;
  }
}
