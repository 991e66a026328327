package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import java.util.Map;
import java.util.Optional;

/** Decides what principals may do, from the policy documents of IAM. Under the world's lock. */
public interface Authority {

  /**
   * A decision.
   *
   * @param allowed whether it is allowed
   * @param reason when refused, the tail of AWS's sentence, for instance {@code because no
   *     identity-based policy allows the ecr:GetAuthorizationToken action}
   */
  record Decision(boolean allowed, String reason) {}

  /**
   * Whether a service may assume a role: the role exists and its trust policy says so.
   *
   * @param servicePrincipal for instance {@code ecs-tasks.amazonaws.com}
   */
  boolean canAssume(String roleArn, String servicePrincipal);

  /**
   * The same for a service that says for whom it acts.
   *
   * @param context condition keys, for instance {@code aws:SourceArn}
   */
  default boolean canAssume(String roleArn, String servicePrincipal, Map<String, String> context) {
    return canAssume(roleArn, servicePrincipal);
  }

  /**
   * Whether a role may perform an action on a resource, by its inline and attached policies.
   *
   * @param context condition keys, for instance {@code aws:SourceVpc}
   */
  Decision authorize(String roleArn, String action, String resource, Map<String, String> context);

  /**
   * What the policy of a VPC endpoint says to a call that passes it. Source: AWS PrivateLink guide,
   * control access to VPC endpoints using endpoint policies; IAM user guide, troubleshoot access
   * denied.
   *
   * @param document the endpoint's policy
   * @param roleArn the role that calls, or an empty text when nobody of this account does
   * @param context condition keys, for instance {@code aws:SourceVpce}
   */
  Decision throughEndpoint(
      String document, String roleArn, String action, String resource, Map<String, String> context);

  /**
   * Why a role cannot have a secret decrypted, in the words of Secrets Manager; empty when it can,
   * or when no key of the customer's is in the way.
   */
  default Optional<AwsError> sealedSecret(String roleArn, String secret) {
    return Optional.empty();
  }

  /** The same for a secure parameter, in the words of Systems Manager. */
  default Optional<AwsError> sealedParameter(String roleArn, String name) {
    return Optional.empty();
  }
}
