package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.peer.AwsWaiters;
import dev.slipway.rehearsal.peer.EcsDeploy;
import dev.slipway.rehearsal.peer.Heard;
import dev.slipway.rehearsal.peer.Peer;
import dev.slipway.rehearsal.peer.PlainChecks;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.rehearsal.stage.Step;
import dev.slipway.validation.observe.Extras;
import dev.slipway.validation.observe.TerraformState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes faults, each on a stage of its own, some at a time, and hears what is said of them. */
public final class Rehearsal {

  private static final Extras PROBING = new Extras(10, TerraformState.NONE);
  private static final Duration SOAK = Duration.ofMinutes(5);
  private static final List<Peer> PEERS = List.of(new PlainChecks(), new AwsWaiters());

  private final Ground ground;
  private final Turns gate;
  private final boolean withPeers;
  private final Consumer<Outcome> progress;
  private final Function<Fault, Known> known;
  private final ExecutorService lookers = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * A rehearsal on a ground.
   *
   * @param atOnce how many trials run at the same time
   * @param withPeers whether the others are asked too
   * @param progress hears each outcome as soon as it is there, one at a time
   */
  public Rehearsal(Ground ground, int atOnce, boolean withPeers, Consumer<Outcome> progress) {
    this(ground, new Turns(atOnce), withPeers, progress);
  }

  /** A rehearsal that shares its turns with others on the same ground. */
  public Rehearsal(Ground ground, Turns gate, boolean withPeers, Consumer<Outcome> progress) {
    this(ground, gate, withPeers, progress, f -> Known.NOTHING);
  }

  /** One on a stack of which something is told as it is. */
  Rehearsal(
      Ground ground,
      Turns gate,
      boolean withPeers,
      Consumer<Outcome> progress,
      Function<Fault, Known> known) {
    this.known = known;
    this.ground = ground;
    this.gate = gate;
    this.withPeers = withPeers;
    this.progress = progress;
  }

  /** Makes pairs of faults. */
  public List<PairOutcome> pairs(List<PairChoice.Pair> pairs, long seed)
      throws InterruptedException {
    List<Outcome> outcomes = run(pairs.stream().map(PairChoice.Pair::both).toList(), seed);
    List<PairOutcome> told = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      told.add(new PairOutcome(pairs.get(i).first(), pairs.get(i).second(), outcomes.get(i)));
    }
    return told;
  }

  /** Asks the verifier about a stage on which a fault was made. */
  public Outcome verify(Fault fault, Stage stage) throws Exception {
    return switch (fault.detector()) {
      case VERIFY -> verified(fault, stage, Extras.NONE, Duration.ZERO);
      case PROBE -> verified(fault, stage, PROBING, Duration.ZERO);
      case SOAK -> verified(fault, stage, Extras.NONE, SOAK);
      case STATE ->
          verified(
              fault,
              stage,
              new Extras(0, TerraformState.parse(stage.terraform().show())),
              Duration.ZERO);
      case PREFLIGHT -> Outcome.of(fault, Foretelling.of(ground, stage), known.apply(fault));
      case SWEEP -> Sweeping.of(ground, stage, fault, known.apply(fault));
    };
  }

  private Outcome verified(Fault fault, Stage stage, Extras extras, Duration soak)
      throws Exception {
    return Outcome.of(fault, Verifying.of(ground, stage, extras, soak), known.apply(fault));
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
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> trials = new ArrayList<>();
      for (int i : order) {
        trials.add(
            threads.submit(() -> {
              outcomes[i] = turn(faults.get(i));
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

  /** Whether there is a deployment to look at, for whoever looks after it. */
  private static boolean deployed(Fault fault) {
    return fault.detector() != Detector.PREFLIGHT && fault.detector() != Detector.SWEEP;
  }

  private static boolean deploysToo(Fault fault) {
    return EcsDeploy.makes(fault.kind()) && fault.afterwards() == Step.NONE;
  }

  /** Has ecs-deploy make the same deployment on a stage of its own. */
  private Heard deployer(Fault fault) throws Exception {
    Optional<EcsDeploy> program = EcsDeploy.installed();
    if (program.isEmpty() || !deploysToo(fault)) {
      return EcsDeploy.notAsked(program.isEmpty() ? "not installed" : "makes no such deployment");
    }
    Stage stage = ground.stage();
    try {
      boolean[] plain = new boolean[1];
      Step make =
          s -> {
            fault.make().on(s);
            plain[0] = s.release().isPlain();
            s.release().withoutUpdate();
          };
      ground.deploy(stage, fault.kind(), make, Step.NONE);
      return plain[0]
          ? program.get().deploy(stage)
          : EcsDeploy.notAsked("makes no such deployment");
    } finally {
      ground.strike(stage);
    }
  }

  /** Waits for a turn. */
  private Outcome turn(Fault fault) {
    try {
      gate.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.broken(fault, e);
    }
    try {
      return trial(fault);
    } finally {
      gate.release();
    }
  }

  /** A fault of the catalogue may do anything: whatever it throws is its own outcome. */
  @SuppressWarnings("CatchAndPrintStackTrace")
  private Outcome trial(Fault fault) {
    Stage stage = null;
    try {
      stage = ground.stage();
      if (fault.detector() == Detector.PREFLIGHT) {
        ground.plan(stage, fault.kind(), fault.make());
      } else {
        ground.deploy(stage, fault.kind(), fault.make(), fault.afterwards());
      }
      Stage made = stage;
      List<Future<Heard>> looks =
          (withPeers && deployed(fault) ? PEERS : List.<Peer>of())
              .stream().map(peer -> lookers.submit(() -> peer.look(made))).toList();
      Outcome outcome = verify(fault, stage);
      List<Heard> heard = new ArrayList<>();
      // They only wait: somebody else may work meanwhile.
      gate.release();
      try {
        for (Future<Heard> look : looks) {
          heard.add(look.get());
        }
      } finally {
        if (withPeers && EcsDeploy.installed().isPresent() && deploysToo(fault)) {
          ground.strike(stage);
          stage = null;
          gate.acquireUninterruptibly();
        } else {
          gate.again();
        }
      }
      if (withPeers && deployed(fault)) {
        heard.add(deployer(fault));
      }
      return outcome.with(heard);
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
