package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.world.AwsError;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Task;

class SealedSecretsTest {

  private static final String SECRET =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";

  @ParameterizedTest
  @CsvSource({
    SECRET
        + ", unable to retrieve secret from asm: service call has been retried 1 time(s): failed to"
        + " fetch secret "
        + SECRET
        + " from secrets manager: operation error Secrets Manager: GetSecretValue",
    "/app/key, unable to retrieve secrets from ssm: service call has been retried 1 time(s):"
        + " operation error SSM: GetParameters",
  })
  void aTaskFailsToStartWhenItsRoleMayNotUseTheKeyOfASecret(String from, String where) {
    AppService app = AppService.fresh();
    app.ecs.sealed =
        Optional.of(AwsError.of("AccessDeniedException", "Access to KMS is not allowed"));
    app.create(app.request(app.register("1", c -> c.secrets(s -> s.name("K").valueFrom(from))), 1));
    app.pass(Duration.ofMinutes(5));

    Task task = app.tasks().getFirst();
    assertThat(task.stopCodeAsString()).isEqualTo("TaskFailedToStart");
    assertThat(task.stoppedReason())
        .startsWith(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution"
                + " resource retrieval failed: "
                + where
                + ", https response error StatusCode: 400, RequestID: ")
        .endsWith(", api error AccessDeniedException: Access to KMS is not allowed");
  }
}
