package dev.slipway.validation.report;

import dev.slipway.validation.check.Outage;
import dev.slipway.validation.observe.Traffic;
import dev.slipway.validation.observe.Traffic.Hit;
import dev.slipway.validation.observe.Traffic.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What steady requests came to, by this machine's clock.
 *
 * @param url what was asked; empty when nothing was
 * @param rate requests a second
 * @param requests how many ended
 * @param failed how many of them failed
 * @param outages when they failed
 * @param failures how they failed and how often
 * @param builds answers by the build that they name
 * @param tasks answers by the task that they name
 * @param beats the same in equal spans of time, oldest first
 */
public record Flow(
    String url,
    int rate,
    int requests,
    int failed,
    List<Outage> outages,
    Map<String, Integer> failures,
    Map<String, Integer> builds,
    Map<String, Integer> tasks,
    List<Beat> beats) {

  /** Nobody asked for it. */
  public static final Flow NONE =
      new Flow("", 0, 0, 0, List.of(), Map.of(), Map.of(), Map.of(), List.of());

  /** So many beats at most. */
  private static final int BEATS = 240;

  /** What an answer that names no build or task counts as. */
  private static final String UNNAMED = "not named";

  /**
   * A span of time.
   *
   * @param at its beginning
   * @param length how long it is
   * @param good answers that did not fail
   * @param failed requests that did
   * @param builds good answers by the build that they name
   * @param worst the outcome of one that failed, empty when none did
   */
  public record Beat(
      Instant at,
      Duration length,
      int good,
      int failed,
      Map<String, Integer> builds,
      String worst) {}

  /** Whether any request was sent. */
  public boolean made() {
    return requests > 0;
  }

  /** Whether more than one build answered. */
  public boolean mixed() {
    return builds.size() > 1;
  }

  static Flow of(Traffic traffic) {
    if (!traffic.asked()) {
      return NONE;
    }
    List<Hit> hits = traffic.hits();
    Map<String, Integer> failures = new TreeMap<>();
    Map<String, Integer> builds = new TreeMap<>();
    Map<String, Integer> tasks = new TreeMap<>();
    for (Hit hit : hits) {
      if (hit.failed()) {
        failures.merge(hit.outcome(), 1, Integer::sum);
      } else if (hit.origin() == Origin.TARGET) {
        builds.merge(or(hit.build()), 1, Integer::sum);
        tasks.merge(or(hit.task()), 1, Integer::sum);
      }
    }
    return new Flow(
        traffic.url(),
        traffic.rate(),
        hits.size(),
        (int) hits.stream().filter(Hit::failed).count(),
        Outage.of(traffic),
        failures,
        builds,
        tasks,
        beats(hits));
  }

  private static List<Beat> beats(List<Hit> hits) {
    if (hits.isEmpty()) {
      return List.of();
    }
    Instant from = hits.getFirst().at();
    Instant to = hits.stream().map(Hit::at).max(Comparator.naturalOrder()).orElse(from);
    Duration length = Duration.ofSeconds(1 + Duration.between(from, to).toSeconds() / BEATS);
    List<Beat> beats = new ArrayList<>();
    List<Hit> within = new ArrayList<>();
    Instant at = from;
    for (Hit hit : hits) {
      while (!hit.at().isBefore(at.plus(length))) {
        add(beats, at, length, within);
        at = at.plus(length);
      }
      within.add(hit);
    }
    add(beats, at, length, within);
    return List.copyOf(beats);
  }

  private static void add(List<Beat> beats, Instant at, Duration length, List<Hit> within) {
    if (within.isEmpty()) {
      return;
    }
    List<Hit> failed = within.stream().filter(Hit::failed).toList();
    Map<String, Integer> builds = new TreeMap<>();
    within.stream()
        .filter(h -> !h.failed() && h.origin() == Origin.TARGET)
        .forEach(h -> builds.merge(or(h.build()), 1, Integer::sum));
    beats.add(
        new Beat(
            at,
            length,
            within.size() - failed.size(),
            failed.size(),
            builds,
            failed.isEmpty() ? "" : failed.getLast().outcome()));
    within.clear();
  }

  private static String or(String text) {
    return text.isEmpty() ? UNNAMED : text;
  }
}
