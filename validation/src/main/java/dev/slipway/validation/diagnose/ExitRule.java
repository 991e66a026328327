package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Restarts;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/** Does the application end by itself? */
final class ExitRule implements Rule {

  private static final int LOG_LINES = 5;

  /** Who lives for less never came to serve. */
  private static final Duration SHORT = Duration.ofSeconds(30);

  /** Who lives for longer had served before it ended. */
  private static final Duration LONG = Duration.ofMinutes(2);

  /** Exit codes of containers that are stopped because another one ended. */
  private static final Set<Integer> SIGNALS = Set.of(137, 143);

  @Override
  public List<Cause> look(Case seen) {
    Starts starts = new Starts(seen);
    List<Task> starved = starts.stopped(StopReason.OUT_OF_MEMORY);
    List<Task> ended = starts.stopped(StopReason.EXITED);
    List<Cause> causes = new ArrayList<>();
    if (Restarts.of(seen.snapshot(), seen.goal()).outlived()) {
      return List.of();
    }
    if (!starved.isEmpty()) {
      causes.add(memory(seen, starved));
    }
    if (!ended.isEmpty()) {
      causes.add(exits(seen, ended));
    }
    return causes;
  }

  private static Cause memory(Case seen, List<Task> tasks) {
    Optional<Integer> memory =
        seen.definition()
            .map(d -> d.memory())
            .filter(m -> m.matches("\\d{1,7}"))
            .map(Integer::parseInt);
    int more = 2 * memory.orElse(512);
    return new Cause(
        "td-memory-too-small",
        seen.goal().taskDefinition(),
        "Container %s of %s was killed because it used more than %s of memory."
            .formatted(
                seen.goal().container(),
                seen.goal().revision(),
                memory.map(m -> m + " MiB").orElse("its share")),
        new Fix(
            "give the task more memory, or let the application use less",
            "memory = " + more,
            "aws ecs register-task-definition --family %s --memory %d …"
                .formatted(Arns.family(seen.goal().revision()), more)),
        evidence(seen, tasks),
        Rank.APPLICATION,
        repeated(seen, tasks));
  }

  private static Cause exits(Case seen, List<Task> tasks) {
    Optional<Container> container = culprit(seen, tasks.getFirst());
    String name = container.map(Container::name).orElse(seen.goal().container());
    String code = container.map(c -> "exit code " + c.exitCode()).orElse("no exit code");
    String lived =
        Lives.middle(tasks).map(d -> ", " + Lives.words(d) + " after its start").orElse("");
    return new Cause(
        id(seen, tasks),
        seen.goal().taskDefinition(),
        "Container %s of %s ended by itself with %s%s, %d %s.%s"
            .formatted(
                name,
                seen.goal().revision(),
                code,
                lived,
                tasks.size(),
                tasks.size() == 1 ? "time" : "times",
                container.map(Container::exitCode).map(ExitRule::meaning).orElse("")),
        new Fix(
            "read the container's last log lines, correct the application or its settings, and deploy again",
            "environment = []  # check variables, secrets, command and entry point of the container",
            "aws ecs describe-tasks --cluster %s --tasks %s%s"
                .formatted(
                    seen.goal().wanted().cluster(), Tasks.id(tasks.getFirst()), log(seen, tasks))),
        evidence(seen, tasks),
        Rank.SYMPTOM,
        repeated(seen, tasks));
  }

  /** A task that never came to serve, one that ends over and over, or one that served for long. */
  private static String id(Case seen, List<Task> tasks) {
    boolean completed = !seen.rolledBack() && seen.snapshot().rollout().completed().isPresent();
    Optional<Duration> lived = Lives.middle(tasks);
    if (completed) {
      return lived.filter(d -> d.compareTo(LONG) >= 0).isPresent()
          ? "app-crashes-after-steady"
          : "svc-flapping-tasks";
    }
    return lived.filter(d -> d.compareTo(SHORT) >= 0).isPresent()
        ? "svc-flapping-tasks"
        : "app-exits-at-start";
  }

  /**
   * The essential container that ended first, as far as can be seen: a non-zero code tells most.
   */
  private static Optional<Container> culprit(Case seen, Task task) {
    Optional<Container> own =
        Tasks.container(task, seen.goal().container()).filter(c -> c.exitCode() != null);
    return task.containers().stream()
        .filter(c -> c.exitCode() != null && c.exitCode() != 0)
        .filter(c -> !SIGNALS.contains(c.exitCode()))
        .findFirst()
        .or(() -> own)
        .or(() -> task.containers().stream().filter(c -> c.exitCode() != null).findFirst());
  }

  /** Source: ECS developer guide, stopped-task-error-codes. */
  private static String meaning(int code) {
    return switch (code) {
      case 0 -> " A service's container must not end, not even in good order.";
      case 126, 127 -> " The shell found no command that it could execute.";
      case 137 -> " It was killed: by a lack of memory, or because it did not end in time.";
      case 139 -> " It crashed with a segmentation fault.";
      case 143 -> " It ended at a SIGTERM.";
      default -> "";
    };
  }

  private static String log(Case seen, List<Task> tasks) {
    return seen.container()
        .map(c -> c.logConfiguration())
        .filter(l -> "awslogs".equals(l.logDriverAsString()))
        .map(l ->
            "\naws logs get-log-events --log-group-name %s --log-stream-name %s/%s/%s"
                .formatted(
                    l.options().get("awslogs-group"),
                    l.options().getOrDefault("awslogs-stream-prefix", "ecs"),
                    seen.goal().container(),
                    Tasks.id(tasks.getFirst())))
        .orElse("");
  }

  /** One exit may be chance; the same again is not, unless the service is large. */
  private static boolean repeated(Case seen, List<Task> ended) {
    return ended.size() >= Math.max(2, Math.ceilDiv(seen.service().desiredCount(), 2));
  }

  private static List<String> evidence(Case seen, List<Task> tasks) {
    List<String> lines = new ArrayList<>();
    for (Task task : tasks) {
      lines.add(Starts.line(task));
      List<String> log =
          seen.snapshot().surroundings().logTails().getOrDefault(task.taskArn(), List.of());
      log.stream()
          .skip(Math.max(0, log.size() - LOG_LINES))
          .forEach(l -> lines.add("log: " + l.strip()));
    }
    return List.copyOf(lines);
  }
}
