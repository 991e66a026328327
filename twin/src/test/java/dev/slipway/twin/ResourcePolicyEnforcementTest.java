package dev.slipway.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.junit.Twin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

@Twin(runtime = RuntimeKind.SIMULATED, enforceIam = true)
class ResourcePolicyEnforcementTest {

  private TwinAccount account;
  private AccessKey key;
  private EcrClient root;
  private String ann;

  @BeforeEach
  void makeAUserWhoMayLogInToTheRegistry() {
    IamClient iam =
        account.client(IamClient.builder().httpClient(UrlConnectionHttpClient.create()));
    iam.createUser(r -> r.userName("ann"));
    iam.putUserPolicy(r ->
        r.userName("ann")
            .policyName("p")
            .policyDocument(
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", "Action":
                  ["ecr:GetAuthorizationToken", "secretsmanager:GetSecretValue"]}]}
                """));
    key = iam.createAccessKey(r -> r.userName("ann")).accessKey();
    ann = "arn:aws:iam::" + account.id() + ":user/ann";
    root = account.client(EcrClient.builder().httpClient(UrlConnectionHttpClient.create()));
    root.createRepository(r -> r.repositoryName("app"));
  }

  @Test
  void whoPushesNeedsTheRightToAndARepositorysPolicyGivesIt() throws Exception {
    HttpResponse<String> refused = registry("POST", "app/blobs/uploads/");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body())
        .contains("\"code\":\"DENIED\"")
        .contains(
            "User: "
                + ann
                + " is not authorized to perform: ecr:InitiateLayerUpload on resource:"
                + " arn:aws:ecr:us-east-1:"
                + account.id()
                + ":repository/app because no identity-based policy allows the"
                + " ecr:InitiateLayerUpload action");

    repositoryPolicy("Allow", "ecr:InitiateLayerUpload");
    assertThat(registry("POST", "app/blobs/uploads/").statusCode()).isEqualTo(202);
    assertThat(registry("GET", "app/manifests/v1").statusCode()).isEqualTo(403);

    repositoryPolicy("Allow", "ecr:BatchGetImage");
    assertThat(registry("GET", "app/manifests/v1").statusCode()).isEqualTo(404);
    assertThat(registry("GET", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aRepositorysPolicyDeniesCallsOfTheRootToo() {
    root.setRepositoryPolicy(r ->
        r.repositoryName("app")
            .policyText(
                """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Deny", "Principal": "*", "Action": "ecr:ListImages"}]}
                """));
    assertThatThrownBy(() -> root.listImages(r -> r.repositoryName("app")))
        .hasMessageContaining("with an explicit deny in a resource-based policy");
    assertThat(root.describeImages(r -> r.repositoryName("app")).imageDetails()).isEmpty();
  }

  @Test
  void whoReadsASecretNeedsItsKeyToo() {
    KmsClient kms =
        account.client(KmsClient.builder().httpClient(UrlConnectionHttpClient.create()));
    String keyId = kms.createKey().keyMetadata().keyId();
    account
        .client(SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()))
        .createSecret(r -> r.name("db").secretString("s").kmsKeyId(keyId));
    SecretsManagerClient reader =
        as(SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()));

    assertThatThrownBy(() -> reader.getSecretValue(r -> r.secretId("db")))
        .hasMessageContaining("Access to KMS is not allowed");
    kms.putKeyPolicy(r ->
        r.keyId(keyId)
            .policyName("default")
            .policy(
                """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*",
                  "Resource": "*", "Principal": {"AWS": ["%s", "arn:aws:iam::%s:root"]}}]}
                """
                    .formatted(ann, account.id())));
    assertThat(reader.getSecretValue(r -> r.secretId("db")).secretString()).isEqualTo("s");
  }

  private void repositoryPolicy(String effect, String action) {
    root.setRepositoryPolicy(r ->
        r.repositoryName("app")
            .policyText(
                """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "%s", "Principal": {"AWS": "%s"}, "Action": "%s"}]}
                """
                    .formatted(effect, ann, action)));
  }

  private HttpResponse<String> registry(String method, String path)
      throws IOException, InterruptedException {
    String login =
        as(EcrClient.builder().httpClient(UrlConnectionHttpClient.create()))
            .getAuthorizationToken()
            .authorizationData()
            .getFirst()
            .authorizationToken();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(account.endpoint() + "/v2/" + path))
              .header("Authorization", "Basic " + login)
              .method(method, BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }

  private <B extends AwsClientBuilder<B, C>, C> C as(B builder) {
    return builder
        .endpointOverride(account.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())))
        .build();
  }
}
