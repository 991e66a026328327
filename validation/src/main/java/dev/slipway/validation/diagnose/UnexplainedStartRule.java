package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * Starts that fail for a reason that no other rule explains, in AWS's own words. Named as a root
 * when nothing of the deployment runs and the same is said again and again; else only if nothing
 * else is seen.
 */
final class UnexplainedStartRule implements Rule {

  /** The same words three times are no chance. */
  private static final int OFTEN = 3;

  private static final Set<StopReason> RUNNING_ONCE =
      EnumSet.of(
          StopReason.EXITED, StopReason.UNHEALTHY, StopReason.ORDERED, StopReason.OUT_OF_MEMORY);

  /** AWS itself may do better at the next attempt. */
  private static final List<String> PASSING =
      List.of("network interface provisioning", "internal error", "throttl", "rate exceeded");

  @Override
  public List<Cause> look(Case seen) {
    Starts starts = new Starts(seen);
    StopReason[] kinds =
        EnumSet.complementOf(EnumSet.copyOf(RUNNING_ONCE)).toArray(StopReason[]::new);
    List<String> evidence = starts.evidence(kinds);
    if (evidence.isEmpty() || starts.overcome(kinds)) {
      return List.of();
    }
    List<Task> failed = starts.stopped(kinds);
    String words = words(evidence.getFirst());
    boolean unknown =
        failed.stream().allMatch(t -> StopReason.of(t) == StopReason.OTHER)
            && StopReason.of(words) == StopReason.OTHER;
    boolean often = failed.size() >= OFTEN && !startedSince(starts, failed);
    boolean passing = PASSING.stream().anyMatch(words.toLowerCase(Locale.ROOT)::contains);
    return List.of(
        new Cause(
            "svc-task-start-failed",
            seen.goal().taskDefinition(),
            "Tasks of %s do not start. AWS says: %s".formatted(seen.goal().revision(), words),
            new Fix(
                "put right what AWS names, then deploy again",
                "# what AWS names decides: task definition, role, network or registry",
                failed.isEmpty()
                    ? "aws ecs describe-services --cluster %s --services %s --query 'services[].events[:10].message'"
                        .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())
                    : "aws ecs describe-tasks --cluster %s --tasks %s"
                        .formatted(seen.goal().wanted().cluster(), failed.getFirst().taskArn())),
            evidence,
            unknown && often && !passing ? Rank.START : Rank.WORDS,
            unknown && often && !passing));
  }

  /** Whether any attempt since the first of those that failed runs. */
  private static boolean startedSince(Starts starts, List<Task> failed) {
    return failed.stream()
        .map(Task::createdAt)
        .filter(t -> t != null)
        .min(Comparator.naturalOrder())
        .map(first ->
            starts.running().stream()
                .anyMatch(r -> r.createdAt() != null && r.createdAt().isAfter(first)))
        .orElse(!starts.running().isEmpty());
  }

  /** A line of evidence without what was put before AWS's words. */
  private static String words(String line) {
    return line.replaceFirst("^event: .*?was unable to place a task\\. Reason: ", "")
        .replaceFirst("^tasks? .*? stopped, ", "");
  }
}
