package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;
import software.amazon.awssdk.services.ecs.model.Secret;

/** Which of several secrets, and which of several endpoints, a refusal is about. */
class SecretDiagnosisTest extends Diagnosed {

  private static final String ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:";
  private static final String RETRIEVAL =
      "ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
          + " retrieval failed: unable to retrieve secret from asm: ";

  /** As {@code NAME=value NAME=value}. */
  private void secrets(String all) {
    List<Secret> secrets =
        Arrays.stream(all.split(" "))
            .map(s -> s.split("=", 2))
            .map(s -> Secret.builder().name(s[0]).valueFrom(s[1]).build())
            .toList();
    definition(d ->
        d.containerDefinitions(
            d.build().containerDefinitions().getFirst().toBuilder().secrets(secrets).build()));
  }

  private void fails(String words) {
    sample.rollingOut().failedStart("subnet-a", RETRIEVAL + words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          did not contain json key token            | A={}a B={}b:user:: C={}c:token:: | C | {}c
          did not contain json key token            | A={}a B={}b:user::               | a variable | orders:2
          invalid character 'p' in literal true (expecting 'r') | A={}a B={}b:user:: | B | {}b
          invalid character 'p' in literal true (expecting 'r') | A={}a:x:: B={}b:user:: | a variable | orders:2
          """)
  void tellsWhichSecretLacksTheKey(String words, String secrets, String variable, String secret) {
    secrets(secrets.replace("{}", ARN));
    fails(words.startsWith("did") ? "retrieved secret from Secrets Manager " + words : words);
    assertThat(ids()).containsExactly("td-secret-json-key-missing");
    String from = secret.equals("orders:2") ? Sample.TASK_DEFINITION : secret.replace("{}", ARN);
    assertThat(first().explanation())
        .isEqualTo(
            "orders:2 takes %s from a JSON key of %s, which is no JSON or has no such key."
                .formatted(variable, from));
    assertThat(first().fix().change())
        .isEqualTo(
            "put the key into the secret's JSON, or correct valueFrom in the task definition");
    assertThat(first().fix().terraform()).contains("name = \"%s\"".formatted(variable));
  }

  private static final String ABSENT =
      "ResourceNotFoundException: Secrets Manager can't find the specified secret.";

  @ParameterizedTest
  @CsvSource({
    "A={}a B={}b:user::,failed to fetch secret {}b from secrets manager: ,B,{}b",
    "A={}a B={}b,failed to fetch secret {}a: ,A,{}a",
    "A={}a,'',A,{}a",
  })
  void tellsWhichSecretDoesNotExist(String secrets, String words, String variable, String secret) {
    secrets(secrets.replace("{}", ARN));
    fails(words.replace("{}", ARN) + ABSENT);
    assertThat(first().explanation())
        .isEqualTo(
            "orders:2 takes %s from %s, which does not exist."
                .formatted(variable, secret.replace("{}", ARN)));
    assertThat(first().fix().change())
        .isEqualTo("create %s, or name one that exists".formatted(secret.replace("{}", ARN)));
    assertThat(first().fix().terraform()).contains("aws_secretsmanager_secret_version");
  }

  private static VpcEndpoint elsewhere(VpcEndpoint endpoint) {
    return endpoint.toBuilder().vpcId("vpc-9").vpcEndpointId("vpce-elsewhere").build();
  }

  @ParameterizedTest
  @CsvSource({
    "ecr:GetAuthorizationToken,vpce-ecr.api",
    "ecr:BatchGetImage,vpce-ecr.dkr",
    "secretsmanager:GetSecretValue,vpce-secretsmanager",
    "ssm:GetParameters,",
  })
  void namesTheEndpointThatServesTheAction(String action, String endpoint) {
    for (String service : List.of("logs", "ecr.dkr", "ecr.api", "secretsmanager")) {
      network.endpoints.add(elsewhere(SampleNetwork.endpoint(service, "sg-endpoint")));
      network.endpoints.add(SampleNetwork.endpoint(service, "sg-endpoint"));
    }
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "ResourceInitializationError: unable to pull secrets or registry auth:"
                + " AccessDeniedException: User: x is not authorized to perform: %s on resource: * because no VPC endpoint policy allows the %s action"
                    .formatted(action, action));
    assertThat(causes())
        .filteredOn(c -> c.id().equals("net-endpoint-policy-denies"))
        .extracting(Cause::resource)
        .isEqualTo(endpoint == null ? List.of() : List.of(endpoint));
  }

  @Test
  void blamesNoEndpointOfAnotherVpcOrServiceForLayersThatAreRefused() {
    String narrow =
        "{\"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"arn:aws:s3:::mine/*\"}]}";
    VpcEndpoint s3 =
        SampleNetwork.endpoint("s3", "sg-endpoint").toBuilder().policyDocument(narrow).build();
    network.endpoints.add(elsewhere(s3));
    network.endpoints.add(
        SampleNetwork.endpoint("logs", "sg-endpoint").toBuilder().policyDocument(narrow).build());
    network.endpoints.add(SampleNetwork.endpoint("s3", "sg-endpoint"));
    sample
        .rollingOut()
        .failedStart(
            "subnet-a",
            "CannotPullContainerError: failed to copy: httpReadSeeker: failed open: unexpected status"
                + " code https://prod-eu-central-1-starport-layer-bucket.s3.eu-central-1.amazonaws.com/1:"
                + " 403 Forbidden");
    assertThat(ids()).doesNotContain("net-endpoint-policy-denies");
    network.endpoints.add(s3);
    assertThat(ids()).contains("net-endpoint-policy-denies");
  }
}
