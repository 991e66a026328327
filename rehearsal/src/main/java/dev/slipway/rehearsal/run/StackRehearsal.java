package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rehearses on somebody's own stack: what it is told of as it is comes first, then the faults that
 * can be made in it. What it is told of anyway counts for nothing.
 */
public final class StackRehearsal {

  private final Ground ground;
  private final Turns gate;
  private final boolean withPeers;
  private final Listener progress;

  /**
   * A rehearsal on the ground of somebody's stack.
   *
   * @param atOnce how many trials run at the same time
   * @param withPeers whether the others are asked too
   * @param progress hears each outcome as soon as it is there
   */
  public StackRehearsal(Ground ground, int atOnce, boolean withPeers, Listener progress) {
    this.ground = ground;
    this.gate = new Turns(atOnce);
    this.withPeers = withPeers;
    this.progress = progress;
  }

  /** Who hears of what goes on, one thing at a time. */
  public interface Listener {
    /** So many outcomes are to come. */
    void expect(int outcomes);

    /** What is told of the stack without any fault. */
    void asItIs(Outcome outcome);

    /** A run in which nothing is wrong. */
    void healthy(Outcome outcome);

    /** A fault. */
    void fault(Outcome outcome);
  }

  /** How a deployment is made and who looks at it. */
  private record Look(Kind kind, Detector detector) {

    static Look of(Fault fault) {
      return new Look(fault.kind(), fault.detector());
    }

    String words() {
      return kind.words() + ", " + detector.command();
    }
  }

  /**
   * What a rehearsal of a stack came to.
   *
   * @param asItIs what is told of it without a fault, by deployment and command
   * @param healthy the same deployments made again: what is told now, and was not before, is false
   * @param faults those that were made
   * @param left the ids of those that were not, with the reason
   */
  public record Result(
      Map<String, List<String>> asItIs,
      List<Outcome> healthy,
      List<Outcome> faults,
      Map<String, String> left) {}

  /** Rehearses these faults, as far as they can be made. */
  public Result run(List<Fault> faults, long seed) throws Exception {
    Map<String, String> left = new LinkedHashMap<>();
    List<Fault> possible = possible(faults, left);
    Map<Look, Outcome> before = asItIs(possible, seed);
    Map<Look, Known> known = new LinkedHashMap<>();
    before.forEach((look, outcome) -> known.put(look, Known.of(outcome)));
    List<Fault> made = new ArrayList<>();
    for (Fault fault : possible) {
      Outcome healthy = before.get(Look.of(fault));
      Optional<String> already =
          fault.causes().stream().filter(Known.of(healthy).causes()::contains).findFirst();
      if (healthy.isBroken()) {
        left.put(
            fault.id(),
            "no such deployment can be made here (%s): %s"
                .formatted(fault.kind().words(), healthy.trouble()));
      } else if (already.isPresent()) {
        left.put(fault.id(), "it is so already: " + already.get());
      } else {
        made.add(fault);
      }
    }
    List<Fault> again =
        before.entrySet().stream()
            .filter(e -> !e.getValue().isBroken())
            .map(e -> e.getValue().fault().renamed("healthy: " + e.getKey().words()))
            .toList();
    Map<String, List<String>> told = new LinkedHashMap<>();
    before.forEach(
        (look, o) -> told.put(look.words(), Known.of(o).causes().stream().sorted().toList()));
    progress.expect(again.size() + made.size());
    return new Result(
        told,
        beside(known, progress::healthy).run(again, seed),
        beside(known, progress::fault).run(made, seed),
        left);
  }

  private Rehearsal beside(Map<Look, Known> known, Consumer<Outcome> heard) {
    return new Rehearsal(
        ground, gate, withPeers, heard, f -> known.getOrDefault(Look.of(f), Known.NOTHING));
  }

  private List<Fault> possible(List<Fault> faults, Map<String, String> left) throws Exception {
    Map<Need, Boolean> met = new EnumMap<>(Need.class);
    Stage stage = ground.stage();
    try {
      for (Need need : Need.values()) {
        met.put(need, need.met(stage));
      }
    } finally {
      ground.strike(stage);
    }
    List<Fault> possible = new ArrayList<>();
    for (Fault fault : faults) {
      Optional<Need> unmet = fault.needs().stream().filter(n -> !met.get(n)).findFirst();
      unmet.ifPresentOrElse(n -> left.put(fault.id(), n.lacking()), () -> possible.add(fault));
    }
    return possible;
  }

  private Map<Look, Outcome> asItIs(List<Fault> faults, long seed) throws InterruptedException {
    List<Look> looks = faults.stream().map(Look::of).distinct().toList();
    List<Fault> runs =
        looks.stream()
            .map(l ->
                Fault.of("as it is: " + l.words(), Layer.SVC, Severity.LOW)
                    .wrong("Nothing")
                    .on(l.kind())
                    .by(l.detector())
                    .make(stage -> {})
                    .build())
            .toList();
    progress.expect(runs.size());
    List<Outcome> outcomes = new Rehearsal(ground, gate, false, progress::asItIs).run(runs, seed);
    Map<Look, Outcome> told = new LinkedHashMap<>();
    for (int i = 0; i < looks.size(); i++) {
      told.put(looks.get(i), outcomes.get(i));
    }
    return told;
  }
}
