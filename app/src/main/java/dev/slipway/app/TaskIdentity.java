package dev.slipway.app;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where this copy of the service runs; both null outside ECS or while not yet known.
 *
 * @param taskId the last part of the task's ARN
 * @param availabilityZone for instance {@code eu-central-1a}
 */
record TaskIdentity(String taskId, String availabilityZone) {

  static final TaskIdentity UNKNOWN = new TaskIdentity(null, null);

  /**
   * Reads the answer of the task metadata endpoint.
   *
   * <p>Source: ECS developer guide, task-metadata-endpoint-v4-fargate ({@code
   * ${ECS_CONTAINER_METADATA_URI_V4}/task}).
   */
  static TaskIdentity of(JsonNode task) {
    String arn = task.path("TaskARN").asText(null);
    String id = arn == null ? null : arn.substring(arn.lastIndexOf('/') + 1);
    return new TaskIdentity(id, task.path("AvailabilityZone").asText(null));
  }
}
