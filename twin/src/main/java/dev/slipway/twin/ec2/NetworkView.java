package dev.slipway.twin.ec2;

import dev.slipway.topology.Network;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Vpc;

/**
 * The network as it is. The same object is given out until something changes: every request that
 * passes a load balancer asks.
 */
final class NetworkView {

  private final World world;
  private final Stores stores;
  private final VpcAttributes attributes;
  private final AwsPrefixLists prefixLists;
  private List<Long> versions = List.of();
  private Network known;

  NetworkView(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.attributes = new VpcAttributes(world);
    this.prefixLists = new AwsPrefixLists(world);
  }

  Network now() {
    List<Long> current = versions();
    if (!current.equals(versions)) {
      known = draw();
      versions = current;
    }
    return known;
  }

  private List<Long> versions() {
    return Stream.concat(
            Stream.of(attributes.version()),
            Stream.of(
                    stores.vpcs,
                    stores.subnets,
                    stores.routeTables,
                    stores.networkAcls,
                    stores.securityGroups,
                    stores.networkInterfaces,
                    stores.internetGateways,
                    stores.natGateways,
                    stores.vpcEndpoints,
                    stores.prefixLists)
                .map(Store::version))
        .toList();
  }

  private Network draw() {
    List<Vpc> vpcs = stores.vpcs.all();
    return new Network(
        world.region(),
        vpcs,
        vpcs.stream().map(v -> attributes.of(v.vpcId())).toList(),
        stores.subnets.all(),
        stores.routeTables.all(),
        stores.networkAcls.all(),
        stores.securityGroups.all(),
        stores.networkInterfaces.all(),
        stores.internetGateways.all(),
        stores.natGateways.all(),
        stores.vpcEndpoints.all(),
        Stream.concat(prefixLists.all().stream(), stores.prefixLists.all().stream()).toList(),
        new OwnPrefixLists(world, stores).blocks());
  }
}
