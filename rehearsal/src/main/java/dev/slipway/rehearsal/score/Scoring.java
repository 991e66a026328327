package dev.slipway.rehearsal.score;

import dev.slipway.rehearsal.catalogue.Unseen;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.peer.Heard;
import dev.slipway.rehearsal.run.Outcome;
import dev.slipway.rehearsal.run.PairOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Counts outcomes. */
public final class Scoring {

  private Scoring() {}

  /** The score of a run. */
  public static Score of(
      String commit,
      long seed,
      double seconds,
      List<Outcome> faults,
      List<Outcome> healthy,
      List<PairOutcome> pairs) {
    return new Score(
        commit,
        seed,
        faults.size(),
        count(faults.stream().filter(Outcome::detected)),
        count(faults.stream().filter(Outcome::named)),
        count(healthy.stream().filter(o -> o.detected() || o.isBroken())),
        healthy.size(),
        Math.round(seconds * 10) / 10.0,
        pairs(pairs),
        peers(faults, healthy),
        faults.stream().map(Scoring::entry).toList(),
        Unseen.ALL.entrySet().stream()
            .map(e -> new Score.Unseen(e.getKey(), e.getValue()))
            .toList());
  }

  private static Score.Pairs pairs(List<PairOutcome> pairs) {
    return new Score.Pairs(
        pairs.size(),
        count(pairs.stream().filter(PairOutcome::bothFound)),
        pairs.stream().filter(p -> !p.bothFound()).map(PairOutcome::line).toList());
  }

  private static Map<String, Score.Peer> peers(List<Outcome> faults, List<Outcome> healthy) {
    Map<String, Score.Peer> peers = new LinkedHashMap<>();
    faults.stream()
        .flatMap(o -> o.peers().stream())
        .map(Heard::peer)
        .distinct()
        .forEach(name ->
            peers.put(
                name,
                new Score.Peer(
                    count(heard(faults, name).filter(Heard::asked)),
                    count(heard(faults, name).filter(Heard::alarmed)),
                    count(
                        faults.stream().filter(o -> heard(List.of(o), name).anyMatch(o::namedBy))),
                    count(heard(healthy, name).filter(Heard::alarmed)))));
    return peers;
  }

  private static Stream<Heard> heard(List<Outcome> outcomes, String peer) {
    return outcomes.stream().flatMap(o -> o.peers().stream()).filter(h -> h.peer().equals(peer));
  }

  private static Score.Entry entry(Outcome outcome) {
    Fault fault = outcome.fault();
    Map<String, Score.Word> words = new LinkedHashMap<>();
    for (Heard heard : outcome.peers()) {
      words.put(
          heard.peer(),
          new Score.Word(verdict(outcome, heard), heard.words(), round(heard.seconds())));
    }
    return new Score.Entry(
        fault.id(),
        fault.layer().name().toLowerCase(Locale.ROOT),
        fault.severity().word(),
        fault.wrong(),
        fault.kind().words(),
        fault.detector().command(),
        outcome.detected(),
        outcome.named(),
        fault.causes(),
        outcome.failed(),
        outcome.causes().isEmpty() ? told(outcome) : outcome.causes(),
        outcome.resource(),
        outcome.said(),
        round(outcome.seconds()),
        words,
        fault.sources(),
        outcome.trouble());
  }

  /** What was told as advice, where nothing failed. */
  private static List<String> told(Outcome outcome) {
    return outcome.advice().stream().filter(outcome.fault()::isNamedBy).toList();
  }

  private static String verdict(Outcome outcome, Heard heard) {
    if (!heard.asked()) {
      return "-";
    }
    return outcome.namedBy(heard) ? "named" : heard.alarmed() ? "alarm" : "passed";
  }

  private static double round(double seconds) {
    return Math.round(seconds);
  }

  private static int count(Stream<?> found) {
    return (int) found.count();
  }
}
