package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Outage;
import dev.slipway.validation.check.ProbeCheck;
import dev.slipway.validation.observe.Traffic;
import dev.slipway.validation.observe.Traffic.Hit;
import dev.slipway.validation.observe.Traffic.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Why did steady requests fail, told by what AWS showed at the time of each. */
final class ProbeRule implements Rule {

  private static final Set<Integer> GATEWAY = Set.of(502, 503, 504);

  /** Connections that die at random spoil few requests; an application that is broken, many. */
  private static final double FEW = 0.2;

  /** How much more often requests must fail near a stop than elsewhere to be blamed on it. */
  private static final double CLEARLY = 3;

  private static final int LINES = 5;

  @Override
  public List<Cause> look(Case seen) {
    Traffic traffic = seen.snapshot().traffic();
    List<Hit> failures = Outage.failures(traffic);
    List<Cause> causes = new ArrayList<>();
    if (!failures.isEmpty()) {
      new Inquiry(seen, traffic, failures).into(causes);
    }
    List<Hit> late = ProbeCheck.late(traffic);
    boolean drains =
        seen.snapshot().frontDoor().health().values().stream()
            .flatMap(List::stream)
            .anyMatch(t -> "draining".equals(t.targetHealth().stateAsString()));
    if (!late.isEmpty() && drains) {
      causes.add(ProbeCauses.oldTasksServe(seen, lines(late)));
    }
    return List.copyOf(causes);
  }

  private static List<String> lines(List<Hit> hits) {
    List<String> lines = new ArrayList<>();
    hits.stream()
        .limit(LINES)
        .forEach(h -> lines.add("request at %s: %s".formatted(h.at(), h.outcome())));
    if (hits.size() > LINES) {
      lines.add("and " + (hits.size() - LINES) + " more");
    }
    return List.copyOf(lines);
  }

  /** The failures with their circumstances. */
  private static final class Inquiry {

    private final Case seen;
    private final List<Hit> served;
    private final List<Hit> failures;
    private final Map<Hit, Circumstances> around = new HashMap<>();

    Inquiry(Case seen, Traffic traffic, List<Hit> failures) {
      this.seen = seen;
      this.served = Outage.sinceServing(traffic);
      this.failures = failures;
      served.forEach(h -> around.put(h, Circumstances.of(h, traffic)));
    }

    void into(List<Cause> causes) {
      List<Hit> down = those(h -> byBalancer(h) && at(h).nobodyHealthy());
      if (!down.isEmpty()) {
        causes.add(ProbeCauses.nobodyHealthy(seen, lines(down)));
      }
      List<Hit> stopping =
          those(h -> gateway(h) && at(h).leaving() && !at(h).nobodyHealthy() && !at(h).crashed());
      List<Hit> atRandom =
          those(h -> h.status() == 502 && byBalancer(h) && quiet(h) && !outlasts(h));
      if (atRandom.size() > 1 && share(atRandom, this::quiet) < FEW) {
        causes.add(ProbeCauses.keepAlive(seen, lines(atRandom)));
      }
      if (!stopping.isEmpty()
          && share(stopping, h -> at(h).leaving()) > CLEARLY * share(atRandom, this::quiet)) {
        List<Hit> cutOff = stopping.stream().filter(this::outlasts).toList();
        causes.add(
            cutOff.isEmpty()
                ? ProbeCauses.exitsTooSoon(seen, lines(stopping))
                : ProbeCauses.cutOff(seen, lines(cutOff)));
      }
      byTheApplication(causes);
    }

    /** Healthy for the load balancer, and yet most answers tell of an error. */
    private void byTheApplication(List<Cause> causes) {
      Predicate<Hit> settled = h -> !at(h).leaving() && !at(h).nobodyHealthy() && !at(h).crashed();
      List<Hit> errors = those(h -> h.origin() == Origin.TARGET && settled.test(h));
      if (errors.size() < 2 || share(errors, settled) < FEW / 2) {
        return;
      }
      boolean sinceRollback = errors.stream().allMatch(h -> at(h).rolledBack());
      causes.add(
          sinceRollback
              ? ProbeCauses.brokenByRollback(seen, lines(errors))
              : ProbeCauses.shallowHealth(seen, lines(errors)));
    }

    private Circumstances at(Hit hit) {
      return around.get(hit);
    }

    private boolean quiet(Hit hit) {
      return !at(hit).leaving() && !at(hit).nobodyHealthy() && !at(hit).crashed();
    }

    /** Whether a request took longer than a load balancer waits for one that is on its way. */
    private boolean outlasts(Hit hit) {
      return ProbeCauses.drain(seen)
          .filter(d -> hit.took().compareTo(d.minus(Duration.ofSeconds(1))) >= 0)
          .filter(d -> hit.took().compareTo(Duration.ofSeconds(2)) > 0)
          .isPresent();
    }

    private List<Hit> those(Predicate<Hit> which) {
      return failures.stream().filter(which).toList();
    }

    /** How many of all hits of a kind these are. */
    private double share(List<Hit> some, Predicate<Hit> kind) {
      long all = served.stream().filter(kind).count();
      return all == 0 ? 0 : (double) some.size() / all;
    }

    private static boolean byBalancer(Hit hit) {
      return hit.origin() == Origin.BALANCER && GATEWAY.contains(hit.status());
    }

    private static boolean gateway(Hit hit) {
      return GATEWAY.contains(hit.status())
          && (hit.origin() == Origin.BALANCER || hit.origin() == Origin.TARGET);
    }
  }
}
