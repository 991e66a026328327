package dev.slipway.rehearsal;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.run.StackRehearsal;
import dev.slipway.rehearsal.score.Score;
import dev.slipway.rehearsal.score.Scoring;
import dev.slipway.rehearsal.score.StackPages;
import dev.slipway.rehearsal.score.StackScore;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Origin;
import dev.slipway.validation.report.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Rehearses faults on somebody's own stack and tells what came of it.
 *
 * @param stack its directory, as it was named
 * @param commit the revision that the score is of
 * @param seed decides the order
 * @param atOnce how many trials run at the same time
 */
record Stacking(Path stack, String commit, long seed, int atOnce) {

  /** Why its score cannot be written to a directory; empty when it can. */
  static Optional<Message> refusal(Path stack, Path pages) throws IOException {
    if (!StackPages.wouldReplaceAnother(pages)) {
      return Optional.empty();
    }
    return Optional.of(
        new Message(
            "the score of " + stack + " is not written to " + pages,
            "expected a directory without a score of something else; it has Slipway's own",
            "the directory of another rehearsal",
            List.of("slipway rehearse --stack " + stack + " --score rehearsal-of-my-stack")));
  }

  /** Makes those of the faults that can be made. */
  StackScore run(Ground ground, List<Fault> faults, LiveLines lines) throws Exception {
    Origin.Brought brought = ground.brought();
    String service = brought.wanted().service();
    lines.say("service %s is healthy in %s".formatted(service, ground.twin().region()));
    brought.notes().forEach(note -> lines.say("  " + note));
    long begun = System.nanoTime();
    StackRehearsal.Result result =
        new StackRehearsal(ground, atOnce, true, lines).run(faults, seed);
    double seconds = (System.nanoTime() - begun) / 1e9;
    Score score = Scoring.of(commit, seed, seconds, result.faults(), result.healthy(), List.of());
    lines.say("");
    result.left().forEach((id, why) -> lines.say("not made %-38s %s".formatted(id, why)));
    lines.say(
        "%d faults of %d could be made, %d detected, %d named; %d false alarms in %d healthy runs; %.0f s"
            .formatted(
                score.faults(),
                faults.size(),
                score.detected(),
                score.named(),
                score.falseAlarms(),
                score.healthyRuns(),
                seconds));
    return new StackScore(
        stack.toString(),
        service,
        ground.twin().region(),
        brought.notes(),
        result.asItIs(),
        result.left(),
        score);
  }
}
