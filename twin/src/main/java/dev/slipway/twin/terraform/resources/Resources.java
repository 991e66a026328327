package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.ResourceHandler;
import java.util.List;

/** Every resource type that the twin's provider offers. */
public final class Resources {

  private Resources() {}

  /** All handlers, one for each type. */
  public static List<ResourceHandler> all() {
    return List.of(
        new IamRoleResource(), new LogGroupResource(), new SubnetResource(), new VpcResource());
  }
}
