package dev.slipway.twin.ecs;

import dev.slipway.twin.runtime.TaskRuntime.Usage;
import dev.slipway.twin.world.Metric;
import dev.slipway.twin.world.MetricSink;
import dev.slipway.twin.world.MetricSource;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * What ECS publishes about every service: the share of its CPU units and memory that each of its
 * running tasks uses, one value a task and minute.
 *
 * <p>Source: ECS developer guide, available-metrics: on Fargate by ClusterName and ServiceName.
 */
final class Utilization implements MetricSource {

  private static final String NAMESPACE = "AWS/ECS";
  private static final double UNITS_PER_PROCESSOR = 1024;

  private final EcsState state;
  private final TaskProcesses processes;

  Utilization(EcsState state, TaskProcesses processes) {
    this.state = state;
    this.processes = processes;
  }

  @Override
  public void measure(MetricSink sink) {
    for (ServiceRow row : state.services().all()) {
      Map<String, String> dimensions =
          Map.of(
              "ClusterName", EcsState.clusterName(row.service().clusterArn()),
              "ServiceName", row.name());
      for (TaskRow task : state.tasksOf(row.arn())) {
        if (task.running()) {
          publish(sink, dimensions, task.task(), processes.usage(task));
        }
      }
    }
  }

  private static void publish(
      MetricSink sink, Map<String, String> dimensions, Task task, Collection<Usage> usage) {
    if (usage.isEmpty()) {
      return;
    }
    double units = usage.stream().mapToDouble(Usage::processors).sum() * UNITS_PER_PROCESSOR;
    record(sink, "CPUUtilization", dimensions, units, task.cpu());
    if (usage.stream().map(Usage::memoryMiB).allMatch(OptionalDouble::isPresent)) {
      double used = usage.stream().mapToDouble(u -> u.memoryMiB().getAsDouble()).sum();
      record(sink, "MemoryUtilization", dimensions, used, task.memory());
    }
  }

  private static void record(
      MetricSink sink, String name, Map<String, String> dimensions, double used, String reserved) {
    Metric metric = new Metric(NAMESPACE, name, dimensions, "Percent");
    sink.record(metric, 100 * used / Integer.parseInt(reserved), 1);
  }
}
