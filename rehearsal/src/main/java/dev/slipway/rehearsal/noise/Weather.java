package dev.slipway.rehearsal.noise;

import dev.slipway.rehearsal.stage.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What one healthy deployment meets; a seed decides it, and the same seed decides the same.
 *
 * @param number its number in the run
 * @param kind the deployment
 * @param noises what is thrown at it
 * @param share the share of the calls that fail or are late, for each noise that has one
 * @param late how late slow answers are, in real time
 * @param burst how many calls a burst refuses
 * @param listensAfter seconds that a slow program takes
 * @param scaledAfter when the service is scaled, counted from the beginning of the verification
 * @param probe whether steady requests are sent, too
 */
public record Weather(
    int number,
    Kind kind,
    Set<Noise> noises,
    double share,
    Duration late,
    int burst,
    double listensAfter,
    Duration scaledAfter,
    boolean probe) {

  private static final List<Kind> KINDS =
      List.of(Kind.STANDING, Kind.FIRST, Kind.UPDATE, Kind.SCALE_OUT);

  /** The number's weather in the run of a seed: one noise to three, and every noise in turn. */
  public static Weather of(long seed, int number) {
    // The first draws of two Randoms whose seeds are neighbours are nearly the same.
    Random random = new Random(new SplittableRandom(seed * 1_000_003 + number).nextLong());
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    List<Noise> all = List.of(Noise.values());
    Set<Noise> noises = EnumSet.of(all.get(number % all.size()));
    List<Noise> others = new ArrayList<>(all);
    Collections.shuffle(others, random);
    noises.addAll(others.subList(0, random.nextInt(3)));
    if (noises.contains(Noise.SLOW_START) && kind != Kind.FIRST) {
      kind = Kind.UPDATE;
    }
    if (noises.contains(Noise.SCALING_IN) && noises.contains(Noise.SCALING_OUT)) {
      noises.remove(Noise.SCALING_OUT);
    }
    if (noises.contains(Noise.REBALANCING)) {
      // Whatever deploys or scales spreads the tasks anew, and nothing is left to be moved.
      kind = Kind.STANDING;
      noises.removeAll(Set.of(Noise.SCALING_IN, Noise.SCALING_OUT, Noise.SLOW_START));
    }
    return new Weather(
        number,
        kind,
        Set.copyOf(noises),
        0.05 + 0.25 * random.nextDouble(),
        Duration.ofMillis(50 + random.nextInt(250)),
        4 + random.nextInt(12),
        5 + random.nextInt(25),
        Duration.ofSeconds(random.nextInt(20)),
        random.nextInt(4) == 0);
  }

  /** Whether something is thrown. */
  public boolean has(Noise noise) {
    return noises.contains(noise);
  }

  /** What it is, for people. */
  public String words() {
    return kind.words()
        + (probe ? ", probed" : "")
        + ": "
        + noises.stream().sorted().map(Noise::words).collect(Collectors.joining(", "));
  }
}
