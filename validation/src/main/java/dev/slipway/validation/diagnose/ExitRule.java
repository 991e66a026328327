package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Task;

/** Does the application end by itself? */
final class ExitRule implements Rule {

  private static final int LOG_LINES = 5;

  @Override
  public List<Cause> look(Case seen) {
    Starts starts = new Starts(seen);
    List<Task> starved = starts.stopped(StopReason.OUT_OF_MEMORY);
    List<Task> ended = starts.stopped(StopReason.EXITED);
    List<Cause> causes = new ArrayList<>();
    if (!starved.isEmpty()) {
      causes.add(memory(seen, starved));
    }
    if (!ended.isEmpty()) {
      causes.add(exits(seen, ended));
    }
    return causes;
  }

  private static Cause memory(Case seen, List<Task> tasks) {
    String memory = seen.definition().map(d -> d.memory()).orElse("its");
    return new Cause(
        "td-memory-too-small",
        seen.goal().taskDefinition(),
        "Container %s of %s was killed because it used more than %s MiB of memory."
            .formatted(seen.goal().container(), seen.goal().revision(), memory),
        new Fix(
            "give the task more memory, or let the application use less",
            "memory = " + Integer.toString(2 * number(memory)),
            "aws ecs register-task-definition --family %s --memory %d …"
                .formatted(seen.goal().revision().replaceFirst(":\\d+$", ""), 2 * number(memory))),
        evidence(seen, tasks),
        Rank.APPLICATION,
        repeated(seen, tasks));
  }

  private static Cause exits(Case seen, List<Task> tasks) {
    Optional<Container> container =
        Tasks.container(tasks.getFirst(), seen.goal().container())
            .filter(c -> c.exitCode() != null);
    String code = container.map(c -> "exit code " + c.exitCode()).orElse("no exit code");
    return new Cause(
        "svc-flapping-tasks",
        seen.goal().taskDefinition(),
        "Container %s of %s ended by itself with %s, %d %s."
            .formatted(
                seen.goal().container(),
                seen.goal().revision(),
                code,
                tasks.size(),
                tasks.size() == 1 ? "time" : "times"),
        new Fix(
            "read the container's last log lines, correct the application or its settings, and deploy again",
            "environment = []  # check variables, secrets, command and entry point of the container",
            "aws ecs describe-tasks --cluster %s --tasks %s"
                .formatted(seen.goal().wanted().cluster(), Tasks.id(tasks.getFirst()))),
        evidence(seen, tasks),
        Rank.SYMPTOM,
        repeated(seen, tasks));
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

  private static int number(String text) {
    return text.matches("\\d{1,7}") ? Integer.parseInt(text) : 512;
  }
}
