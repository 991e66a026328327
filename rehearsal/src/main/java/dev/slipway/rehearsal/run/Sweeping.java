package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.sweep.Sweep;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Asks the sweep what is left of a stack that was destroyed, as {@code make destroy} does. */
final class Sweeping {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Sweeping() {}

  /** What is left. */
  static Outcome of(Ground ground, Stage stage, Fault fault, Known known)
      throws Unanswered, InterruptedException {
    LookTime time = new LookTime(ground.time());
    try (Aws aws = ground.clients(stage.account())) {
      Sweep.Findings findings = new Sweep(aws, time, time).run(Set.of(), List.of(), PATIENCE);
      return Outcome.of(fault, findings, stage.left(), time.waited().toSeconds(), known);
    }
  }
}
