package dev.slipway.twin.ecs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionCleanup;

/** The order of events, as every trace of AWS shows it. */
final class SimEvents {

  private static final Pattern TASK = Pattern.compile("task ([0-9a-f]{32})");
  private static final Pattern COUNT = Pattern.compile("(\\d+) (targets|tasks|running tasks)");

  private final List<String> trace;
  private final Set<String> known = new HashSet<>();
  private final Set<String> started = new HashSet<>();
  private Instant last = Instant.MIN;
  private String previous = "";
  private boolean rollbackWanted;
  private int registered;
  private int deregistered;
  private int stopped;

  SimEvents(List<String> trace) {
    this.trace = trace;
  }

  /** Somebody asks for a rollback, so nothing needs to have failed. */
  void rollbackWanted() {
    rollbackWanted = true;
  }

  /** Somebody did something, so that what was said may be said again. */
  void disturbed() {
    previous = "";
  }

  /** Reads the events of a tick. */
  void check(SimView after) {
    List<String> fresh = fresh(after);
    for (int i = 0; i < fresh.size(); i++) {
      follow(fresh.get(i), i + 1 < fresh.size() ? fresh.get(i + 1) : "", after);
      previous = fresh.get(i).contains(" AZ ") ? previous : fresh.get(i);
    }
    if (after.healthy().size() != after.desired()) {
      // What is not steady may be steady again.
      previous = "";
    }
    long there = after.tasks().values().stream().filter(t -> !t.targets().isEmpty()).count();
    if (registered - deregistered != there) {
      throw new SimFailure(
          there + " tasks are registered, but events tell of " + (registered - deregistered));
    }
  }

  private List<String> fresh(SimView after) {
    List<String> messages = new ArrayList<>();
    for (ServiceEvent event : after.service().service().events().reversed()) {
      if (known.add(event.id())) {
        if (event.createdAt().isBefore(last)) {
          throw new SimFailure("an event is older than the one before: " + event.message());
        }
        last = event.createdAt();
        messages.add(event.message());
        trace.add("  event " + event.message());
      }
    }
    return messages;
  }

  private void follow(String message, String next, SimView after) {
    if (message.contains(" has started ")) {
      tasks(message).forEach(started::add);
    } else if (message.contains(" has stopped ")) {
      stopped += number(message);
      require(started.containsAll(tasks(message)), "stopped before it was started", message);
    } else if (message.contains(" deregistered ")) {
      deregistered += number(message);
      require(next.contains("has begun draining connections on"), "no draining after", message);
      require(deregistered <= stopped + selfEnded(after), "deregistered before stopped", message);
    } else if (message.contains(" registered ")) {
      registered += number(message);
      require(registered <= started.size(), "registered before started", message);
    } else if (message.endsWith("deployment completed.")) {
      require(
          next.endsWith("has reached a steady state.") || isEarly(after),
          "no steady state after",
          message);
    } else if (message.endsWith("has reached a steady state.")) {
      require(!previous.endsWith("has reached a steady state."), "told twice", message);
    } else if (message.contains(" is unhealthy in (target-group")) {
      String told = next.contains(" is unhealthy in ") ? message : next;
      require(
          told.contains(" has stopped ") && told.contains(tasks(message).getFirst()),
          "unhealthy, but not stopped at once",
          message);
    } else if (message.contains("rolling back to deployment")) {
      require(
          rollbackWanted || previous.contains(") deployment failed: "),
          "nothing failed before",
          message);
      rollbackWanted = false;
    }
  }

  /** Whether as much is there as the service's criteria of an early success ask for. */
  private static boolean isEarly(SimView view) {
    var criteria = view.service().service().deploymentConfiguration().earlySuccessCriteria();
    if (criteria == null || !criteria.enable()) {
      return false;
    }
    String primary = view.service().primary().id();
    List<TaskRow> others =
        view.tasks().values().stream()
            .filter(t -> !t.origin().deploymentId().equals(primary))
            .toList();
    long healthy = view.healthy().size() - others.stream().filter(view::healthy).count();
    boolean cleaned =
        criteria.sourceServiceRevisionCleanup() == ServiceRevisionCleanup.DEFERRED
            || others.stream().allMatch(t -> "STOPPED".equals(t.task().lastStatus()));
    return cleaned && healthy >= Math.ceil(view.desired() * criteria.healthyPercent() / 100.0);
  }

  /** Tasks that left the service without an event of their own: crashed, or stopped by a person. */
  private static long selfEnded(SimView view) {
    return view.tasks().values().stream()
        .filter(t -> !t.wanted())
        .filter(t -> !"ServiceSchedulerInitiated".equals(t.task().stopCodeAsString()))
        .count();
  }

  private static void require(boolean holds, String what, String message) {
    if (!holds) {
      throw new SimFailure(what + ": " + message);
    }
  }

  private static List<String> tasks(String message) {
    List<String> ids = new ArrayList<>();
    Matcher found = TASK.matcher(message);
    while (found.find()) {
      ids.add(found.group(1));
    }
    return ids;
  }

  private static int number(String message) {
    Matcher found = COUNT.matcher(message);
    if (!found.find()) {
      throw new SimFailure("no number in: " + message);
    }
    return Integer.parseInt(found.group(1));
  }
}
