package dev.slipway.twin.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.twin.iam.Iam;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/** The operations of STS in one world. */
public final class Sts {

  private static final Duration DEFAULT_SESSION = Duration.ofHours(1);
  private static final Duration LONGEST_SESSION = Duration.ofHours(12);
  private static final JsonMapper JSON = new JsonMapper();

  private final World world;
  private final Iam iam;
  private final dev.slipway.twin.world.Credentials credentials;

  /** STS of a world. */
  public Sts(World world, Iam iam, dev.slipway.twin.world.Credentials credentials) {
    this.world = world;
    this.iam = iam;
    this.credentials = credentials;
  }

  /** Registers the operations. */
  public void register() {
    world.operations().register(this);
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
    Caller caller = Caller.current(world.account());
    boolean trusted =
        iam.trusts(request.roleArn(), "AWS", caller.arn(), "sts:AssumeRole", Map.of());
    if (!trusted) {
      throw denied(
          "User: "
              + caller.arn()
              + " is not authorized to perform: sts:AssumeRole on resource: "
              + request.roleArn());
    }
    Caller session = session(request.roleArn(), request.roleSessionName());
    return AssumeRoleResponse.builder()
        .credentials(keys(session, request.durationSeconds()))
        .assumedRoleUser(user(session))
        .build();
  }

  /** AssumeRoleWithWebIdentity, as GitHub Actions calls it. */
  @Differs(
      value = "The signature of a web identity token is not checked; its claims are.",
      because = "The identity provider's keys cannot be fetched without a network.")
  public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(
      AssumeRoleWithWebIdentityRequest request) {
    JsonNode claims = claims(request.webIdentityToken());
    String issuer = claims.path("iss").asText().replaceFirst("^https://", "");
    if (!iam.knowsIssuer(issuer)) {
      throw AwsError.of(
          "InvalidIdentityToken",
          "No OpenIDConnect provider found in your account for https://" + issuer);
    }
    Map<String, String> context = new LinkedHashMap<>();
    claims.properties().forEach(c -> context.put(issuer + ":" + c.getKey(), c.getValue().asText()));
    String provider = "arn:aws:iam::" + world.account() + ":oidc-provider/" + issuer;
    if (!iam.trusts(
        request.roleArn(), "Federated", provider, "sts:AssumeRoleWithWebIdentity", context)) {
      throw denied("Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }
    Caller session = session(request.roleArn(), request.roleSessionName());
    return AssumeRoleWithWebIdentityResponse.builder()
        .credentials(keys(session, request.durationSeconds()))
        .assumedRoleUser(user(session))
        .audience(claims.path("aud").asText())
        .provider(provider)
        .subjectFromWebIdentityToken(claims.path("sub").asText())
        .build();
  }

  /** GetSessionToken. */
  public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest request) {
    Caller caller = Caller.current(world.account());
    Caller session = new Caller(accessKey(), caller.arn(), caller.userId());
    return GetSessionTokenResponse.builder()
        .credentials(keys(session, request.durationSeconds()))
        .build();
  }

  private Caller session(String roleArn, String sessionName) {
    String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    String roleId = iam.roleId(roleArn).orElse("AROA");
    return new Caller(
        accessKey(),
        "arn:aws:sts::" + world.account() + ":assumed-role/" + role + "/" + sessionName,
        roleId + ":" + sessionName);
  }

  private Credentials keys(Caller session, Integer seconds) {
    Duration length = seconds == null ? DEFAULT_SESSION : Duration.ofSeconds(seconds);
    if (length.compareTo(Duration.ofMinutes(15)) < 0 || length.compareTo(LONGEST_SESSION) > 0) {
      throw AwsError.of(
          "ValidationError",
          "1 validation error detected: Value '"
              + seconds
              + "' at 'durationSeconds' failed to satisfy constraint: Member must be between 900"
              + " and 43200");
    }
    credentials.issue(world.account(), session);
    world.after(length, () -> credentials.revoke(session.accessKeyId()));
    return Credentials.builder()
        .accessKeyId(session.accessKeyId())
        .secretAccessKey(world.ids().alphanumeric(40))
        .sessionToken(world.ids().alphanumeric(200))
        .expiration(world.now().plus(length))
        .build();
  }

  private static AssumedRoleUser user(Caller session) {
    return AssumedRoleUser.builder().arn(session.arn()).assumedRoleId(session.userId()).build();
  }

  private String accessKey() {
    return "ASIA" + world.ids().alphanumeric(16).toUpperCase(Locale.ROOT);
  }

  private static JsonNode claims(String token) {
    String[] parts = token == null ? new String[0] : token.split("\\.", -1);
    try {
      if (parts.length == 3) {
        return JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      }
    } catch (IOException | IllegalArgumentException e) {
      // Falls through to the refusal.
    }
    throw AwsError.of(
        "InvalidIdentityToken",
        "The ID Token provided is not a valid JWT. (You may see this error"
            + " if you sent an Access Token)");
  }

  private static AwsError denied(String message) {
    return new AwsError("AccessDenied", 403, message);
  }
}
