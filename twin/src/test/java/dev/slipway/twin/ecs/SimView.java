package dev.slipway.twin.ecs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * A service and its targets at one moment, as anybody could see them through the API.
 *
 * @param service the service
 * @param tasks its tasks by ARN, those that ended too
 * @param targets the state of each target by IP
 */
record SimView(ServiceRow service, Map<String, TaskRow> tasks, Map<String, String> targets) {

  static SimView of(SimWorld sim, String serviceArn) {
    Map<String, TaskRow> tasks = new HashMap<>();
    sim.state.tasksOf(serviceArn).forEach(t -> tasks.put(t.arn(), t));
    Map<String, String> targets = new HashMap<>();
    sim.call(
            DescribeTargetHealthRequest.builder().targetGroupArn(sim.targetGroup).build(),
            DescribeTargetHealthResponse.class)
        .targetHealthDescriptions()
        .forEach(d -> targets.put(d.target().id(), d.targetHealth().stateAsString()));
    return new SimView(sim.state.services().find(serviceArn).orElseThrow(), tasks, targets);
  }

  int desired() {
    return service.service().desiredCount();
  }

  /** The lower limit, from its definition. */
  int lower() {
    int percent = service.service().deploymentConfiguration().minimumHealthyPercent();
    return (int) Math.ceil(desired() * percent / 100.0);
  }

  /** The upper limit, from its definition. */
  int upper() {
    int percent = service.service().deploymentConfiguration().maximumPercent();
    return (int) Math.floor(desired() * percent / 100.0);
  }

  /** The tasks that run, are wanted, and whose target is healthy. */
  Set<String> healthy() {
    return tasks.values().stream()
        .filter(this::healthy)
        .map(TaskRow::arn)
        .collect(Collectors.toCollection(HashSet::new));
  }

  boolean healthy(TaskRow task) {
    return task.wanted()
        && "RUNNING".equals(task.task().lastStatus())
        && TargetHealthStateEnum.HEALTHY.toString().equals(targets.get(task.ip()));
  }

  /** How many tasks are RUNNING or pending. */
  long present() {
    return tasks.values().stream()
        .filter(t ->
            List.of("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING")
                .contains(t.task().lastStatus()))
        .count();
  }
}
