package dev.slipway.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.junit.Twin;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

@Twin(runtime = RuntimeKind.SIMULATED, enforceIam = true)
class EnforcementTest {

  private TwinAccount account;
  private IamClient iam;
  private AwsCredentials user;

  @BeforeEach
  void makeAUser() {
    iam = account.client(IamClient.builder().httpClient(UrlConnectionHttpClient.create()));
    iam.createUser(r -> r.userName("ann"));
    AccessKey key = iam.createAccessKey(r -> r.userName("ann")).accessKey();
    user = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  private <B extends AwsClientBuilder<B, C>, C> C as(AwsCredentials who, B builder) {
    return builder
        .endpointOverride(URI.create(account.endpoint().toString()))
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(who))
        .build();
  }

  private EcsClient ecs(AwsCredentials who) {
    return as(who, EcsClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  private StsClient sts(AwsCredentials who) {
    return as(who, StsClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  private void allow(String statement) {
    iam.putUserPolicy(r ->
        r.userName("ann")
            .policyName("p")
            .policyDocument("{\"Version\": \"2012-10-17\", \"Statement\": [" + statement + "]}"));
  }

  private static void assertRefused(ThrowingCallable call, int status, String code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo(text);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.statusCode()).isEqualTo(status);
            });
  }

  @Test
  void theRootMayDoEverything() {
    assertThat(ecs(AwsBasicCredentials.create(account.id(), "x")).listClusters().clusterArns())
        .isEmpty();
  }

  @Test
  void aUserMayDoNothingThatNoPolicyAllows() {
    String ann = "arn:aws:iam::" + account.id() + ":user/ann";
    String web = "arn:aws:ecs:us-east-1:" + account.id() + ":service/prod/web";
    assertRefused(
        () -> ecs(user).describeServices(r -> r.cluster("prod").services("web")),
        400,
        "AccessDeniedException",
        "User: "
            + ann
            + " is not authorized to perform: ecs:DescribeServices on resource: "
            + web
            + " because no identity-based policy allows the ecs:DescribeServices action");
    assertRefused(
        () ->
            as(user, Ec2Client.builder().httpClient(UrlConnectionHttpClient.create()))
                .describeVpcs(),
        403,
        "UnauthorizedOperation",
        "You are not authorized to perform this operation. User: "
            + ann
            + " is not authorized to perform: ec2:DescribeVpcs"
            + " because no identity-based policy allows the ec2:DescribeVpcs action");
    assertRefused(
        () ->
            as(user, IamClient.builder().httpClient(UrlConnectionHttpClient.create()))
                .getRole(r -> r.roleName("r")),
        403,
        "AccessDenied",
        "User: "
            + ann
            + " is not authorized to perform: iam:GetRole on resource: arn:aws:iam::"
            + account.id()
            + ":role/r because no identity-based policy allows the iam:GetRole action");
    assertThat(sts(user).getCallerIdentity().arn()).isEqualTo(ann);
  }

  @Test
  void aPolicyAllowsWhatItNamesAndADenyWins() {
    allow(
        """
        {"Effect": "Allow", "Action": "ecs:*", "Resource": "*",
         "Condition": {"StringEquals": {"aws:RequestedRegion": "us-east-1"}}},
        {"Effect": "Deny", "Action": "ecs:DeleteCluster", "Resource": "*:cluster/prod"}
        """
            .replace("*:cluster/prod", "arn:aws:ecs:*:*:cluster/prod"));
    EcsClient ecs = ecs(user);
    ecs.createCluster(r -> r.clusterName("prod"));
    ecs.createCluster(r -> r.clusterName("test"));
    ecs.deleteCluster(r -> r.cluster("test"));
    assertRefused(
        () -> ecs.deleteCluster(r -> r.cluster("prod")),
        400,
        "AccessDeniedException",
        "User: arn:aws:iam::"
            + account.id()
            + ":user/ann is not authorized to perform: ecs:DeleteCluster on resource:"
            + " arn:aws:ecs:us-east-1:"
            + account.id()
            + ":cluster/prod with an explicit deny in an identity-based policy");
  }

  @Test
  void aConditionMayAskForTagsOfTheResourceAndOfTheRequest() {
    allow(
        """
        {"Effect": "Allow", "Action": "ecs:CreateCluster", "Resource": "*",
         "Condition": {"StringEquals": {"aws:RequestTag/team": ["red", "blue"]}}},
        {"Effect": "Allow", "Action": "ecs:DeleteCluster", "Resource": "*",
         "Condition": {"StringEquals": {"aws:ResourceTag/team": "red"}}}
        """);
    EcsClient ecs = ecs(user);
    for (String team : new String[] {"red", "blue"}) {
      ecs.createCluster(r -> r.clusterName(team).tags(t -> t.key("team").value(team)));
    }
    assertThatThrownBy(() -> ecs.createCluster(r -> r.clusterName("none")))
        .hasMessageContaining("ecs:CreateCluster");
    ecs.deleteCluster(r -> r.cluster("red"));
    assertThatThrownBy(() -> ecs.deleteCluster(r -> r.cluster("blue")))
        .hasMessageContaining("because no identity-based policy allows the ecs:DeleteCluster");
  }

  @Test
  void passingARoleNeedsAPermissionOfItsOwn() {
    allow("{\"Effect\": \"Allow\", \"Action\": \"ecs:*\", \"Resource\": \"*\"}");
    String role = "arn:aws:iam::" + account.id() + ":role/execution";
    ThrowingCallable register =
        () ->
            ecs(user)
                .registerTaskDefinition(r ->
                    r.family("web")
                        .executionRoleArn(role)
                        .requiresCompatibilities(Compatibility.FARGATE)
                        .networkMode(NetworkMode.AWSVPC)
                        .cpu("256")
                        .memory("512")
                        .containerDefinitions(c -> c.name("app").image("app")));
    assertRefused(
        register,
        400,
        "AccessDeniedException",
        "User: arn:aws:iam::"
            + account.id()
            + ":user/ann is not authorized to perform: iam:PassRole on resource: "
            + role
            + " because no identity-based policy allows the iam:PassRole action");
    allow(
        """
        {"Effect": "Allow", "Action": "ecs:*", "Resource": "*"},
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
         "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}
        """);
    assertThatCode(register).doesNotThrowAnyException();
  }

  @Test
  void aSessionHasWhatItsRoleMayUntilItExpires() {
    allow("{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"*\"}");
    iam.createRole(r ->
        r.roleName("reader")
            .assumeRolePolicyDocument(
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                 "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::%s:root"}}]}\
                """
                    .formatted(account.id())));
    iam.putRolePolicy(r ->
        r.roleName("reader")
            .policyName("p")
            .policyDocument(
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                 "Action": ["ecs:List*", "ec2:Describe*"], "Resource": "*"}]}\
                """));
    Credentials keys =
        sts(user)
            .assumeRole(r ->
                r.roleArn("arn:aws:iam::" + account.id() + ":role/reader")
                    .roleSessionName("s1")
                    .durationSeconds(900))
            .credentials();
    AwsCredentials session =
        AwsSessionCredentials.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    assertThat(ecs(session).listClusters().clusterArns()).isEmpty();
    assertRefused(
        () -> ecs(session).createCluster(),
        400,
        "AccessDeniedException",
        "User: arn:aws:sts::"
            + account.id()
            + ":assumed-role/reader/s1 is not authorized to perform: ecs:CreateCluster"
            + " on resource: * because no identity-based policy allows the ecs:CreateCluster"
            + " action");
    account.clock().advance(Duration.ofMinutes(16));
    await()
        .untilAsserted(() ->
            assertRefused(
                () -> ecs(session).listClusters(),
                400,
                "ExpiredTokenException",
                "The security token included in the request is expired"));
    assertRefused(
        () -> sts(session).getCallerIdentity(),
        403,
        "ExpiredToken",
        "The security token included in the request is expired");
  }

  @Test
  void keysThatIamNeverHandedOutOrTookBackAreRefused() {
    AwsCredentials made = AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "x");
    assertRefused(
        () -> ecs(made).listClusters(),
        400,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.");
    iam.deleteAccessKey(r -> r.userName("ann").accessKeyId(user.accessKeyId()));
    assertRefused(
        () -> sts(user).getCallerIdentity(),
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.");
  }

  @Test
  void aRestoredAccountKnowsItsKeys() {
    account.restore(account.snapshot());
    assertThat(sts(user).getCallerIdentity().arn()).endsWith(":user/ann");
  }
}
