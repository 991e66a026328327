package dev.slipway.twin.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;

class IamTest {

  private static final String TASKS = "ecs-tasks.amazonaws.com";
  private static final String ROLE = "arn:aws:iam::123456789012:role/execution";
  private static final String GITHUB = "token.actions.githubusercontent.com";
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
  private final World world = new World("123456789012", "us-east-1", clock, new Ids(new Random(1)));
  private Iam iam;

  @BeforeEach
  void register() {
    iam = new Iam(world);
    iam.register(world.operations());
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
  void aPermissionsBoundaryLimitsWhatPoliciesAllow() {
    role("execution", trust("Service", TASKS));
    attach("arn:aws:iam::aws:policy/AdministratorAccess");
    call(
        PutRolePermissionsBoundaryRequest.builder()
            .roleName("execution")
            .permissionsBoundary("arn:aws:iam::aws:policy/CloudWatchLogsFullAccess")
            .build());

    assertThat(iam.authorize(ROLE, "logs:PutLogEvents", "*", Map.of()).allowed()).isTrue();
    assertThat(iam.authorize(ROLE, "ecr:PutImage", "*", Map.of()).reason())
        .isEqualTo("because no permissions boundary allows the ecr:PutImage action");
  }

  @Test
  void theDefaultVersionOfAPolicyDecides() {
    role("execution", trust("Service", TASKS));
    String arn =
        world
            .operations()
            .call(
                CreatePolicyRequest.builder()
                    .policyName("p")
                    .policyDocument(allow("ecr:*"))
                    .build(),
                CreatePolicyResponse.class)
            .policy()
            .arn();
    attach(arn);
    call(
        CreatePolicyVersionRequest.builder()
            .policyArn(arn)
            .policyDocument(allow("logs:*"))
            .setAsDefault(true)
            .build());

    assertThat(iam.authorize(ROLE, "logs:PutLogEvents", "*", Map.of()).allowed()).isTrue();
    assertThat(iam.authorize(ROLE, "ecr:PutImage", "*", Map.of()).allowed()).isFalse();
    assertRefused(
        DeletePolicyRequest.builder().policyArn(arn).build(),
        "DeleteConflict",
        "Cannot delete a policy attached to entities.");
  }

  private void attach(String policyArn) {
    call(AttachRolePolicyRequest.builder().roleName("execution").policyArn(policyArn).build());
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
