package dev.slipway.twin.sts;

import dev.slipway.twin.iam.Iam;
import dev.slipway.twin.iam.policy.Access;
import dev.slipway.twin.iam.policy.Statement.Principal;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** The operations of STS in one world. Source: STS API reference. */
@Differs(
    value = "only roles of the own account are assumed",
    because = "each account of the twin has a lock of its own")
public final class Sts {

  private final World world;
  private final Iam iam;
  private final Sessions sessions;

  /** STS of a world. */
  public Sts(World world, Iam iam, dev.slipway.twin.world.Credentials credentials) {
    this.world = world;
    this.iam = iam;
    this.sessions = new Sessions(world, iam, credentials);
  }

  /** Registers the operations. */
  public void register() {
    world.operations().registerLater("sts", List.of(this));
  }

  /** Takes up the sessions of a restored world. */
  public void resume() {
    world.run(sessions::resume);
  }

  /** GetCallerIdentity. */
  public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
    Caller caller = Caller.current(world.account());
    return GetCallerIdentityResponse.builder()
        .account(world.account())
        .arn(caller.arn())
        .userId(caller.userId())
        .build();
  }

  /** AssumeRole. */
  public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
    refuseSessionPolicies(request.policy(), request.hasPolicyArns());
    Caller caller = Caller.current(world.account());
    if (!mayAssume(caller, request)) {
      throw denied(
          "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
              .formatted(caller.arn(), request.roleArn()));
    }
    Sessions.Session session =
        sessions.ofRole(request.roleArn(), request.roleSessionName(), request.durationSeconds());
    return AssumeRoleResponse.builder()
        .credentials(session.credentials())
        .assumedRoleUser(user(session.caller()))
        .sourceIdentity(request.sourceIdentity())
        .build();
  }

  /**
   * A trust policy that names the account only hands the question on to the caller's own policies.
   * Source: IAM user guide, reference_policies_elements_principal.
   */
  private boolean mayAssume(Caller caller, AssumeRoleRequest request) {
    Parameters.required(request.roleArn(), "ValidationError", "roleArn");
    Map<String, List<String>> context = new TreeMap<>();
    if (request.externalId() != null) {
      context.put("sts:ExternalId", List.of(request.externalId()));
    }
    context.put(
        "sts:RoleSessionName",
        List.of(
            Parameters.required(request.roleSessionName(), "ValidationError", "roleSessionName")));
    Optional<String> role = Sessions.roleOf(iam, caller);
    String principal = role.orElse(caller.arn());
    context.put("aws:PrincipalArn", List.of(principal));
    context.put("aws:PrincipalAccount", List.of(world.account()));
    boolean trusted =
        trusts(request.roleArn(), principal, context)
            || trusts(request.roleArn(), caller.arn(), context);
    boolean permitted =
        caller.arn().endsWith(":root")
            || iam.decide(caller.arn(), Access.to("sts:AssumeRole", request.roleArn(), Map.of()))
                .allowed();
    return trusted && permitted;
  }

  private boolean trusts(String role, String arn, Map<String, List<String>> context) {
    return iam.trusts(role, new Principal("AWS", arn), "sts:AssumeRole", context);
  }

  /** AssumeRoleWithWebIdentity, as GitHub Actions calls it. */
  @Differs(
      value = "the signature of a web identity token is not checked; its claims are",
      because = "the identity provider's keys cannot be fetched without a network")
  public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(
      AssumeRoleWithWebIdentityRequest request) {
    refuseSessionPolicies(request.policy(), request.hasPolicyArns());
    WebIdentity identity = WebIdentity.read(request.webIdentityToken());
    List<String> audiences =
        iam.audiences(identity.issuer())
            .orElseThrow(() ->
                AwsError.of(
                    "InvalidIdentityToken",
                    "No OpenIDConnect provider found in your account for https://"
                        + identity.issuer()));
    identity.check(audiences, world.now());
    String provider = "arn:aws:iam::" + world.account() + ":oidc-provider/" + identity.issuer();
    if (!iam.trusts(
        request.roleArn(),
        new Principal("Federated", provider),
        "sts:AssumeRoleWithWebIdentity",
        identity.conditionKeys())) {
      throw denied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }
    Sessions.Session session =
        sessions.ofRole(request.roleArn(), request.roleSessionName(), request.durationSeconds());
    return AssumeRoleWithWebIdentityResponse.builder()
        .credentials(session.credentials())
        .assumedRoleUser(user(session.caller()))
        .audience(String.join(",", identity.claim("aud")))
        .provider(provider)
        .subjectFromWebIdentityToken(String.join(",", identity.claim("sub")))
        .build();
  }

  /** GetSessionToken. */
  public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request) {
    Caller caller = Caller.current(world.account());
    if (caller.arn().contains(":assumed-role/")) {
      throw denied("Cannot call GetSessionToken with session credentials");
    }
    return GetSessionTokenResponse.builder()
        .credentials(sessions.ofCaller(caller, request.durationSeconds()).credentials())
        .build();
  }

  private static void refuseSessionPolicies(String policy, boolean arns) {
    if (policy != null || arns) {
      throw AwsError.of("ValidationError", "session policies are not supported by the twin");
    }
  }

  private static AssumedRoleUser user(Caller session) {
    return AssumedRoleUser.builder().arn(session.arn()).assumedRoleId(session.userId()).build();
  }

  private static AwsError denied(String message) {
    return new AwsError("AccessDenied", 403, message);
  }
}
