package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Chooses pairs of faults of which neither hides the other: one of any sort, and one that does not
 * keep the service from serving, in another layer.
 */
public final class PairChoice {

  /** Two faults. */
  public record Pair(Fault first, Fault second) {

    /** Both as one: the quiet one is made first. */
    Fault both() {
      return new Fault(
          first.id() + " + " + second.id(),
          first.layer(),
          first.severity(),
          first.wrong() + "; " + second.wrong(),
          first.kind(),
          first.detector(),
          stage -> {
            second.make().on(stage);
            first.make().on(stage);
          },
          first.afterwards(),
          List.of(),
          Stream.concat(first.causes().stream(), second.causes().stream()).toList(),
          "",
          List.of(),
          Stream.concat(first.needs().stream(), second.needs().stream()).distinct().toList());
    }
  }

  private PairChoice() {}

  /** So many pairs, or all that there are, in an order that the seed decides. */
  public static List<Pair> of(List<Fault> faults, int number, long seed) {
    List<Pair> all = new ArrayList<>();
    for (Fault first : faults) {
      for (Fault second : faults) {
        if (quiet(second)
            && first.detector() == Detector.VERIFY
            && first.kind() != Kind.FIRST
            && first.layer() != second.layer()
            && !undone(second, first)
            && (!quiet(first) || first.id().compareTo(second.id()) < 0)) {
          all.add(new Pair(first, second));
        }
      }
    }
    Collections.shuffle(all, new Random(seed));
    return List.copyOf(all.subList(0, Math.min(number, all.size())));
  }

  /** Whether the deployment of one fault replaces the revision that the other is in. */
  private static boolean undone(Fault fault, Fault by) {
    return fault.layer() == Layer.TD && by.kind() != Kind.STANDING && by.kind() != Kind.SCALE_OUT;
  }

  /** Whether a fault is only of posture: it is there, and the service serves. */
  private static boolean quiet(Fault fault) {
    return fault.kind() == Kind.STANDING
        && fault.detector() == Detector.VERIFY
        && fault.afterwards() == Step.NONE
        && !fault.checks().isEmpty()
        && fault.checks().stream()
            .allMatch(c -> c.endsWith("posture") || c.equals("observability"));
  }
}
