package dev.slipway.validation.check;

import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Traffic;
import dev.slipway.validation.observe.Traffic.Hit;
import dev.slipway.validation.observe.Traffic.Origin;
import dev.slipway.validation.observe.Traffic.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * No request fails while the service is rolled out, and afterwards only the wanted build serves.
 */
public final class ProbeCheck implements Check {

  /** An answer may be on its way when AWS says that the rollout is complete. */
  private static final Duration LAG = Duration.ofSeconds(2);

  private static final int SHOWN = 10;

  @Override
  public String id() {
    return "probe";
  }

  @Override
  public String title() {
    return "no request fails meanwhile";
  }

  @Override
  public String expected(Goal goal) {
    return "every steady request answered through rollout and soak";
  }

  @Override
  public Judgement judge(Snapshot snapshot, Goal goal) {
    Traffic traffic = snapshot.traffic();
    if (!traffic.asked()) {
      return new Judgement.Skipped("not asked for", false);
    }
    if (traffic.url().isEmpty()) {
      return new Judgement.Skipped("nothing led to the service, so no request was sent", false);
    }
    List<Hit> hits = traffic.hits();
    if (hits.isEmpty()) {
      return new Judgement.Skipped("no request ended in time", false);
    }
    if (Outage.sinceServing(traffic).isEmpty()) {
      return Judgement.broken(
          "none of %d requests was answered well: %s"
              .formatted(hits.size(), hits.getLast().outcome()),
          List.of("GET " + traffic.url()));
    }
    List<Outage> outages = Outage.of(traffic);
    if (!outages.isEmpty()) {
      return broken(traffic, outages);
    }
    List<Hit> late = late(traffic);
    return late.isEmpty()
        ? Judgement.holds(
            "%d requests, none failed; %s".formatted(hits.size(), builds(hits)),
            List.of("GET %s, %d a second".formatted(traffic.url(), traffic.rate())))
        : Judgement.broken(
            "%d answers came from another build after the rollout's end".formatted(late.size()),
            List.of(
                "last at %s: build %s, task %s"
                    .formatted(
                        late.getLast().at(),
                        or(late.getLast().build()),
                        or(late.getLast().task()))));
  }

  private static Judgement broken(Traffic traffic, List<Outage> outages) {
    int failed = outages.stream().mapToInt(Outage::failed).sum();
    Duration down =
        outages.stream()
            .filter(o -> o.good() == 0)
            .map(Outage::length)
            .reduce(Duration.ZERO, Duration::plus);
    return Judgement.broken(
        "%d of %d requests failed%s"
            .formatted(
                failed,
                traffic.hits().size(),
                down.isZero()
                    ? ""
                    : String.format(
                        java.util.Locale.ROOT, ", down for %.1f s", down.toMillis() / 1000.0)),
        outages.stream().limit(SHOWN).map(Outage::sentence).toList());
  }

  /** Answers of another build, sent when AWS had long said that the rollout was complete. */
  public static List<Hit> late(Traffic traffic) {
    Optional<Instant> end = complete(traffic.sightings()).map(i -> i.plus(LAG));
    return end.map(i ->
            traffic.hits().stream()
                .filter(h -> h.origin() == Origin.TARGET && !h.failed() && !h.wanted())
                .filter(h -> h.at().isAfter(i))
                .toList())
        .orElse(List.of());
  }

  /** Since when the wanted deployment is complete without a break; empty when it is not. */
  private static Optional<Instant> complete(List<Sighting> sightings) {
    Optional<Instant> since = Optional.empty();
    for (Sighting sighting : sightings.reversed()) {
      if (!sighting.complete() || sighting.rolledBack()) {
        break;
      }
      since = Optional.of(sighting.at());
    }
    return since;
  }

  private static String builds(List<Hit> hits) {
    var builds =
        hits.stream()
            .filter(h -> h.origin() == Origin.TARGET)
            .map(h -> or(h.build()))
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return builds.entrySet().stream()
        .map(e -> "build " + brief(e.getKey()) + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String brief(String build) {
    return build.matches("[0-9a-f]{40}.*") ? build.substring(0, 12) : build;
  }

  private static String or(String text) {
    return text.isEmpty() ? "unknown" : text;
  }
}
