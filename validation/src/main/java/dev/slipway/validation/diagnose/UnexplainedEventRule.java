package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import java.util.List;
import java.util.Locale;

/**
 * Events in which the scheduler says that it could not do something, in AWS's own words, for when
 * nothing else is seen. Source: ECS developer guide, service-event-messages-list.
 */
final class UnexplainedEventRule implements Rule {

  private static final List<String> WORRYING =
      List.of(
          "was unable to", "is unable to", "failed to", "could not", "misconfigured", "not found");

  /** Other rules speak of these, or they go by themselves. */
  private static final List<String> KNOWN =
      List.of(
          "was unable to place a task. Reason:",
          "tasks provisioning capacity limit",
          "was unable to assume the role",
          "was unable to stop or start tasks during a deployment",
          "az rebalanc",
          "is unable to place a task in",
          "operations are being throttled",
          "failed container health checks",
          "tasks failed to start");

  @Override
  public List<Cause> look(Case seen) {
    List<String> events =
        seen.events().stream().filter(UnexplainedEventRule::worrying).distinct().toList();
    if (events.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Cause(
            "svc-scheduler-cannot-act",
            seen.service().serviceArn(),
            "ECS cannot do what service %s needs. It says: %s"
                .formatted(seen.service().serviceName(), events.getFirst()),
            new Fix(
                "put right what the event names",
                "# what the event names decides: service, role, network or quota",
                "aws ecs describe-services --cluster %s --services %s --query 'services[].events[:10].message'"
                    .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
            events.stream().map(m -> "event: " + m).toList(),
            Rank.WORDS,
            false));
  }

  private static boolean worrying(String event) {
    String text = event.toLowerCase(Locale.ROOT);
    return WORRYING.stream().anyMatch(text::contains)
        && KNOWN.stream().noneMatch(w -> text.contains(w.toLowerCase(Locale.ROOT)));
  }
}
