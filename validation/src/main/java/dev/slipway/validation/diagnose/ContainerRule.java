package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** Can the containers be started as the task definition describes them? */
final class ContainerRule implements Rule {

  private static final String FULL = "no space left on device";

  @Override
  public List<Cause> look(Case seen) {
    List<Cause> causes = new ArrayList<>();
    Starts starts = new Starts(seen);
    found(starts, StopReason.COMMAND_FAILED).map(e -> command(seen, e)).ifPresent(causes::add);
    found(starts, StopReason.LOG_OPTION_MISSING).map(e -> logs(seen, e)).ifPresent(causes::add);
    disk(seen, starts).ifPresent(causes::add);
    return causes;
  }

  private static Optional<List<String>> found(Starts starts, StopReason kind) {
    return Optional.of(starts.evidence(kind)).filter(e -> !e.isEmpty() && !starts.overcome(kind));
  }

  private static String register(Case seen) {
    return "aws ecs register-task-definition --family %s --container-definitions FILE"
        .formatted(Arns.family(seen.goal().revision()));
  }

  private static Cause command(Case seen, List<String> evidence) {
    Optional<ContainerDefinition> container = seen.container();
    List<String> words = container.map(c -> c.entryPoint()).orElse(List.of());
    String command =
        String.join(" ", words.isEmpty() ? container.map(c -> c.command()).orElse(words) : words);
    return new Cause(
        "td-command-not-found",
        seen.goal().taskDefinition(),
        "%s cannot be executed in the image of %s."
            .formatted(
                command.isEmpty() ? "The image's own command" : "The command \"" + command + "\"",
                seen.goal().revision()),
        new Fix(
            "name a command that the image holds, for its processor and executable",
            "entryPoint = [\"/app/server\"]\ncommand    = []",
            register(seen)),
        evidence,
        Rank.START,
        true);
  }

  private static Cause logs(Case seen, List<String> evidence) {
    return new Cause(
        "td-log-options-incomplete",
        seen.goal().taskDefinition(),
        "The log driver of %s lacks an option that it needs, so no task starts."
            .formatted(seen.goal().revision()),
        new Fix(
            "set awslogs-group, awslogs-region and awslogs-stream-prefix",
            "logConfiguration = { logDriver = \"awslogs\", options = { awslogs-group = aws_cloudwatch_log_group.this.name, awslogs-region = data.aws_region.current.id, awslogs-stream-prefix = \"app\" } }",
            register(seen)),
        evidence,
        Rank.START,
        true);
  }

  /** The image may fill the disk before the start, the application afterwards. */
  private static Optional<Cause> disk(Case seen, Starts starts) {
    List<String> evidence = new ArrayList<>(starts.evidence(StopReason.DISK_FULL));
    boolean early = !evidence.isEmpty();
    starts.stopped(StopReason.EXITED, StopReason.UNHEALTHY).stream()
        .flatMap(t ->
            seen.snapshot().surroundings().logTails().getOrDefault(t.taskArn(), List.of()).stream())
        .filter(l -> l.toLowerCase(java.util.Locale.ROOT).contains(FULL))
        .distinct()
        .forEach(l -> evidence.add("log: " + l.strip()));
    if (evidence.isEmpty() || starts.overcome(StopReason.DISK_FULL)) {
      return Optional.empty();
    }
    int size = seen.definition().map(d -> d.ephemeralStorage()).map(e -> e.sizeInGiB()).orElse(20);
    return Optional.of(
        new Cause(
            "td-ephemeral-disk-full",
            seen.goal().taskDefinition(),
            "The %d GiB disk of a task of %s is full.".formatted(size, seen.goal().revision()),
            new Fix(
                "give the task a larger disk, or let image and application use less",
                "ephemeral_storage {\n  size_in_gib = %d\n}".formatted(Math.min(200, 2 * size)),
                "aws ecs register-task-definition --family %s --ephemeral-storage sizeInGiB=%d …"
                    .formatted(Arns.family(seen.goal().revision()), Math.min(200, 2 * size))),
            evidence,
            early ? Rank.START : Rank.APPLICATION,
            early));
  }
}
