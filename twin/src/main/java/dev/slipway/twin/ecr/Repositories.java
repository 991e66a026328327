package dev.slipway.twin.ecr;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.model.Repository;

/** The repositories of a registry and what hangs on their names. Under the world's lock. */
final class Repositories {

  private final World world;

  Repositories(World world) {
    this.world = world;
  }

  /** The registry's id, which is the account's. */
  String registryId() {
    return world.account();
  }

  Table<Repository> table() {
    return world.table("ecr.repositories");
  }

  Table<Map<String, String>> tags() {
    return world.table("ecr.repositoryTags");
  }

  Table<String> policies() {
    return world.table("ecr.repositoryPolicies");
  }

  Table<LifecycleRow> lifecycles() {
    return world.table("ecr.lifecyclePolicies");
  }

  /**
   * The repository of the name.
   *
   * @param registryId the registry that the caller names, or null for its own
   */
  Repository require(String registryId, String name) {
    requireRegistry(registryId);
    return table().find(name).orElseThrow(() -> EcrErrors.noRepository(name, registryId()));
  }

  /** The repository of an ARN, as the tag operations name it. */
  Repository requireArn(String arn) {
    Parameters.required(arn, "InvalidParameterException", "resourceArn");
    List<Repository> found = table().where(r -> r.repositoryArn().equals(arn));
    if (found.isEmpty()) {
      throw EcrErrors.noRepository(arn.substring(arn.indexOf('/') + 1), registryId());
    }
    return found.getFirst();
  }

  /** Refuses registries of other accounts. */
  void requireRegistry(String registryId) {
    if (registryId != null && !registryId.isEmpty() && !registryId.equals(registryId())) {
      throw AwsError.of(
          "RegistryNotFoundException",
          "The registry with id '%s' does not exist".formatted(registryId));
    }
  }

  /** Removes a repository and what hangs on its name. */
  void remove(String name) {
    table().remove(name);
    tags().remove(name);
    policies().remove(name);
    lifecycles().remove(name);
  }
}
