package dev.slipway.twin.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;

class SecretsTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final World world = new World("123456789012", "eu-west-1", clock, new Ids(new Random(1)));

  @BeforeEach
  void register() {
    new ParameterStore(world).register();
    new SecretsManager(world).register();
  }

  @Test
  void findsASecretByNameByArnAndByArnWithoutSuffix() {
    String arn = create("db", "first");

    for (String id : new String[] {"db", arn, arn.substring(0, arn.length() - 7)}) {
      assertThat(value(id)).isEqualTo("first");
    }
    assertRefused(
        GetSecretValueRequest.builder().secretId("other").build(),
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret.");
  }

  @Test
  void makesTheOldValueThePreviousOne() {
    create("db", "first");
    for (String text : new String[] {"second", "third"}) {
      world
          .operations()
          .invoke(PutSecretValueRequest.builder().secretId("db").secretString(text).build());
    }

    assertThat(value("db")).isEqualTo("third");
    assertThat(
            call(
                    GetSecretValueRequest.builder()
                        .secretId("db")
                        .versionStage("AWSPREVIOUS")
                        .build(),
                    GetSecretValueResponse.class)
                .secretString())
        .isEqualTo("second");
    assertThat(
            call(
                    DescribeSecretRequest.builder().secretId("db").build(),
                    DescribeSecretResponse.class)
                .versionIdsToStages())
        .hasSize(2);
  }

  @Test
  void keepsADeletedSecretUntilItsWindowEnds() {
    create("db", "first");
    world.operations().invoke(DeleteSecretRequest.builder().secretId("db").build());
    assertRefused(
        GetSecretValueRequest.builder().secretId("db").build(),
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.");
    assertRefused(
        CreateSecretRequest.builder().name("db").build(),
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for"
            + " deletion.");

    world.operations().invoke(RestoreSecretRequest.builder().secretId("db").build());
    assertThat(value("db")).isEqualTo("first");
    world
        .operations()
        .invoke(DeleteSecretRequest.builder().secretId("db").recoveryWindowInDays(7L).build());
    clock.advance(Duration.ofDays(7));
    create("db", "anew");
    assertThat(value("db")).isEqualTo("anew");
  }

  @Test
  void readsParametersByNameByArnAndByVersion() {
    put("/app/url", "one", false);
    put("/app/url", "two", true);

    assertThat(parameter("/app/url").value()).isEqualTo("two");
    assertThat(parameter("/app/url:1").value()).isEqualTo("one");
    assertThat(parameter("arn:aws:ssm:eu-west-1:123456789012:parameter/app/url").version())
        .isEqualTo(2);
    assertThatThrownBy(() -> put("/app/url", "three", false))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("ParameterAlreadyExists"));
    GetParametersResponse some =
        call(
            GetParametersRequest.builder().names("/app/url", "/none").build(),
            GetParametersResponse.class);
    assertThat(some.parameters()).hasSize(1);
    assertThat(some.invalidParameters()).containsExactly("/none");
  }

  @Test
  void givesASecureParameterOnlyDecryptedOnRequest() {
    world
        .operations()
        .invoke(
            PutParameterRequest.builder()
                .name("key")
                .value("open sesame")
                .type(ParameterType.SECURE_STRING)
                .build());

    assertThat(parameter("key").value()).isNotEqualTo("open sesame");
    assertThat(
            call(
                    GetParameterRequest.builder().name("key").withDecryption(true).build(),
                    GetParameterResponse.class)
                .parameter()
                .value())
        .isEqualTo("open sesame");
  }

  @Test
  void listsAPathWithOrWithoutWhatLiesBelow() {
    put("/app/a", "1", false);
    put("/app/deep/b", "2", false);
    put("/application/c", "3", false);

    assertThat(byPath(false)).containsExactly("/app/a");
    assertThat(byPath(true)).containsExactly("/app/a", "/app/deep/b");
  }

  private List<String> byPath(boolean recursive) {
    return call(
            GetParametersByPathRequest.builder().path("/app").recursive(recursive).build(),
            GetParametersByPathResponse.class)
        .parameters()
        .stream()
        .map(Parameter::name)
        .toList();
  }

  private void put(String name, String value, boolean overwrite) {
    world
        .operations()
        .invoke(
            PutParameterRequest.builder()
                .name(name)
                .value(value)
                .type(ParameterType.STRING)
                .overwrite(overwrite)
                .build());
  }

  private Parameter parameter(String name) {
    return call(GetParameterRequest.builder().name(name).build(), GetParameterResponse.class)
        .parameter();
  }

  private String create(String name, String text) {
    return call(
            CreateSecretRequest.builder().name(name).secretString(text).build(),
            CreateSecretResponse.class)
        .arn();
  }

  private String value(String id) {
    return call(GetSecretValueRequest.builder().secretId(id).build(), GetSecretValueResponse.class)
        .secretString();
  }

  private <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return world.operations().call(request, type);
  }

  private void assertRefused(SdkRequest request, String code, String message) {
    assertThatThrownBy(() -> world.operations().invoke(request))
        .isInstanceOfSatisfying(AwsError.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }
}
