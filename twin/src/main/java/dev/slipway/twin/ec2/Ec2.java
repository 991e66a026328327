package dev.slipway.twin.ec2;

import dev.slipway.topology.Network;
import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;

/**
 * EC2's networking in a world: VPCs and all that lies in them. Under the world's lock, apart from
 * the constructor.
 */
public final class Ec2 implements NetworkInterfaces {

  private final World world;
  private final Stores stores;
  private final Deadlines deadlines;
  private final Interfaces interfaces;
  private final Elastic elastic;
  private final NetworkView view;
  private final NatGateways natGateways;
  private final Endpoints endpoints;

  /** EC2 over the world's tables. */
  public Ec2(World world) {
    this.world = world;
    this.stores = new Stores(world);
    this.deadlines = new Deadlines(world);
    this.interfaces = new Interfaces(world, stores);
    this.elastic = new Elastic(world, stores);
    this.view = new NetworkView(world, stores);
    this.natGateways = new NatGateways(world, stores, deadlines);
    this.endpoints = new Endpoints(world, stores, deadlines);
  }

  /** Registers EC2's operations at the world. */
  public void register() {
    List<Object> handlers =
        List.of(
            new VpcApi(world, stores),
            new SubnetApi(world, stores),
            new InternetGatewayApi(world, stores),
            new RouteTableApi(world, stores),
            new RouteApi(world, stores),
            new SecurityGroupApi(world, stores),
            new SecurityGroupRuleApi(world, stores),
            new NetworkInterfaceApi(world, stores),
            new AddressApi(world, stores),
            new NatGatewayApi(world, stores, natGateways),
            new SecurityGroupRuleChangeApi(world, stores),
            new NetworkAclApi(world, stores),
            new NetworkAclEntryApi(stores),
            new VpcEndpointApi(world, stores, endpoints),
            new EndpointServiceApi(world),
            new FlowLogApi(world, stores),
            new PrefixListApi(world, stores),
            new OwnPrefixListApi(world, stores),
            new VpcBlockApi(world, stores),
            new SecondaryAddressApi(world, stores),
            new DhcpOptionsApi(world, stores),
            new TagApi(stores),
            new RegionApi(world));
    world.operations().registerLater("ec2", handlers);
  }

  /** Arms the pending timers again, after the world's state was copied from another. */
  public void resume() {
    world.run(deadlines::resume);
  }

  @Override
  public NetworkInterface create(Order order) {
    return interfaces.createManaged(order);
  }

  @Override
  public void setSecurityGroups(String networkInterfaceId, List<String> securityGroupIds) {
    interfaces.setGroups(networkInterfaceId, securityGroupIds);
  }

  @Override
  public void delete(String networkInterfaceId) {
    elastic.unmapAll(networkInterfaceId);
    interfaces.delete(networkInterfaceId);
  }

  @Override
  public Network network() {
    return view.now();
  }
}
