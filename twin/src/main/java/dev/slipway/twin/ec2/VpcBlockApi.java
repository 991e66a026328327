package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AssociateVpcCidrBlockRequest;
import software.amazon.awssdk.services.ec2.model.AssociateVpcCidrBlockResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateVpcCidrBlockRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateVpcCidrBlockResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockState;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockStateCode;

/**
 * The further blocks of VPCs. Each is local in all of the VPC's route tables. Source: VPC user
 * guide, VPC CIDR blocks.
 */
@Differs(
    value = "A further block of a VPC is associated, and taken away, at once.",
    because = "AWS names no times, and the answer tells the state in between all the same.")
final class VpcBlockApi {

  /** Source: VPC user guide, quotas: IPv4 CIDR blocks per VPC. */
  private static final int LIMIT = 5;

  private final World world;
  private final Stores stores;

  VpcBlockApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
  }

  /** Gives a VPC another block. */
  public AssociateVpcCidrBlockResponse associateVpcCidrBlock(AssociateVpcCidrBlockRequest request) {
    Parameters.only(request, "VpcId", "CidrBlock");
    Vpc vpc = stores.vpcs.require(Parameters.required("vpcId", request.vpcId()));
    String text = Parameters.required("cidrBlock", request.cidrBlock());
    if (!Cidr.isValid(text)) {
      throw Parameters.invalid(text, "cidrBlock", "This is not a valid CIDR block.");
    }
    Cidr block = Cidr.parse(text);
    boolean taken = VpcBlocks.of(vpc).anyMatch(known -> known.overlaps(block));
    if (block.prefix() < 16 || block.prefix() > 28 || taken) {
      throw AwsError.of("InvalidVpc.Range", "The CIDR '%s' is invalid.".formatted(text));
    }
    List<VpcCidrBlockAssociation> known = vpc.cidrBlockAssociationSet();
    if (known.size() >= LIMIT) {
      throw AwsError.of(
          "VpcCidrBlockLimitExceeded",
          "This network '%s' has met its maximum number of allowed CIDRs: %d"
              .formatted(vpc.vpcId(), LIMIT));
    }
    VpcCidrBlockAssociation made =
        VpcCidrBlockAssociation.builder()
            .associationId(world.ids().ec2("vpc-cidr-assoc"))
            .cidrBlock(block.toString())
            .cidrBlockState(state(VpcCidrBlockStateCode.ASSOCIATED))
            .build();
    stores.vpcs.put(
        vpc.toBuilder()
            .cidrBlockAssociationSet(Stream.concat(known.stream(), Stream.of(made)).toList())
            .build());
    for (RouteTable table : tables(vpc)) {
      stores.routeTables.put(
          table.toBuilder()
              .routes(
                  Stream.concat(
                          table.routes().stream(), Stream.of(RouteTables.local(made.cidrBlock())))
                      .toList())
              .build());
    }
    return AssociateVpcCidrBlockResponse.builder()
        .vpcId(vpc.vpcId())
        .cidrBlockAssociation(with(made, VpcCidrBlockStateCode.ASSOCIATING))
        .build();
  }

  /** Takes a further block away, when no subnet lies in it. */
  public DisassociateVpcCidrBlockResponse disassociateVpcCidrBlock(
      DisassociateVpcCidrBlockRequest request) {
    Parameters.only(request, "AssociationId");
    String id = Parameters.required("associationId", request.associationId());
    Vpc vpc =
        stores.vpcs.where(v -> association(v, id).findFirst().isPresent()).stream()
            .findFirst()
            .orElseThrow(() ->
                AwsError.of(
                    "InvalidVpcCidrBlockAssociationID.NotFound",
                    "The vpc CIDR block association ID '%s' does not exist".formatted(id)));
    VpcCidrBlockAssociation known = association(vpc, id).findFirst().orElseThrow();
    if (known.cidrBlock().equals(vpc.cidrBlock())) {
      throw AwsError.of(
          "OperationNotPermitted",
          "The vpc CIDR block with association ID %s may not be disassociated. It is the primary"
                  .formatted(id)
              + " IPv4 CIDR block of the VPC");
    }
    Cidr block = Cidr.parse(known.cidrBlock());
    if (stores.subnets.any(
        s -> s.vpcId().equals(vpc.vpcId()) && block.contains(Cidr.parse(s.cidrBlock())))) {
      throw AwsError.of(
          "InvalidCidrBlock.InUse",
          "The vpc CIDR block with association ID %s is in use by a subnet.".formatted(id));
    }
    stores.vpcs.put(
        vpc.toBuilder()
            .cidrBlockAssociationSet(
                vpc.cidrBlockAssociationSet().stream()
                    .filter(a -> !a.associationId().equals(id))
                    .toList())
            .build());
    for (RouteTable table : tables(vpc)) {
      stores.routeTables.put(
          table.toBuilder()
              .routes(table.routes().stream().filter(r -> !isLocal(r, known.cidrBlock())).toList())
              .build());
    }
    return DisassociateVpcCidrBlockResponse.builder()
        .vpcId(vpc.vpcId())
        .cidrBlockAssociation(with(known, VpcCidrBlockStateCode.DISASSOCIATING))
        .build();
  }

  private static boolean isLocal(Route route, String block) {
    return "local".equals(route.gatewayId()) && block.equals(route.destinationCidrBlock());
  }

  private List<RouteTable> tables(Vpc vpc) {
    return stores.routeTables.where(t -> t.vpcId().equals(vpc.vpcId()));
  }

  private static Stream<VpcCidrBlockAssociation> association(Vpc vpc, String id) {
    return vpc.cidrBlockAssociationSet().stream().filter(a -> a.associationId().equals(id));
  }

  private static VpcCidrBlockAssociation with(
      VpcCidrBlockAssociation known, VpcCidrBlockStateCode code) {
    return known.toBuilder().cidrBlockState(state(code)).build();
  }

  private static VpcCidrBlockState state(VpcCidrBlockStateCode code) {
    return VpcCidrBlockState.builder().state(code).build();
  }
}
