package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;

/** Why a deployment is given up, with the texts that say so. */
@Differs(
    value =
        "the reasons of deployments that an alarm or a request ends are worded like the breaker's",
    because = "only the breaker's were seen on AWS")
enum Setback {
  /** Too many of its tasks failed. */
  CIRCUIT_BREAKER(
      "ECS deployment circuit breaker",
      "tasks failed to start.",
      "Service deployment rolled back because the circuit breaker threshold was exceeded."),
  /** One of its CloudWatch alarms went off. */
  ALARM(
      "ECS deployment alarm",
      "alarm detected.",
      "Service deployment rolled back because a CloudWatch alarm was detected."),
  /** StopServiceDeployment. */
  REQUEST(
      "ECS deployment stopped",
      "stopped by user.",
      "Service deployment rolled back because of a user request.");

  private final String source;
  private final String what;
  private final String rolledBack;

  Setback(String source, String what, String rolledBack) {
    this.source = source;
    this.what = what;
    this.rolledBack = rolledBack;
  }

  /** The tail of the event {@code deployment failed: …}. */
  String what() {
    return what;
  }

  /** The {@code rolloutStateReason} of the deployment that is given up. */
  String failedReason() {
    return source + ": " + what;
  }

  /** The {@code rolloutStateReason} of the deployment that comes back. */
  String rollingBackReason(String deploymentId) {
    return source + ": rolling back to deploymentId " + deploymentId + ".";
  }

  /** The {@code statusReason} of the service deployment. */
  String statusReason() {
    return rolledBack;
  }
}
