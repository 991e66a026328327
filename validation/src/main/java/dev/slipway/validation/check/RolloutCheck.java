package dev.slipway.validation.check;

import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Rollout;
import dev.slipway.validation.observe.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

/**
 * The wanted revision is the one deployment, and its rollout has succeeded. "Services stable" is
 * not enough: a finished rollback is stable too. Source: aws-behaviour, waiters and circuit
 * breaker.
 */
public final class RolloutCheck implements Check {

  /** How long the APIs may lag behind an UpdateService. */
  static final Duration LAG = Duration.ofSeconds(15);

  private static final Set<ServiceDeploymentStatus> ENDED_BADLY =
      Set.of(
          ServiceDeploymentStatus.STOPPED,
          ServiceDeploymentStatus.STOP_REQUESTED,
          ServiceDeploymentStatus.ROLLBACK_REQUESTED,
          ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS,
          ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL,
          ServiceDeploymentStatus.ROLLBACK_FAILED);

  @Override
  public String id() {
    return "rollout";
  }

  @Override
  public String title() {
    return "the wanted revision is rolled out";
  }

  @Override
  public String expected(Goal goal) {
    return goal.revision() + " is the only deployment, COMPLETED, not rolled back";
  }

  @Override
  public Judgement judge(Snapshot snapshot, Goal goal) {
    Rollout rollout = snapshot.rollout();
    String status = rollout.service().status();
    if (!"ACTIVE".equals(status)) {
      return Judgement.broken("service is " + status, List.of());
    }
    Optional<Deployment> primary = rollout.primary();
    if (primary.isEmpty()) {
      return new Judgement.Skipped("not a rolling deployment of ECS", false);
    }
    List<String> evidence = evidence(rollout, primary.get());
    Optional<ServiceDeployment> newest = rollout.newest();
    if (newest.isPresent() && ENDED_BADLY.contains(newest.get().status())) {
      return Judgement.broken(
          "service deployment "
              + newest.get().statusAsString()
              + "; primary is "
              + Arns.revision(primary.get().taskDefinition()),
          evidence);
    }
    if (!goal.taskDefinition().equals(primary.get().taskDefinition())) {
      return other(rollout, primary.get(), goal, evidence);
    }
    if (primary.get().rolloutState() == DeploymentRolloutState.FAILED) {
      return Judgement.broken(primary.get().rolloutStateReason(), evidence);
    }
    return completed(snapshot, primary.get(), evidence);
  }

  private static Judgement other(
      Rollout rollout, Deployment primary, Goal goal, List<String> evidence) {
    String seen = Arns.revision(primary.taskDefinition());
    Optional<ServiceDeployment> ours = rollout.to(goal.taskDefinition()).findFirst();
    if (ours.isPresent() && ENDED_BADLY.contains(ours.get().status())) {
      return Judgement.broken(
          "primary is " + seen + "; " + goal.revision() + " was " + ours.get().statusAsString(),
          evidence);
    }
    boolean superseded =
        Arns.family(seen).equals(Arns.family(goal.revision()))
            && Arns.number(seen) > Arns.number(goal.revision());
    if (superseded) {
      return Judgement.broken("superseded by " + seen, evidence);
    }
    return Judgement.notYet("primary is " + seen, evidence, LAG);
  }

  private static Judgement completed(Snapshot snapshot, Deployment primary, List<String> evidence) {
    Rollout rollout = snapshot.rollout();
    String counts =
        "%s, %d of %d tasks run"
            .formatted(
                primary.rolloutStateAsString(), primary.runningCount(), primary.desiredCount());
    boolean alone = rollout.service().deployments().size() == 1;
    if (primary.rolloutState() != DeploymentRolloutState.COMPLETED || !alone) {
      return Judgement.notYet(
          Arns.revision(primary.taskDefinition())
              + " "
              + counts
              + (alone ? "" : ", " + rollout.service().deployments().size() + " deployments"),
          evidence);
    }
    Optional<Gap> gap =
        snapshot
            .gap("ecs:ListServiceDeployments")
            .or(() -> snapshot.gap("ecs:DescribeServiceDeployments"))
            .or(() -> snapshot.gap("ecs:DescribeServiceRevisions"));
    if (gap.isPresent()) {
      return new Judgement.Skipped(
          "a rollback to the same revision cannot be excluded: " + gap.get().sentence(), true);
    }
    Optional<ServiceDeployment> newest = rollout.newest();
    if (newest.isPresent() && newest.get().status() != ServiceDeploymentStatus.SUCCESSFUL) {
      return Judgement.notYet(
          "service deployment " + newest.get().statusAsString() + ", " + counts, evidence);
    }
    return Judgement.holds(Arns.revision(primary.taskDefinition()) + " " + counts, evidence);
  }

  private static List<String> evidence(Rollout rollout, Deployment primary) {
    List<String> lines = new ArrayList<>();
    for (Deployment d : rollout.service().deployments()) {
      lines.add(
          "deployment %s %s %s %s: %d running, %d pending, %d failed of %d"
              .formatted(
                  d.id(),
                  d.status(),
                  Arns.revision(d.taskDefinition()),
                  d.rolloutStateAsString(),
                  d.runningCount(),
                  d.pendingCount(),
                  d.failedTasks() == null ? 0 : d.failedTasks(),
                  d.desiredCount()));
    }
    if (primary.rolloutStateReason() != null) {
      lines.add(primary.rolloutStateReason());
    }
    rollout
        .newest()
        .ifPresent(d ->
            lines.add(
                "service deployment %s %s%s"
                    .formatted(
                        Arns.last(d.serviceDeploymentArn()),
                        d.statusAsString(),
                        d.statusReason() == null ? "" : ": " + d.statusReason())));
    return lines;
  }
}
