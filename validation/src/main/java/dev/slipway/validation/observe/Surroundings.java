package dev.slipway.validation.observe;

import dev.slipway.topology.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service depends on and what explains its failures.
 *
 * @param read whether any of it was read
 * @param network the region's network
 * @param roles the roles of the task definitions, by ARN
 * @param logGroups the log groups of the task definitions, by name: whether each exists
 * @param logTails the last lines of the containers that ended or are unhealthy, by task ARN
 */
public record Surroundings(
    boolean read,
    Network network,
    Map<String, Role> roles,
    Map<String, Boolean> logGroups,
    Map<String, List<String>> logTails) {

  /** A network of which nothing is known. */
  public static final Network NO_NETWORK =
      new Network(
          "", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of(), List.of(), List.of());

  /** Nothing read. */
  public static final Surroundings NONE =
      new Surroundings(false, NO_NETWORK, Map.of(), Map.of(), Map.of());

  /** A role by its ARN, when it could be read. */
  public Optional<Role> role(String arn) {
    return Optional.ofNullable(roles.get(arn));
  }

  /**
   * An IAM role.
   *
   * @param exists whether it exists
   * @param arn its ARN
   * @param trust the trust policy's JSON
   * @param policies the JSON of every policy, attached and inline, by name
   * @param boundary what bounds its permissions, whatever its policies allow
   */
  public record Role(
      boolean exists,
      String arn,
      String trust,
      Map<String, String> policies,
      Optional<Boundary> boundary) {

    /** A role that nothing bounds. */
    public Role(boolean exists, String arn, String trust, Map<String, String> policies) {
      this(exists, arn, trust, policies, Optional.empty());
    }
  }

  /**
   * A policy that is a role's permissions boundary.
   *
   * @param arn the policy's ARN
   * @param document its JSON; empty when it could not be read
   */
  public record Boundary(String arn, String document) {}
}
