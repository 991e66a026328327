package dev.slipway.validation.report;

import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import dev.slipway.validation.report.Timeline.Lane;
import dev.slipway.validation.report.Timeline.Mark;
import dev.slipway.validation.report.Timeline.Round;
import dev.slipway.validation.report.Timeline.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** Makes a timeline of the snapshots that a verification saw. Not thread safe. */
public final class TimelineRecorder {

  private static final int TASKS = 20;
  private static final int EVENTS = 30;
  private static final int ROUNDS = 240;

  private final Map<String, List<Span>> targets = new LinkedHashMap<>();
  private final List<Round> rounds = new ArrayList<>();
  private Snapshot last;

  /** Nothing recorded. */
  public TimelineRecorder() {}

  /** Takes note of a snapshot; one that was seen before adds nothing. */
  public void add(Snapshot snapshot) {
    if (last != null && snapshot.number() <= last.number()) {
      return;
    }
    Instant at = snapshot.observedAt();
    snapshot.frontDoor().health().values().stream().flatMap(List::stream).forEach(t -> see(at, t));
    Probe probe = snapshot.probe();
    boolean news = last == null || !probe.startedAt().equals(last.probe().startedAt());
    if (probe.made() && news && rounds.size() < ROUNDS) {
      rounds.add(round(probe));
    }
    last = snapshot;
  }

  /** The timeline so far. */
  public Timeline timeline() {
    if (last == null) {
      return Timeline.EMPTY;
    }
    Instant now = now(last);
    List<Lane> tasks =
        last.tasks().stream()
            .filter(t -> t.createdAt() != null)
            .limit(TASKS)
            .map(t -> lane(t, now))
            .sorted(Comparator.comparing((Lane l) -> l.spans().getFirst().from()))
            .toList();
    List<Mark> events =
        last.rollout().service().events().stream()
            .filter(e -> e.createdAt() != null)
            .limit(EVENTS)
            .map(e -> new Mark(e.createdAt(), e.message()))
            .sorted(Comparator.comparing(Mark::at))
            .toList();
    List<Lane> seen =
        targets.entrySet().stream().map(e -> new Lane(e.getKey(), "", e.getValue())).toList();
    return new Timeline(tasks, events, seen, List.copyOf(rounds), Flow.of(last.traffic()));
  }

  private void see(Instant at, TargetHealthDescription target) {
    String name = target.target().id() + ":" + target.target().port();
    String state = target.targetHealth().stateAsString();
    List<Span> spans = targets.computeIfAbsent(name, _ -> new ArrayList<>());
    if (!spans.isEmpty() && spans.getLast().state().equals(state)) {
      spans.set(spans.size() - 1, new Span(spans.getLast().from(), at, state));
    } else {
      spans.add(new Span(at, at, state));
    }
  }

  private static Round round(Probe probe) {
    List<Probe.Answer> bad = probe.answers().stream().filter(a -> a.status() != 200).toList();
    return new Round(
        probe.startedAt(),
        probe.answers().size() - bad.size(),
        probe.answers().size(),
        bad.isEmpty() ? "" : bad.getFirst().outcome());
  }

  /** The newest time that AWS told: its clock need not be this machine's. */
  private static Instant now(Snapshot snapshot) {
    List<Instant> all = new ArrayList<>();
    snapshot
        .tasks()
        .forEach(t -> {
          all.add(t.createdAt());
          all.add(t.startedAt());
          all.add(t.stoppedAt());
        });
    snapshot.rollout().service().events().forEach(e -> all.add(e.createdAt()));
    return all.stream()
        .filter(i -> i != null)
        .max(Comparator.naturalOrder())
        .orElse(snapshot.observedAt());
  }

  private static Lane lane(Task task, Instant now) {
    List<Span> spans = new ArrayList<>();
    Instant end = task.stoppedAt() == null ? now : task.stoppedAt();
    Instant stopping = task.stoppingAt() == null ? end : task.stoppingAt();
    Instant started = task.startedAt() == null ? stopping : task.startedAt();
    add(spans, task.createdAt(), started, "STARTING");
    if (task.startedAt() != null) {
      add(spans, task.startedAt(), stopping, "RUNNING");
    }
    if (task.stoppingAt() != null) {
      add(spans, task.stoppingAt(), end, "STOPPING");
    }
    String ended = task.stoppedReason() == null ? "" : task.stoppedReason();
    return new Lane(
        Tasks.id(task).substring(0, Math.min(8, Tasks.id(task).length()))
            + " "
            + Arns.revision(String.valueOf(task.taskDefinitionArn())),
        ended,
        List.copyOf(spans));
  }

  private static void add(List<Span> spans, Instant from, Instant to, String state) {
    if (spans.isEmpty() || !to.isBefore(from)) {
      spans.add(new Span(from, to.isBefore(from) ? from : to, state));
    }
  }
}
