package dev.slipway.twin.ecs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Payload;
import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Fetches the environment files of containers from S3, as the platform does before a task starts.
 *
 * <p>Sources: ECS developer guide, use-environment-file; amazon-ecs-agent, taskresource/envFiles.
 */
final class EnvironmentFiles {

  private static final String S3 = "arn:aws:s3:::";

  private final World world;
  private final Dials dials;
  private final Permissions permissions;
  private final Timings timings;

  EnvironmentFiles(World world, Dials dials, Permissions permissions, Timings timings) {
    this.world = world;
    this.dials = dials;
    this.permissions = permissions;
    this.timings = timings;
  }

  /** Why the files of a task cannot be had. */
  Optional<Refusal> check(TaskRow task, TaskDefinition definition) {
    return definition.containerDefinitions().stream()
        .flatMap(container -> files(task, container).stream())
        .flatMap(file -> fetch(task, definition, file).problem().stream())
        .findFirst();
  }

  /** The variables of a container's files; the file that stands first decides. */
  Map<String, String> values(
      TaskRow task, TaskDefinition definition, ContainerDefinition container) {
    Map<String, String> values = new LinkedHashMap<>();
    for (EnvironmentFile file : files(task, container)) {
      read(fetch(task, definition, file).value()).forEach(values::putIfAbsent);
    }
    return values;
  }

  /** The files of an override stand for those of the definition. */
  private static List<EnvironmentFile> files(TaskRow task, ContainerDefinition container) {
    ContainerOverride override = TaskProcesses.override(task, container.name());
    return override.hasEnvironmentFiles()
        ? override.environmentFiles()
        : container.environmentFiles();
  }

  /** Lines of NAME=VALUE; a line that begins with # is a remark, and quotes mean nothing. */
  static Map<String, String> read(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && line.indexOf('=') > 0)
        .forEach(line -> {
          int sign = line.indexOf('=');
          values.put(line.substring(0, sign), line.substring(sign + 1));
        });
    return values;
  }

  private Fetched fetch(TaskRow task, TaskDefinition definition, EnvironmentFile file) {
    String object = file.value().substring(S3.length());
    String bucket = object.split("/", 2)[0];
    String key = object.substring(Math.min(object.length(), bucket.length() + 1));
    String host = bucket + ".s3." + world.region() + ".amazonaws.com";
    if (dials.dial(task, "s3", host).isPresent()) {
      return Fetched.refused(
          new Refusal(StartTexts.filesUnreachable(), timings.connectionTimeout()));
    }
    boolean denied =
        permissions.denial(task, definition, "s3", "s3:GetObject", file.value()).isPresent();
    if (denied) {
      return refused(new AwsError("AccessDenied", 403, "Access Denied"));
    }
    Payload payload = Payload.of(new byte[0]);
    GetObjectRequest request = GetObjectRequest.builder().bucket(bucket).key(key).build();
    try {
      ScopedValue.where(Payload.CURRENT, payload)
          .call(() -> world.operations().call(request, GetObjectResponse.class));
      return Fetched.of(new String(payload.answered(), StandardCharsets.UTF_8));
    } catch (AwsError e) {
      return refused(e);
    } catch (UnsupportedOperationException e) {
      return refused(new AwsError("NoSuchBucket", 404, "The specified bucket does not exist"));
    }
  }

  private Fetched refused(AwsError error) {
    String reason =
        StartTexts.filesRefused(
            error.code() + ": " + error.getMessage(), error.status(), world.ids().uuid());
    return Fetched.refused(new Refusal(reason, timings.refusal()));
  }
}
