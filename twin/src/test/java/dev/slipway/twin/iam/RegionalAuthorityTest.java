package dev.slipway.twin.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.ecr.BlobStore;
import dev.slipway.twin.ecr.Ecr;
import dev.slipway.twin.kms.Kms;
import dev.slipway.twin.s3.S3;
import dev.slipway.twin.secrets.ParameterStore;
import dev.slipway.twin.secrets.SecretsManager;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

class RegionalAuthorityTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/execution";
  private static final String ACCOUNT = "arn:aws:iam::123456789012:root";
  private static final String REPOSITORY = "arn:aws:ecr:us-east-1:123456789012:repository/app";
  private static final String PULL = "ecr:BatchGetImage";

  @TempDir Path directory;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
  private final World world = new World("123456789012", "us-east-1", clock, new Ids(new Random(1)));
  private RegionalAuthority authority;

  @BeforeEach
  void register() {
    Iam iam = new Iam(world);
    iam.register(world.operations());
    new Ecr(world, new BlobStore(directory), "127.0.0.1:1").register();
    new Kms(world).register();
    new S3(world, world).register();
    new SecretsManager(world).register();
    new ParameterStore(world).register();
    authority = new RegionalAuthority(world, iam);
    invoke(
        CreateRoleRequest.builder()
            .roleName("execution")
            .assumeRolePolicyDocument(
                policy("Allow", "\"Service\": \"ecs-tasks.amazonaws.com\"", "sts:AssumeRole", ""))
            .build());
  }

  @Test
  void aRepositoryThatNamesTheRoleLetsItPullThoughNoPolicyOfItsOwnDoes() {
    repository(policy("Allow", aws(ROLE), PULL, ""));

    assertThat(decide(PULL, REPOSITORY).allowed()).isTrue();
    assertThat(decide("ecr:PutImage", REPOSITORY).reason())
        .isEqualTo("because no identity-based policy allows the ecr:PutImage action");
  }

  @Test
  void aRepositoryThatNamesTheAccountLeavesItToTheRolesPolicies() {
    repository(policy("Allow", aws(ACCOUNT), PULL, ""));
    assertThat(decide(PULL, REPOSITORY).reason())
        .isEqualTo("because no identity-based policy allows the ecr:BatchGetImage action");

    allow(PULL);
    assertThat(decide(PULL, REPOSITORY).allowed()).isTrue();
  }

  @Test
  void aRepositoryThatDeniesIsStrongerThanTheRolesPolicies() {
    allow("ecr:*");
    repository(policy("Deny", aws("*"), PULL, ""));

    assertThat(decide(PULL, REPOSITORY))
        .isEqualTo(
            new Authority.Decision(false, "with an explicit deny in a resource-based policy"));
    assertThat(decide("ecr:PutImage", REPOSITORY).allowed()).isTrue();
  }

  @Test
  void aBucketsPolicyGoesForItsObjects() {
    invoke(CreateBucketRequest.builder().bucket("files").build());
    invoke(
        PutBucketPolicyRequest.builder()
            .bucket("files")
            .policy(
                policy(
                    "Allow",
                    aws(ROLE),
                    "s3:GetObject",
                    ", \"Resource\": \"arn:aws:s3:::files/env/*\""))
            .build());

    assertThat(decide("s3:GetObject", "arn:aws:s3:::files/env/app.env").allowed()).isTrue();
    assertThat(decide("s3:GetObject", "arn:aws:s3:::files/other").allowed()).isFalse();
  }

  @Test
  void aKeyIsUsedOnlyAsItsOwnPolicySays() {
    String key = key();
    assertThat(decide("kms:Decrypt", key).reason())
        .isEqualTo("because no identity-based policy allows the kms:Decrypt action");
    allow("kms:*");
    assertThat(decide("kms:Decrypt", key).allowed()).isTrue();

    keyPolicy(key, policy("Allow", aws("arn:aws:iam::123456789012:role/other"), "kms:*", ""));
    assertThat(decide("kms:Decrypt", key).reason())
        .isEqualTo("because no resource-based policy allows the kms:Decrypt action");
    keyPolicy(key, policy("Allow", aws(ROLE), "kms:Decrypt", ""));
    assertThat(decide("kms:Decrypt", key).allowed()).isTrue();
  }

  @Test
  void aSecretUnderAKeyOfTheCustomersOpensOnlyForWhoMayDecrypt() {
    String key = key();
    String secret = secret(key);
    assertThat(authority.sealedSecret(ROLE, secret))
        .hasValueSatisfying(e ->
            assertThat(e.code() + ": " + e.getMessage())
                .isEqualTo("AccessDeniedException: Access to KMS is not allowed"));

    allow("kms:Decrypt");
    assertThat(authority.sealedSecret(ROLE, secret)).isEmpty();
    invoke(DisableKeyRequest.builder().keyId(key).build());
    assertThat(authority.sealedSecret(ROLE, secret)).isPresent();
  }

  @Test
  void aSecureParameterUnderAKeyOfTheCustomersOpensOnlyForWhoMayDecrypt() {
    String key = key();
    parameter("/app/key", key);
    assertThat(authority.sealedParameter(ROLE, "/app/key"))
        .hasValueSatisfying(e ->
            assertThat(e.code() + ": " + e.getMessage())
                .isEqualTo(
                    "AccessDeniedException: The ciphertext refers to a customer master key that"
                        + " does not exist, does not exist in this region, or you are not allowed"
                        + " to access."));

    allow("kms:Decrypt");
    assertThat(authority.sealedParameter(ROLE, "/app/key")).isEmpty();
    invoke(DisableKeyRequest.builder().keyId(key).build());
    assertThat(authority.sealedParameter(ROLE, "/app/key"))
        .hasValueSatisfying(e -> assertThat(e.getMessage()).isEqualTo(key + " is disabled."));
  }

  @Test
  void whatNoKeyOfTheCustomersProtectsIsOpen() {
    parameter("/app/usual", null);
    parameter("/app/named", "alias/aws/ssm");

    assertThat(authority.sealedSecret(ROLE, secret(null))).isEmpty();
    assertThat(authority.sealedParameter(ROLE, "/app/usual")).isEmpty();
    assertThat(authority.sealedParameter(ROLE, "/app/named")).isEmpty();
    assertThat(authority.sealedParameter(ROLE, "/app/absent")).isEmpty();
  }

  private Authority.Decision decide(String action, String resource) {
    return authority.authorize(ROLE, action, resource, Map.of());
  }

  private void allow(String action) {
    invoke(
        PutRolePolicyRequest.builder()
            .roleName("execution")
            .policyName("p")
            .policyDocument(
                """
                {"Version": "2012-10-17",
                 "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}\
                """
                    .formatted(action))
            .build());
  }

  private void repository(String policy) {
    invoke(CreateRepositoryRequest.builder().repositoryName("app").build());
    invoke(SetRepositoryPolicyRequest.builder().repositoryName("app").policyText(policy).build());
  }

  private String key() {
    return world
        .operations()
        .call(CreateKeyRequest.builder().build(), CreateKeyResponse.class)
        .keyMetadata()
        .arn();
  }

  private void keyPolicy(String key, String policy) {
    invoke(PutKeyPolicyRequest.builder().keyId(key).policyName("default").policy(policy).build());
  }

  private String secret(String key) {
    return world
        .operations()
        .call(
            CreateSecretRequest.builder().name("db").kmsKeyId(key).secretString("s").build(),
            CreateSecretResponse.class)
        .arn();
  }

  private void parameter(String name, String key) {
    invoke(
        PutParameterRequest.builder()
            .name(name)
            .type(ParameterType.SECURE_STRING)
            .keyId(key)
            .value("v")
            .build());
  }

  private static String aws(String principal) {
    return "\"AWS\": \"" + principal + "\"";
  }

  private static String policy(String effect, String principal, String action, String more) {
    return """
    {"Version": "2012-10-17", "Statement": [{
      "Effect": "%s", "Principal": {%s}, "Action": "%s"%s}]}\
    """
        .formatted(effect, principal, action, more);
  }

  private void invoke(SdkRequest request) {
    world.operations().invoke(request);
  }
}
