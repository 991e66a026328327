package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Task;

/** Starts that fail for what the account, the task definition, the secret or the image says. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class StartCausesTest extends Diagnosed {

  private static final String SECRET =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orders-db-AbCdEf";
  private static final String RETRIEVAL =
      "ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
          + " retrieval failed: ";

  private void secret(String valueFrom) {
    definition(d ->
        d.containerDefinitions(
            d.build().containerDefinitions().getFirst().toBuilder()
                .secrets(s -> s.name("DB_PASSWORD").valueFrom(valueFrom))
                .build()));
  }

  private void fails(int times, String reason) {
    sample.rollingOut();
    for (int i = 0; i < times; i++) {
      sample.failedStart("subnet-a", reason);
    }
  }

  /** A later attempt runs. */
  private void thenStarts() {
    sample.tasks.addFirst(
        Sample.running("later", "10.0.1.21", "subnet-a").toBuilder()
            .createdAt(Sample.NOW.plusSeconds(60))
            .build());
  }

  @Test
  void namesTheSubnetWithoutAFreeAddress() {
    fails(
        1,
        "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment"
            + " disabled in subnet 'subnet-a': InsufficientFreeAddressesInSubnet");
    assertThat(ids()).containsExactly("net-subnet-ip-exhausted");
    assertThat(first().resource()).isEqualTo("subnet-a");
    assertThat(first().explanation())
        .isEqualTo(
            "Subnet subnet-a has no free address for a task of orders:2; a rolling deployment needs"
                + " addresses for the old and the new tasks at once.");
    assertThat(first().decisive()).isFalse();
  }

  @Test
  void readsAFullSubnetFromAnEvent() {
    sample
        .rollingOut()
        .event(
            "was unable to place a task. Reason: Unexpected EC2 error while attempting to Create"
                + " Network Interface with public IP assignment disabled in subnet 'subnet-b':"
                + " InsufficientFreeAddressesInSubnet.");
    assertThat(first().id()).isEqualTo("net-subnet-ip-exhausted");
    assertThat(first().resource()).isEqualTo("subnet-b");
  }

  @Test
  void namesTheSecretThatDoesNotExist() {
    secret(SECRET);
    fails(
        1,
        RETRIEVAL
            + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
            + " fetch secret "
            + SECRET
            + " from secrets manager: operation error Secrets Manager: GetSecretValue, https response"
            + " error StatusCode: 400, RequestID: 1, ResourceNotFoundException: Secrets Manager can't"
            + " find the specified secret.");
    assertThat(ids()).containsExactly("td-secret-missing");
    assertThat(first().resource()).isEqualTo(SECRET);
    assertThat(first().explanation())
        .isEqualTo("orders:2 takes DB_PASSWORD from %s, which does not exist.".formatted(SECRET));
    assertThat(first().fix().cli())
        .isEqualTo("aws secretsmanager describe-secret --secret-id " + SECRET);
    assertThat(first().decisive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retrieved secret from Secrets Manager did not contain json key password",
        "invalid character 'p' in literal true (expecting 'r')"
      })
  void namesTheSecretThatLacksTheKey(String words) {
    secret(SECRET + ":password::");
    fails(1, RETRIEVAL + "unable to retrieve secret from asm: " + words);
    assertThat(ids()).containsExactly("td-secret-json-key-missing");
    assertThat(first().resource()).isEqualTo(SECRET);
    assertThat(first().explanation())
        .isEqualTo(
            "orders:2 takes DB_PASSWORD from a JSON key of %s, which is no JSON or has no such key."
                .formatted(SECRET));
  }

  @Test
  void namesTheParameterThatDoesNotExist() {
    fails(
        1, RETRIEVAL + "unable to retrieve secrets from ssm: invalid parameters: /orders/password");
    assertThat(ids()).containsExactly("td-secret-missing");
    assertThat(first().resource()).isEqualTo("/orders/password");
    assertThat(first().fix().cli()).isEqualTo("aws ssm get-parameter --name /orders/password");
  }

  @Test
  void namesTheRoleThatMayNotDecrypt() {
    fails(
        1,
        RETRIEVAL
            + "unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
            + " fetch secret x from secrets manager: AccessDeniedException: Access to KMS is not"
            + " allowed");
    assertThat(ids()).containsExactly("iam-kms-decrypt-missing");
    assertThat(first().resource()).isEqualTo(Sample.EXECUTION_ROLE);
    assertThat(first().explanation())
        .isEqualTo(
            "Execution role orders-execution lacks kms:Decrypt, which a start of orders:2 needs.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          td-command-not-found      | CannotStartContainerError: Error response from daemon: exec: "server": executable file not found in $PATH
          td-log-options-incomplete | ResourceInitializationError: failed to validate logger args: unable to get awslogs driver arguments: awslogs-region is required
          td-ephemeral-disk-full    | CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer sha256:1: write /x: no space left on device
          """)
  void namesTheTaskDefinitionThatCannotBeStarted(String id, String reason) {
    fails(1, reason);
    assertThat(ids()).containsExactly(id);
    assertThat(first().resource()).isEqualTo(Sample.TASK_DEFINITION);
    assertThat(first().decisive()).isTrue();
    thenStarts();
    assertThat(causes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          img-private-registry-no-credentials | ghcr.io/o/r:1 | failed to resolve ref ghcr.io/o/r:1: unexpected status from HEAD request: 401 Unauthorized
          img-dockerhub-rate-limit            | nginx:1       | toomanyrequests: You have reached your pull rate limit
          img-tag-not-in-registry             | ghcr.io/o/r:1 | failed to resolve ref ghcr.io/o/r:1: not found
          img-manifest-unsupported            | ghcr.io/o/r:1 | failed to find a descriptor for platform linux/amd64
          """)
  void tellsApartWhyAPublicImageIsNotPulled(String id, String image, String words) {
    sample.definitions.put(Sample.TASK_DEFINITION, Sample.definition(2, image));
    fails(1, "CannotPullContainerError: " + words);
    assertThat(ids()).containsExactly(id);
  }

  @Test
  void namesTheImageOfTheContainerBesideTheOneThatServes() {
    definition(d ->
        d.containerDefinitions(
            d.build().containerDefinitions().getFirst(),
            d.build().containerDefinitions().getFirst().toBuilder()
                .name("proxy")
                .image("docker.io/envoyproxy/envoy:v9")
                .build()));
    fails(
        1,
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve"
            + " ref docker.io/envoyproxy/envoy:v9: not found");
    assertThat(ids()).containsExactly("img-tag-not-in-registry");
    assertThat(first().resource()).isEqualTo("docker.io/envoyproxy/envoy:v9");
    sample.tasks.removeFirst();
    fails(1, "CannotPullContainerError: failed to resolve ref x: not found");
    assertThat(ids()).doesNotContain("img-dockerhub-rate-limit", "img-tag-not-in-registry");
  }

  @Test
  void namesTheMissingServiceLinkedRole() {
    sample
        .rollingOut()
        .event(
            "failed to launch a task with (error Unable to assume the service linked role. Please"
                + " verify that the ECS service linked role exists.).");
    assertThat(ids()).containsExactly("iam-service-linked-role-missing");
  }

  @Test
  void saysInAwssWordsWhatItDoesNotKnow() {
    fails(3, "FluxCapacitorError: 1.21 gigawatts are required");
    assertThat(ids()).containsExactly("svc-task-start-failed");
    assertThat(first().explanation())
        .isEqualTo(
            "Tasks of orders:2 do not start. AWS says: TaskFailedToStart: FluxCapacitorError: 1.21"
                + " gigawatts are required");
    assertThat(first().resource()).isEqualTo(Sample.TASK_DEFINITION);
    assertThat(first().fix().cli()).startsWith("aws ecs describe-tasks --cluster staging --tasks");
    assertThat(first().decisive()).isTrue();
  }

  @Test
  void saysInAwssWordsWhatOnlyAnEventTells() {
    sample.rollingOut().event("was unable to place a task. Reason: FluxCapacitorError: no power.");
    assertThat(ids()).containsExactly("svc-task-start-failed");
    assertThat(first().explanation())
        .isEqualTo("Tasks of orders:2 do not start. AWS says: FluxCapacitorError: no power.");
    assertThat(first().decisive()).isFalse();
  }

  /** What goes by itself, was overcome, or is another deployment's, decides nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Timeout waiting for network interface provisioning to complete.",
        "ServerException: Internal Error",
        "Rate exceeded"
      })
  void waitsForWhatAwsMayDoBetter(String reason) {
    fails(3, reason);
    assertThat(causes()).noneMatch(Cause::decisive);
    thenStarts();
    assertThat(causes()).isEmpty();
  }

  @Test
  void forgetsAFailureThatALaterTaskOvercame() {
    fails(3, "FluxCapacitorError: 1.21 gigawatts are required");
    thenStarts();
    assertThat(causes()).isEmpty();
  }

  @Test
  void forgetsFailuresOfAnEarlierDeployment() {
    fails(3, "FluxCapacitorError: 1.21 gigawatts are required");
    List<Task> earlier =
        sample.tasks.stream()
            .map(t -> t.stoppedReason() == null ? t : t.toBuilder().startedBy("ecs-svc/0").build())
            .toList();
    sample.tasks.clear();
    sample.tasks.addAll(earlier);
    assertThat(causes()).isEmpty();
  }
}
