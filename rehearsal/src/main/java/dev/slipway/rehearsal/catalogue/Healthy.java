package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.validation.check.Severity;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Deployments in which nothing is wrong: whoever fails one gives a false alarm. */
public final class Healthy {

  private Healthy() {}

  /** So many healthy runs of every kind. */
  public static List<Fault> runs(int ofEach) {
    return Stream.of(Kind.STANDING, Kind.FIRST, Kind.UPDATE, Kind.SCALE_OUT, Kind.DESTROY)
        .flatMap(kind -> IntStream.rangeClosed(1, ofEach).mapToObj(i -> run(kind, i)))
        .toList();
  }

  private static Fault run(Kind kind, int number) {
    return Fault.of("healthy: " + kind.words() + " " + number, Layer.SVC, Severity.LOW)
        .wrong("Nothing")
        .on(kind)
        .make(stage -> {})
        .build();
  }
}
