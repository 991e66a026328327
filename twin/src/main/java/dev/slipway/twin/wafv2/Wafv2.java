package dev.slipway.twin.wafv2;

import dev.slipway.twin.world.World;
import java.util.function.Consumer;

/** WAFv2 of one account and region. */
public final class Wafv2 {

  private final World world;
  private Consumer<String> listener = loadBalancer -> {};

  /** The web ACLs of a world. */
  public Wafv2(World world) {
    this.world = world;
  }

  /** Tells from now on before which load balancer another web ACL stands, or none. */
  public void onChange(Consumer<String> loadBalancer) {
    listener = loadBalancer;
  }

  /** Whether a web ACL before a load balancer lets nothing through. Under the world's lock. */
  public boolean blocks(String loadBalancer) {
    WebAcls acls = new WebAcls(world);
    return acls.associations()
        .find(loadBalancer)
        .flatMap(acls.rows()::find)
        .filter(row -> row.acl().defaultAction().block() != null)
        .isPresent();
  }

  /** Registers the API's operations at the world, once somebody calls one. */
  public void register() {
    world
        .operations()
        .registerLater(
            "wafv2",
            () -> {
              WebAcls acls = new WebAcls(world);
              world.operations().register(new WebAclApi(acls));
              world.operations().register(new AssociationApi(acls, arn -> listener.accept(arn)));
            });
  }
}
