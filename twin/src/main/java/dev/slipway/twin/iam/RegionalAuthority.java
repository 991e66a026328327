package dev.slipway.twin.iam;

import dev.slipway.twin.iam.policy.Access;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.Map;
import java.util.Optional;

/**
 * Decides in one region, where resources have policies and keys of their own, with what IAM says
 * everywhere.
 */
public final class RegionalAuthority implements Authority {

  private final Iam iam;
  private final ResourcePolicies policies;
  private final Decryption decryption;

  /** The authority of a region. */
  public RegionalAuthority(World world, Iam iam) {
    this.iam = iam;
    this.policies = new ResourcePolicies(world);
    this.decryption = new Decryption(world);
  }

  /** Whether whoever makes a call may do it, by their own policies and the resource's. */
  Decision decide(String callerArn, Access access) {
    return iam.decide(callerArn, access, policies.of(access.resource()));
  }

  /** Whether a caller may have values decrypted. */
  Decryption decryption() {
    return decryption;
  }

  @Override
  public boolean canAssume(String roleArn, String servicePrincipal) {
    return iam.canAssume(roleArn, servicePrincipal);
  }

  @Override
  public boolean canAssume(String roleArn, String servicePrincipal, Map<String, String> context) {
    return iam.canAssume(roleArn, servicePrincipal, context);
  }

  @Override
  public Decision authorize(
      String roleArn, String action, String resource, Map<String, String> context) {
    return decide(roleArn, Access.to(action, resource, context));
  }

  @Override
  public Decision throughEndpoint(
      String document,
      String roleArn,
      String action,
      String resource,
      Map<String, String> context) {
    return iam.throughEndpoint(document, roleArn, action, resource, context);
  }

  @Override
  public Optional<AwsError> sealedSecret(String roleArn, String secret) {
    return decryption.ofSecret(secret, (a, r, context) -> authorize(roleArn, a, r, context));
  }

  @Override
  public Optional<AwsError> sealedParameter(String roleArn, String name) {
    return decryption.ofParameter(name, (a, r, context) -> authorize(roleArn, a, r, context));
  }
}
