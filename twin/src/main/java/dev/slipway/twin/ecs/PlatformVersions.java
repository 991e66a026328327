package dev.slipway.twin.ecs;

import java.util.List;

/** The versions of the Fargate platform. Source: ECS developer guide, platform-fargate. */
final class PlatformVersions {

  private static final String LATEST = "LATEST";
  private static final String CURRENT = "1.4.0";

  private PlatformVersions() {}

  /** What is kept of a request's version. */
  static String checked(String given) {
    if (given == null || given.isEmpty()) {
      return LATEST;
    }
    if (List.of("1.0.0", "1.1.0", "1.2.0", "1.3.0").contains(given)) {
      throw EcsErrors.unsupported("platformVersion " + given);
    }
    if (!given.equals(LATEST) && !given.equals(CURRENT)) {
      throw dev.slipway.twin.world.AwsError.of(
          "PlatformUnknownException", "The specified platform version does not exist.");
    }
    return given;
  }

  /** The version that tasks run on. */
  static String current(String version) {
    return version == null || version.equals(LATEST) ? CURRENT : version;
  }
}
