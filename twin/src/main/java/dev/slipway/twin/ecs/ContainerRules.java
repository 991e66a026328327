package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContainerRestartPolicy;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.EnvironmentFileType;

/** What a container's environment files and restart policy must be like. */
@Differs(
    value = "environment files and restart policies are refused in words of the twin's own",
    because = "AWS documents the rules and not the messages")
final class ContainerRules {

  /** Source: ECS developer guide, use-environment-file, considerations. */
  private static final int FILES = 10;

  private static final int EXIT_CODES = 50;

  private ContainerRules() {}

  static void checkFiles(List<EnvironmentFile> files) {
    if (files.size() > FILES) {
      throw EcsErrors.client("A container can have at most 10 environment files.");
    }
    for (EnvironmentFile file : files) {
      if (file.type() != EnvironmentFileType.S3) {
        throw EcsErrors.client("Environment file type must be s3.");
      }
      if (file.value() == null || !file.value().matches("arn:aws:s3:::[^/]+/.+\\.env")) {
        throw EcsErrors.client(
            "Environment file value must be the ARN of an S3 object that ends in .env.");
      }
    }
  }

  static void checkRestarts(ContainerRestartPolicy policy) {
    if (policy == null) {
      return;
    }
    Integer period = policy.restartAttemptPeriod();
    if (period != null && (period < 60 || period > 1800)) {
      throw EcsErrors.client("Restart policy restartAttemptPeriod must be between 60 and 1800.");
    }
    if (policy.ignoredExitCodes().size() > EXIT_CODES) {
      throw EcsErrors.client("Restart policy can have at most 50 ignoredExitCodes.");
    }
  }
}
