package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Makes faults, each on a stage of its own, some at a time, and hears what is said of them. */
public final class Rehearsal {

  private final Ground ground;
  private final int atOnce;
  private final Consumer<Outcome> progress;

  /**
   * A rehearsal on a ground.
   *
   * @param atOnce how many trials run at the same time
   * @param progress hears each outcome as soon as it is there, one at a time
   */
  public Rehearsal(Ground ground, int atOnce, Consumer<Outcome> progress) {
    this.ground = ground;
    this.atOnce = atOnce;
    this.progress = progress;
  }

  /**
   * Makes all faults, in an order that the seed decides. A trial that comes to nothing is an
   * outcome too.
   *
   * @return the outcomes in the order of the faults
   */
  public List<Outcome> run(List<Fault> faults, long seed) throws InterruptedException {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < faults.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    Outcome[] outcomes = new Outcome[faults.size()];
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<?>> trials = new ArrayList<>();
      for (int i : order) {
        trials.add(
            threads.submit(() -> {
              outcomes[i] = trial(faults.get(i));
              synchronized (this) {
                progress.accept(outcomes[i]);
              }
            }));
      }
      try {
        for (Future<?> trial : trials) {
          trial.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a trial does not throw", e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
    return List.of(outcomes);
  }

  /** A fault of the catalogue may do anything: whatever it throws is its own outcome. */
  @SuppressWarnings("CatchAndPrintStackTrace")
  private Outcome trial(Fault fault) {
    Stage stage = null;
    try {
      stage = ground.stage();
      ground.deploy(stage, fault.kind(), fault.make(), fault.afterwards());
      return Outcome.of(fault, Verifying.of(ground, stage));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.broken(fault, e);
    } catch (Exception | AssertionError | StackOverflowError e) {
      return Outcome.broken(fault, e);
    } finally {
      if (stage != null) {
        ground.strike(stage);
      }
    }
  }
}
