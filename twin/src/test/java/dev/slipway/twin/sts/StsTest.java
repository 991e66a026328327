package dev.slipway.twin.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.iam.Iam;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

class StsTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/execution";
  private static final String GITHUB = "token.actions.githubusercontent.com";
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
  private final World world = new World("123456789012", "us-east-1", clock, new Ids(new Random(1)));
  private final Credentials credentials = new Credentials();

  @BeforeEach
  void register() {
    Iam iam = new Iam(world);
    iam.register(world.operations());
    new Sts(world, iam, credentials).register();
  }

  @Test
  void aWorkflowOfTheRightBranchGetsKeysAndAnotherDoesNot() {
    call(
        CreateOpenIdConnectProviderRequest.builder()
            .url("https://" + GITHUB)
            .clientIDList("sts.amazonaws.com")
            .build());
    role(
        "deploy",
        """
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/%1$s"},
          "Condition": {"StringEquals": {"%1$s:aud": "sts.amazonaws.com",
            "%1$s:sub": "repo:o/r:ref:refs/heads/main"}}}}
        """
            .formatted(GITHUB));

    AssumeRoleWithWebIdentityResponse session =
        world
            .operations()
            .call(
                webIdentity("repo:o/r:ref:refs/heads/main"),
                AssumeRoleWithWebIdentityResponse.class);
    String key = session.credentials().accessKeyId();
    assertThat(credentials.find(key)).isPresent();
    clock.advance(java.time.Duration.ofHours(2));
    assertThat(credentials.find(key)).get().matches(Credentials.Identity::expired);
    assertRefused(
        webIdentity("repo:o/r:pull_request"),
        "AccessDenied",
        "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }

  @Test
  void aTokenForAnotherAudienceIsRefused() {
    call(
        CreateOpenIdConnectProviderRequest.builder()
            .url("https://" + GITHUB)
            .clientIDList("other")
            .build());

    assertRefused(webIdentity("repo:o/r"), "InvalidIdentityToken", "Incorrect token audience");
  }

  @Test
  void aRoleSessionAssumesAnotherRoleOnlyWithBothPoliciesForIt() {
    role("ci", trust("AWS", "arn:aws:iam::123456789012:root"));
    role("execution", trust("AWS", "arn:aws:iam::123456789012:role/ci"));
    Caller session = session("arn:aws:iam::123456789012:role/ci", Caller.root("123456789012", ""));
    assertThat(session.arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/ci/me");

    assertThatThrownBy(() -> session(ROLE, session))
        .hasMessage(
            "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                .formatted(session.arn(), ROLE));
    call(
        PutRolePolicyRequest.builder()
            .roleName("ci")
            .policyName("hop")
            .policyDocument(allow("sts:AssumeRole"))
            .build());
    assertThat(session(ROLE, session).arn()).endsWith(":assumed-role/execution/me");
  }

  private Caller session(String role, Caller caller) {
    AssumeRoleRequest request =
        AssumeRoleRequest.builder().roleArn(role).roleSessionName("me").build();
    AssumeRoleResponse response =
        ScopedValue.where(Caller.CURRENT, caller)
            .call(() -> world.operations().call(request, AssumeRoleResponse.class));
    return credentials.find(response.credentials().accessKeyId()).orElseThrow().caller();
  }

  private static AssumeRoleWithWebIdentityRequest webIdentity(String subject) {
    String claims =
        "{\"iss\":\"https://%s\",\"aud\":\"sts.amazonaws.com\",\"sub\":\"%s\"}"
            .formatted(GITHUB, subject);
    String token =
        "e30."
            + Base64.getUrlEncoder()
                .encodeToString(claims.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            + ".x";
    return AssumeRoleWithWebIdentityRequest.builder()
        .roleArn("arn:aws:iam::123456789012:role/deploy")
        .roleSessionName("ci")
        .webIdentityToken(token)
        .build();
  }

  private static String allow(String action) {
    return """
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "%s", "Resource": "*"}}
    """
        .formatted(action);
  }

  private static String trust(String kind, String principal) {
    return """
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
      "Principal": {"%s": "%s"}}]}
    """
        .formatted(kind, principal);
  }

  private void role(String name, String trust) {
    call(CreateRoleRequest.builder().roleName(name).assumeRolePolicyDocument(trust).build());
  }

  private void call(SdkRequest request) {
    world.operations().invoke(request);
  }

  private void assertRefused(SdkRequest request, String code, String message) {
    assertThatThrownBy(() -> call(request))
        .isInstanceOfSatisfying(AwsError.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }
}
