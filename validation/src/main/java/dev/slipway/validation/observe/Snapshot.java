package dev.slipway.validation.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * A deployment at one moment, as AWS shows it. Immutable; what could not be read is in {@code
 * gaps}.
 *
 * @param number counts the observer's snapshots from 1
 * @param observedAt when the reading began, by this machine's clock
 * @param account the account's id, empty when unknown
 * @param region the region
 * @param rollout the service, its deployments and revisions
 * @param tasks its tasks, running and stopped, newest first
 * @param frontDoor target groups, health, load balancers, listeners, rules
 * @param registry the repositories and images of its task definitions
 * @param probe the newest round of requests through the front door
 * @param surroundings network, roles, log groups; empty until something looks wrong
 * @param posture how it is guarded, watched and kept; not read at first
 * @param gaps what could not be read, by IAM action
 * @param traffic steady requests through the front door, when they were asked for
 * @param state what Terraform believes to be there, when it was given
 */
public record Snapshot(
    long number,
    Instant observedAt,
    String account,
    String region,
    Rollout rollout,
    List<Task> tasks,
    FrontDoor frontDoor,
    Registry registry,
    Probe probe,
    Surroundings surroundings,
    Posture posture,
    Map<String, Gap> gaps,
    Traffic traffic,
    TerraformState state) {

  /** A snapshot without steady requests. */
  public Snapshot(
      long number,
      Instant observedAt,
      String account,
      String region,
      Rollout rollout,
      List<Task> tasks,
      FrontDoor frontDoor,
      Registry registry,
      Probe probe,
      Surroundings surroundings,
      Posture posture,
      Map<String, Gap> gaps) {
    this(
        number,
        observedAt,
        account,
        region,
        rollout,
        tasks,
        frontDoor,
        registry,
        probe,
        surroundings,
        posture,
        gaps,
        Traffic.NONE,
        TerraformState.NONE);
  }

  /** The reason why an IAM action's answer is missing, if it is. */
  public Optional<Gap> gap(String action) {
    return Optional.ofNullable(gaps.get(action));
  }

  /** This with other surroundings. */
  public Snapshot withSurroundings(Surroundings other) {
    return new Snapshot(
        number,
        observedAt,
        account,
        region,
        rollout,
        tasks,
        frontDoor,
        registry,
        probe,
        other,
        posture,
        gaps,
        traffic,
        state);
  }

  /** This as a later one, with what requests have come to and what was given. */
  Snapshot later(long newer, Probe round, Traffic steady, TerraformState written) {
    return new Snapshot(
        newer,
        observedAt,
        account,
        region,
        rollout,
        tasks,
        frontDoor,
        registry,
        round,
        surroundings,
        posture,
        gaps,
        steady,
        written);
  }
}
