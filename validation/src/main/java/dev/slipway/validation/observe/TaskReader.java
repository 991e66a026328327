package dev.slipway.validation.observe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;

/** Reads a service's tasks, a hundred a call. A task that has ended is asked for once. */
final class TaskReader {

  /** Source: botocore ecs model, DescribeTasks. */
  private static final int TASKS_PER_CALL = 100;

  private final Aws aws;
  private final Wanted wanted;
  private final Map<String, Task> ended = new ConcurrentHashMap<>();

  TaskReader(Aws aws, Wanted wanted) {
    this.aws = aws;
    this.wanted = wanted;
  }

  List<Task> tasks(Ask ask) {
    Set<String> arns = new LinkedHashSet<>(list(ask, DesiredStatus.RUNNING));
    arns.addAll(list(ask, DesiredStatus.STOPPED));
    List<Task> tasks = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String arn : arns) {
      Task known = ended.get(arn);
      if (known == null) {
        unknown.add(arn);
      } else {
        tasks.add(known);
      }
    }
    for (int from = 0; from < unknown.size(); from += TASKS_PER_CALL) {
      List<String> page = unknown.subList(from, Math.min(unknown.size(), from + TASKS_PER_CALL));
      tasks.addAll(
          ask.optional(
              "ecs:DescribeTasks",
              List.<Task>of(),
              () -> aws.ecs().describeTasks(r -> r.cluster(wanted.cluster()).tasks(page)).tasks()));
    }
    tasks.stream().filter(Tasks::stopped).forEach(t -> ended.put(t.taskArn(), t));
    tasks.sort(
        Comparator.comparing(Task::createdAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .reversed());
    return List.copyOf(tasks);
  }

  private List<String> list(Ask ask, DesiredStatus status) {
    return ask.optional(
        "ecs:ListTasks",
        List.<String>of(),
        () ->
            aws
                .ecs()
                .listTasksPaginator(r ->
                    r.cluster(wanted.cluster())
                        .serviceName(Arns.last(wanted.service()))
                        .desiredStatus(status))
                .taskArns()
                .stream()
                .toList());
  }
}
