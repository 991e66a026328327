package dev.slipway.validation.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Reads the tasks of many services of a cluster: all of the cluster's, a hundred a call, or service
 * by service when the cluster has many more than are asked for.
 */
final class BulkTasks {

  /** Source: botocore ecs model, DescribeTasks and ListTasks. */
  private static final int TASKS_PER_CALL = 100;

  private final Aws aws;
  private final Batches batches;

  BulkTasks(Aws aws, Batches batches) {
    this.aws = aws;
    this.batches = batches;
  }

  /** The running tasks by their service's name. */
  Map<String, List<Task>> tasks(String cluster, List<Service> services) {
    List<String> arns =
        whole(cluster, services)
            ? batches.one(
                "ecs:ListTasks",
                List.of(),
                () ->
                    aws
                        .ecs()
                        .listTasksPaginator(
                            r -> r.cluster(cluster).desiredStatus(DesiredStatus.RUNNING))
                        .taskArns()
                        .stream()
                        .toList())
            : batches.each(
                "ecs:ListTasks",
                services,
                1,
                one ->
                    aws
                        .ecs()
                        .listTasksPaginator(r ->
                            r.cluster(cluster)
                                .serviceName(one.getFirst().serviceName())
                                .desiredStatus(DesiredStatus.RUNNING))
                        .taskArns()
                        .stream()
                        .toList());
    Map<String, List<Task>> byService = new HashMap<>();
    for (Task task :
        batches.each(
            "ecs:DescribeTasks",
            arns,
            TASKS_PER_CALL,
            hundred -> aws.ecs().describeTasks(r -> r.cluster(cluster).tasks(hundred)).tasks())) {
      if (task.group() != null && task.group().startsWith("service:")) {
        byService
            .computeIfAbsent(task.group().substring("service:".length()), _ -> new ArrayList<>())
            .add(task);
      }
    }
    return byService;
  }

  /** Whether it takes fewer calls to read all tasks of the cluster. */
  private boolean whole(String cluster, List<Service> services) {
    int all =
        batches.one(
            "ecs:DescribeClusters",
            0,
            () ->
                aws.ecs().describeClusters(r -> r.clusters(cluster)).clusters().stream()
                    .mapToInt(c -> c.runningTasksCount() + c.pendingTasksCount())
                    .sum());
    int ours = services.stream().mapToInt(s -> s.runningCount() + s.pendingCount()).sum();
    return 2 * calls(all) <= services.size() + calls(ours);
  }

  private static int calls(int tasks) {
    return (tasks + TASKS_PER_CALL - 1) / TASKS_PER_CALL;
  }
}
