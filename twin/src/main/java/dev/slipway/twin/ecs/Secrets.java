package dev.slipway.twin.ecs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;

/** Fetches the secrets of containers as the platform does before a task starts. */
final class Secrets {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ARN_PARTS = 7;

  private final World world;
  private final Dials dials;
  private final Permissions permissions;
  private final Timings timings;

  Secrets(World world, Dials dials, Permissions permissions, Timings timings) {
    this.world = world;
    this.dials = dials;
    this.permissions = permissions;
    this.timings = timings;
  }

  /** Why the secrets of a task cannot be had. */
  Optional<Refusal> check(TaskRow task, TaskDefinition definition) {
    return definition.containerDefinitions().stream()
        .flatMap(container -> container.secrets().stream())
        .flatMap(secret -> fetch(task, definition, secret.valueFrom()).problem().stream())
        .findFirst();
  }

  /** The values by name of the environment variable; those that cannot be had are left out. */
  Map<String, String> values(
      TaskRow task, TaskDefinition definition, ContainerDefinition container) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Secret secret : container.secrets()) {
      Fetched fetched = fetch(task, definition, secret.valueFrom());
      if (fetched.problem().isEmpty()) {
        values.put(secret.name(), fetched.value());
      }
    }
    return values;
  }

  private Fetched fetch(TaskRow task, TaskDefinition definition, String from) {
    return from.contains(":secretsmanager:")
        ? secret(task, definition, from)
        : parameter(task, definition, from);
  }

  private Fetched secret(TaskRow task, TaskDefinition definition, String from) {
    // arn:aws:secretsmanager:region:account:secret:name[:json-key:version-stage:version-id]
    String[] parts = from.split(":", -1);
    String arn = String.join(":", java.util.Arrays.copyOf(parts, ARN_PARTS));
    String key = parts.length > ARN_PARTS ? parts[ARN_PARTS] : "";
    String host = "secretsmanager." + world.region() + ".amazonaws.com";
    if (dials.dial(task, "secretsmanager", host).isPresent()) {
      return Fetched.refused(
          new Refusal(StartTexts.secretUnreachable(arn), timings.connectionTimeout()));
    }
    Optional<String> denial =
        permissions.denial(
            task, definition, "secretsmanager", "secretsmanager:GetSecretValue", arn);
    if (denial.isPresent()) {
      return refusedSecret(arn, "api error AccessDeniedException: " + denial.get());
    }
    Optional<AwsError> sealed = permissions.sealedSecret(task, definition, arn);
    if (sealed.isPresent()) {
      return refusedSecret(arn, "api error " + text(sealed.get()));
    }
    var request =
        GetSecretValueRequest.builder()
            .secretId(arn)
            .versionStage(part(parts, ARN_PARTS + 1))
            .versionId(part(parts, ARN_PARTS + 2))
            .build();
    try {
      String text = call(request, GetSecretValueResponse.class).secretString();
      return key.isEmpty() ? Fetched.of(text) : jsonValue(text, key);
    } catch (AwsError e) {
      return refusedSecret(arn, text(e));
    } catch (UnsupportedOperationException e) {
      return refusedSecret(
          arn, "ResourceNotFoundException: Secrets Manager can't find the specified secret.");
    }
  }

  private static String part(String[] parts, int index) {
    return parts.length > index && !parts[index].isEmpty() ? parts[index] : null;
  }

  private Fetched jsonValue(String text, String key) {
    try {
      JsonNode value = JSON.readTree(text).path(key);
      if (value.isMissingNode()) {
        return unusable("retrieved secret from Secrets Manager did not contain json key " + key);
      }
      return Fetched.of(value.isValueNode() ? value.asText() : value.toString());
    } catch (JsonProcessingException e) {
      return unusable(GoJson.complaint(text));
    }
  }

  private Fetched parameter(TaskRow task, TaskDefinition definition, String from) {
    String host = "ssm." + world.region() + ".amazonaws.com";
    Optional<String> dial = dials.dial(task, "ssm", host);
    if (dial.isPresent()) {
      return Fetched.refused(
          new Refusal(
              StartTexts.parametersUnreachable(host, dial.get()), timings.connectionTimeout()));
    }
    String name = from.startsWith("arn:") ? from.substring(from.indexOf(":parameter") + 10) : from;
    String arn = world.arn("ssm", "parameter" + (name.startsWith("/") ? name : "/" + name));
    Optional<String> denial = permissions.denial(task, definition, "ssm", "ssm:GetParameters", arn);
    if (denial.isPresent()) {
      return refusedParameter("api error AccessDeniedException: " + denial.get());
    }
    String plain = name.startsWith("/") && name.indexOf('/', 1) < 0 ? name.substring(1) : name;
    return permissions
        .sealedParameter(task, definition, plain)
        .map(sealed -> refusedParameter("api error " + text(sealed)))
        .orElseGet(() -> storedParameter(plain));
  }

  private Fetched storedParameter(String plain) {
    try {
      GetParametersResponse response =
          call(
              GetParametersRequest.builder().names(plain).withDecryption(true).build(),
              GetParametersResponse.class);
      if (!response.parameters().isEmpty()) {
        return Fetched.of(response.parameters().getFirst().value());
      }
    } catch (AwsError e) {
      return refusedParameter(text(e));
    } catch (UnsupportedOperationException e) {
      // A world without SSM has no parameters: the name is invalid.
    }
    return Fetched.refused(new Refusal(StartTexts.parametersInvalid(plain), timings.refusal()));
  }

  private <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return world.operations().call(request, type);
  }

  private Fetched refusedSecret(String arn, String error) {
    return Fetched.refused(
        new Refusal(StartTexts.secretRefused(arn, world.ids().uuid(), error), timings.refusal()));
  }

  private Fetched refusedParameter(String error) {
    return Fetched.refused(
        new Refusal(StartTexts.parametersRefused(world.ids().uuid(), error), timings.refusal()));
  }

  private static String text(AwsError error) {
    return error.code() + ": " + error.getMessage();
  }

  private Fetched unusable(String why) {
    return Fetched.refused(new Refusal(StartTexts.secretUnusable(why), timings.refusal()));
  }
}
