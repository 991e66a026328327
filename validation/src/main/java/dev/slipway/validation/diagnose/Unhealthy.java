package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Goal;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/**
 * A failed health check of a task of the wanted revision: as the target group shows it now, or as a
 * service event tells of a target that is gone.
 *
 * @param targetGroup the target group's ARN
 * @param port the target's port
 * @param task the task, empty when it is not known
 * @param reason the reason in the words of ELB
 * @param evidence where it was seen
 */
record Unhealthy(
    String targetGroup, int port, Optional<Task> task, String reason, String evidence) {

  private static final Pattern EVENT =
      Pattern.compile(
          "\\((?:task|instance) ([^)]+)\\) \\(port (\\d+)\\) is unhealthy in \\(target-group ([^)]+)\\) due to \\(reason (.*?)\\)\\.?$");

  /** All that can be seen, targets before events. */
  static List<Unhealthy> in(Case seen) {
    List<Unhealthy> all = new ArrayList<>();
    seen.snapshot()
        .frontDoor()
        .health()
        .forEach((group, targets) ->
            targets.stream()
                .filter(t -> "unhealthy".equals(t.targetHealth().stateAsString()))
                .forEach(t -> target(seen, group, t).ifPresent(all::add)));
    if (!healthyNow(seen)) {
      seen.events().stream()
          .map(EVENT::matcher)
          .filter(Matcher::find)
          .forEach(m -> event(seen, m).ifPresent(all::add));
    }
    return all;
  }

  boolean timeout() {
    return reason.contains("timed out");
  }

  boolean refused() {
    return reason.equals("Health checks failed");
  }

  /** The HTTP codes, as in {@code Health checks failed with these codes: [404]}; else empty. */
  String codes() {
    Matcher matcher = Pattern.compile("codes: \\[([0-9, ]+)]").matcher(reason);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** The code that says most of what is wrong: the highest; 0 when there is none. */
  int code() {
    return Stream.of(codes().split("[, ]+", -1))
        .filter(c -> !c.isEmpty())
        .mapToInt(Integer::parseInt)
        .max()
        .orElse(0);
  }

  private static Optional<Unhealthy> target(
      Case seen, String group, TargetHealthDescription target) {
    String reason = String.valueOf(target.targetHealth().description());
    return taskAt(seen, target.target().id())
        .filter(t -> seen.goal().taskDefinition().equals(t.taskDefinitionArn()))
        .map(t ->
            new Unhealthy(
                group,
                target.target().port(),
                Optional.of(t),
                reason,
                "target %s:%d unhealthy: %s"
                    .formatted(target.target().id(), target.target().port(), reason)));
  }

  private static Optional<Unhealthy> event(Case seen, Matcher event) {
    Goal goal = seen.goal();
    return seen.snapshot().tasks().stream()
        .filter(t -> Tasks.id(t).equals(event.group(1)))
        .filter(t -> goal.taskDefinition().equals(t.taskDefinitionArn()))
        .findFirst()
        .map(t ->
            new Unhealthy(
                event.group(3),
                Integer.parseInt(event.group(2)),
                Optional.of(t),
                event.group(4),
                "event: " + event.group()));
  }

  private static Optional<Task> taskAt(Case seen, String ip) {
    return seen.snapshot().tasks().stream()
        .filter(t -> Tasks.ip(t).filter(ip::equals).isPresent())
        .findFirst();
  }

  /** Events of targets that are long replaced explain nothing once the wanted tasks are healthy. */
  private static boolean healthyNow(Case seen) {
    return seen.snapshot().frontDoor().health().values().stream()
        .flatMap(List::stream)
        .filter(t -> "healthy".equals(t.targetHealth().stateAsString()))
        .anyMatch(t ->
            taskAt(seen, t.target().id())
                .filter(k -> seen.goal().taskDefinition().equals(k.taskDefinitionArn()))
                .isPresent());
  }
}
