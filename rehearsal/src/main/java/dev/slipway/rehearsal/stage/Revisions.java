package dev.slipway.rehearsal.stage;

import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Revisions of task definitions that are like others. */
public final class Revisions {

  private Revisions() {}

  /** The request for a revision that is the same as another. */
  public static RegisterTaskDefinitionRequest.Builder like(TaskDefinition other) {
    return RegisterTaskDefinitionRequest.builder()
        .family(other.family())
        .taskRoleArn(other.taskRoleArn())
        .executionRoleArn(other.executionRoleArn())
        .networkMode(other.networkMode())
        .requiresCompatibilities(other.requiresCompatibilities())
        .cpu(other.cpu())
        .memory(other.memory())
        .runtimePlatform(other.runtimePlatform())
        .volumes(other.volumes())
        .ephemeralStorage(other.ephemeralStorage())
        .containerDefinitions(other.containerDefinitions());
  }
}
