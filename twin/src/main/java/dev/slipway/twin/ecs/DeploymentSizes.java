package dev.slipway.twin.ecs;

/**
 * How many tasks a service may have during a deployment.
 *
 * <p>Source: ECS API reference, DeploymentConfiguration: the lower limit is rounded up, the upper
 * limit down.
 */
final class DeploymentSizes {

  private DeploymentSizes() {}

  /** The number of tasks that must stay healthy. */
  static int minimumHealthy(int desired, int percent) {
    return Math.toIntExact(Math.ceilDiv((long) desired * percent, 100));
  }

  /** The number of tasks that may run or be pending. */
  static int maximum(int desired, int percent) {
    return Math.toIntExact((long) desired * percent / 100);
  }
}
