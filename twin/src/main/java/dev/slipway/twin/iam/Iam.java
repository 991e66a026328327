package dev.slipway.twin.iam;

import dev.slipway.twin.world.Operations;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.Role;

/** IAM of an account. One instance serves every region of the account. */
public final class Iam implements Authority {

  private final IamTables tables;
  private final List<Object> handlers;

  /** The IAM of the account whose home world this is. */
  public Iam(World home) {
    this.tables = new IamTables(home);
    this.handlers =
        List.of(
            new RoleApi(tables),
            new RolePolicyApi(tables),
            new PolicyApi(tables),
            new OidcApi(tables),
            new SimulationApi(tables));
  }

  /** Registers the operations with a region's world of the account. */
  public void register(Operations operations) {
    handlers.forEach(operations::register);
  }

  /** The tags of roles and policies by ARN, for the tagging API. */
  public Stream<Map.Entry<String, Map<String, String>>> tagged() {
    return tables
        .world()
        .call(() ->
            tables.roles().all().stream()
                .filter(role -> !role.tags().isEmpty())
                .map(role -> Map.entry(role.arn(), tags(role)))
                .toList())
        .stream();
  }

  @Override
  public boolean roleExists(String roleArn) {
    return tables.roleByArn(roleArn).isPresent();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A service acts for a resource of this account and says so. Source: IAM user guide, "The
   * confused deputy problem", aws:SourceAccount.
   */
  @Override
  public boolean canAssume(String roleArn, String servicePrincipal) {
    Map<String, String> context = Map.of("aws:SourceAccount", tables.world().account());
    return trusts(roleArn, "Service", servicePrincipal, "sts:AssumeRole", context);
  }

  @Override
  public Decision authorize(
      String roleArn, String action, String resource, Map<String, String> context) {
    Optional<Role> role = tables.roleByArn(roleArn);
    return role.isEmpty()
        ? new Decision(false, "because no identity-based policy allows the " + action + " action")
        : PolicyEvaluator.identity(
            tables.policiesOf(role.get().roleName()), action, resource, context);
  }

  /**
   * Whether a role's trust policy lets a principal perform an action of STS.
   *
   * @param kind {@code Service}, {@code AWS} or {@code Federated}
   */
  public boolean trusts(
      String roleArn, String kind, String principal, String action, Map<String, String> context) {
    return tables
        .roleByArn(roleArn)
        .map(role -> PolicyParser.trust(role.assumeRolePolicyDocument()))
        .map(trust -> PolicyEvaluator.trusts(trust, kind, principal, action, context))
        .orElse(false);
  }

  /** The unique id of a role, {@code AROA…}. */
  public Optional<String> roleId(String roleArn) {
    return tables.roleByArn(roleArn).map(Role::roleId);
  }

  /** Whether an OpenID Connect provider of this URL host exists. */
  public boolean knowsIssuer(String host) {
    return tables.oidc().all().stream().anyMatch(provider -> provider.url().equals(host));
  }

  private static Map<String, String> tags(Role role) {
    Map<String, String> tags = new java.util.LinkedHashMap<>();
    role.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }
}
