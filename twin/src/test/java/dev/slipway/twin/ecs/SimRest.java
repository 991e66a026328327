package dev.slipway.twin.ecs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

/** What holds when nothing disturbs a service any longer. */
final class SimRest {

  private static final List<ServiceDeploymentStatus> OPEN =
      List.of(
          ServiceDeploymentStatus.PENDING,
          ServiceDeploymentStatus.IN_PROGRESS,
          ServiceDeploymentStatus.STOP_REQUESTED,
          ServiceDeploymentStatus.ROLLBACK_REQUESTED,
          ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS);

  private final SimWorld sim;
  private final SimService service;

  SimRest(SimWorld sim, SimService service) {
    this.sim = sim;
    this.service = service;
  }

  /** Whether the service has come to its rest. */
  boolean reached() {
    ServiceRow row = service.row();
    boolean quiet =
        sim.state.tasksOf(service.arn).stream()
            .allMatch(t -> t.status("STOPPED") || (t.wanted() && t.running()));
    boolean ended = !row.primary().inState(DeploymentRolloutState.IN_PROGRESS);
    boolean failed = row.primary().inState(DeploymentRolloutState.FAILED);
    return quiet && ended && (failed || settled(SimView.of(sim, service.arn)));
  }

  private static boolean settled(SimView view) {
    return view.healthy().size() == view.desired()
        && view.present() == view.desired()
        && view.service().service().events().stream()
            .map(e -> e.message())
            .filter(m -> !m.contains(" AZ "))
            .findFirst()
            .orElse("")
            .endsWith("steady state.");
  }

  /** Holds the resting service against what must be. */
  void check() {
    SimView view = SimView.of(sim, service.arn);
    List<TaskRow> running =
        view.tasks().values().stream().filter(t -> t.wanted() && t.running()).toList();
    same(
        "targets",
        running.stream().map(TaskRow::ip).collect(Collectors.toSet()),
        view.targets().entrySet().stream()
            .filter(t -> !t.getValue().equals("draining"))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
    same(
        "interfaces",
        running.stream().map(TaskRow::networkInterfaceId).collect(Collectors.toSet()),
        sim.world.call(sim.ec2::network).networkInterfaces().stream()
            .filter(i -> i.description().contains("attachment"))
            .map(i -> i.networkInterfaceId())
            .collect(Collectors.toSet()));
    same(
        "containers",
        running.stream().map(TaskRow::arn).collect(Collectors.toSet()),
        sim.runtime.running());
    checkDigests();
    checkRecords(view, running.size());
  }

  private void checkDigests() {
    Map<String, Set<String>> byRevision = new HashMap<>();
    for (TaskRow task : sim.state.tasksOf(service.arn)) {
      String digest = task.task().containers().getFirst().imageDigest();
      if (digest != null) {
        byRevision.computeIfAbsent(task.origin().revisionArn(), k -> new HashSet<>()).add(digest);
      }
    }
    byRevision.forEach((revision, digests) -> {
      if (digests.size() > 1) {
        throw new SimFailure("revision " + revision + " ran " + digests);
      }
    });
  }

  private void checkRecords(SimView view, int running) {
    List<String> open =
        sim.state.serviceDeployments().all().stream()
            .filter(d -> OPEN.contains(d.status()))
            .map(d -> d.serviceDeploymentArn() + " " + d.statusAsString())
            .toList();
    if (!open.isEmpty()) {
      throw new SimFailure("service deployments never end: " + open);
    }
    Service shown =
        sim.call(
                DescribeServicesRequest.builder().cluster(SimWorld.CLUSTER).services("web").build(),
                DescribeServicesResponse.class)
            .services()
            .getFirst();
    if (shown.runningCount() != running || shown.pendingCount() != 0) {
      throw new SimFailure("counts " + shown.runningCount() + "/" + shown.pendingCount());
    }
    int deployed = shown.deployments().stream().mapToInt(d -> d.runningCount()).sum();
    if (deployed != running) {
      throw new SimFailure("deployments have " + deployed + " tasks of " + running);
    }
    boolean completed = view.service().primary().inState(DeploymentRolloutState.COMPLETED);
    if (completed && (running != view.desired() || shown.deployments().size() != 1)) {
      throw new SimFailure("completed with " + running + " tasks of " + view.desired());
    }
  }

  private static void same(String what, Set<String> wanted, Set<String> found) {
    if (!wanted.equals(found)) {
      throw new SimFailure(what + " are " + found + ", must be " + wanted);
    }
  }
}
