package dev.slipway.twin.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.sts.Sts;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

class IamTest {

  private static final String TASKS = "ecs-tasks.amazonaws.com";
  private static final String ROLE = "arn:aws:iam::123456789012:role/execution";
  private static final String GITHUB = "token.actions.githubusercontent.com";
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
  private final World world = new World("123456789012", "us-east-1", clock, new Ids(new Random(1)));
  private final Credentials credentials = new Credentials();
  private Iam iam;

  @BeforeEach
  void register() {
    iam = new Iam(world);
    iam.register(world.operations());
    new Sts(world, iam, credentials).register();
  }

  @Test
  void aRoleIsAssumedOnlyByTheServiceThatItTrusts() {
    role("execution", trust("Service", TASKS));

    assertThat(iam.canAssume(ROLE, TASKS)).isTrue();
    assertThat(iam.canAssume(ROLE, "ec2.amazonaws.com")).isFalse();
    assertThat(iam.canAssume("arn:aws:iam::123456789012:role/absent", TASKS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"123456789012, true", "210987654321, false"})
  void aServiceActsForTheAccountOfItsResource(String trusted, boolean assumed) {
    role(
        "execution",
        """
        {"Version": "2012-10-17", "Statement": [{
          "Effect": "Allow", "Principal": {"Service": "%s"}, "Action": "sts:AssumeRole",
          "Condition": {"StringEquals": {"aws:SourceAccount": "%s"}}}]}
        """
            .formatted(TASKS, trusted));

    assertThat(iam.canAssume(ROLE, TASKS)).isEqualTo(assumed);
  }

  @ParameterizedTest
  @CsvSource({
    "ecr:BatchGetImage, arn:aws:ecr:eu-west-1:1:repository/app, true",
    "ECR:batchgetimage, arn:aws:ecr:eu-west-1:1:repository/app, true",
    "ecr:BatchGetImage, arn:aws:ecr:eu-west-1:1:repository/other, false",
    "ecr:PutImage, arn:aws:ecr:eu-west-1:1:repository/app, false",
    "logs:PutLogEvents, arn:aws:logs:eu-west-1:1:log-group:x, true",
    "logs:DeleteLogGroup, arn:aws:logs:eu-west-1:1:log-group:x, false",
  })
  void inlinePoliciesAllowWhatTheySayAndDenyWins(String action, String resource, boolean allowed) {
    role("execution", trust("Service", TASKS));
    call(
        PutRolePolicyRequest.builder()
            .roleName("execution")
            .policyName("pull")
            .policyDocument(
                """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "ecr:Batch*", "Resource": "arn:aws:ecr:*:*:repository/app"},
                  {"Effect": "Allow", "Action": ["logs:*"], "Resource": "*"},
                  {"Effect": "Deny", "Action": "logs:Delete*", "Resource": "*"}]}
                """)
            .build());

    assertThat(iam.authorize(ROLE, action, resource, Map.of()).allowed()).isEqualTo(allowed);
  }

  @Test
  void aRefusalNamesTheActionAsAwsDoes() {
    role("execution", trust("Service", TASKS));

    assertThat(iam.authorize(ROLE, "ecr:GetAuthorizationToken", "*", Map.of()).reason())
        .isEqualTo("because no identity-based policy allows the ecr:GetAuthorizationToken action");
  }

  @Test
  void theExecutionPolicyOfAwsAllowsPullsAndLogsButNoLogGroups() {
    role("execution", trust("Service", TASKS));
    call(
        AttachRolePolicyRequest.builder()
            .roleName("execution")
            .policyArn("arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")
            .build());

    assertThat(iam.authorize(ROLE, "ecr:BatchGetImage", "arn:x", Map.of()).allowed()).isTrue();
    assertThat(iam.authorize(ROLE, "logs:CreateLogGroup", "arn:x", Map.of()).allowed()).isFalse();
  }

  @Test
  void conditionsNarrowAStatement() {
    PolicyDocument policy =
        PolicyParser.identity(
            """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:PassRole",
              "Resource": "*",
              "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}}
            """);

    assertThat(decide(policy, Map.of("iam:passedtoservice", TASKS))).isTrue();
    assertThat(decide(policy, Map.of("iam:PassedToService", "lambda.amazonaws.com"))).isFalse();
    assertThat(decide(policy, Map.of())).isFalse();
  }

  @Test
  void aRoleWithPoliciesIsNotDeleted() {
    role("execution", trust("Service", TASKS));
    call(
        AttachRolePolicyRequest.builder()
            .roleName("execution")
            .policyArn("arn:aws:iam::aws:policy/AdministratorAccess")
            .build());

    assertRefused(
        DeleteRoleRequest.builder().roleName("execution").build(),
        "DeleteConflict",
        "Cannot delete entity, must detach all policies first.");
    assertRefused(
        GetRoleRequest.builder().roleName("absent").build(),
        "NoSuchEntity",
        "The role with name absent cannot be found.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | This policy contains invalid Json",
        "{\"Version\":\"2012-10-17\"} | Missing required field Statement",
        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\"}} | Missing required"
            + " field Principal",
      })
  void aMalformedTrustPolicyIsRefused(String document, String message) {
    assertRefused(
        CreateRoleRequest.builder()
            .roleName("execution")
            .assumeRolePolicyDocument(document)
            .build(),
        "MalformedPolicyDocument",
        message);
  }

  @Test
  void aTrustPolicyForGithubMustLookAtTheSubject() {
    String open = trust("Federated", "arn:aws:iam::123456789012:oidc-provider/" + GITHUB);

    assertThatThrownBy(() -> role("deploy", open))
        .isInstanceOf(AwsError.class)
        .hasMessageContaining("must evaluate, using StringEquals")
        .hasMessageContaining(":sub or");
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
    assertThat(credentials.find(key)).isEmpty();
    assertRefused(
        webIdentity("repo:o/r:pull_request"),
        "AccessDenied",
        "Not authorized to perform sts:AssumeRoleWithWebIdentity");
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

  private static boolean decide(PolicyDocument policy, Map<String, String> context) {
    return PolicyEvaluator.identity(List.of(policy), "iam:PassRole", "arn:x", context).allowed();
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
