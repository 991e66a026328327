package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;

/** The blocks that a VPC has: the first and those that were associated later. */
final class VpcBlocks {

  private VpcBlocks() {}

  static Stream<Cidr> of(Vpc vpc) {
    return Stream.concat(
            Stream.of(vpc.cidrBlock()),
            vpc.cidrBlockAssociationSet().stream().map(VpcCidrBlockAssociation::cidrBlock))
        .distinct()
        .map(Cidr::parse);
  }
}
