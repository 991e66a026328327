package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;

/** Does the log group of every container exist? Without it a task does not start. */
final class LogGroupRule implements Rule {

  @Override
  public List<Cause> look(Case seen) {
    Starts starts = new Starts(seen);
    if (!starts.struggling() && starts.unplaced().isEmpty()) {
      return List.of();
    }
    return missing(seen, starts.evidence(StopReason.LOG_GROUP_MISSING));
  }

  @Override
  public List<Cause> foretell(Case seen) {
    return missing(seen, List.of());
  }

  private static List<Cause> missing(Case seen, List<String> evidence) {
    Map<String, Boolean> groups = seen.snapshot().surroundings().logGroups();
    return seen.definition().stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .filter(c -> !group(c).isEmpty() && Boolean.FALSE.equals(groups.get(group(c))))
        .map(c -> cause(seen, c, evidence))
        .distinct()
        .toList();
  }

  /** The groups that must be there before a task starts. */
  static List<String> names(Case seen) {
    return seen.definition().stream()
        .flatMap(d -> d.containerDefinitions().stream())
        .map(LogGroupRule::group)
        .filter(g -> !g.isEmpty())
        .distinct()
        .toList();
  }

  /** The group, unless the task makes it itself. */
  private static String group(ContainerDefinition container) {
    var logging = container.logConfiguration();
    if (logging == null
        || !"awslogs".equals(logging.logDriverAsString())
        || "true".equals(logging.options().get("awslogs-create-group"))) {
      return "";
    }
    return logging.options().getOrDefault("awslogs-group", "");
  }

  private static Cause cause(Case seen, ContainerDefinition container, List<String> evidence) {
    String group = group(container);
    return new Cause(
        "td-log-group-missing",
        group,
        "Container %s of %s logs to log group %s, which does not exist."
            .formatted(container.name(), seen.goal().revision(), group),
        new Fix(
            "create log group %s, in the module that makes the task definition".formatted(group),
            """
            resource "aws_cloudwatch_log_group" "service" {
              name              = "%s"
              retention_in_days = 30
            }\
            """
                .formatted(group),
            "aws logs create-log-group --log-group-name " + group),
        evidence,
        Rank.START,
        true);
  }
}
