package dev.slipway.twin.ecs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One seed's life of a service: it is created, disturbed for some minutes and left alone until it
 * rests. The invariants are held against every tick of the scheduler.
 */
public final class Simulation {

  private static final Duration PATIENCE = Duration.ofMinutes(60);

  private final List<String> trace = new ArrayList<>();
  private final SimWorld sim;
  private final SimService service;
  private final SimActions actions;
  private final SimRest rest;
  private final Instant began;
  private SimEvents events = new SimEvents(trace);
  private SimBreaker breaker = new SimBreaker();

  private Simulation(long seed) {
    sim = new SimWorld(seed);
    service = new SimService(sim, trace);
    actions = new SimActions(sim, service, this::rollbackWanted);
    rest = new SimRest(sim, service);
    began = sim.clock.instant();
  }

  /**
   * Runs a seed.
   *
   * @return what does not hold, with the trace; empty when all does
   */
  public static Optional<String> run(long seed) {
    Simulation simulation = new Simulation(seed);
    try {
      simulation.live();
      return Optional.empty();
    } catch (RuntimeException e) {
      StringBuilder report = new StringBuilder("seed " + seed + ": " + e + "\n");
      if (!(e instanceof SimFailure)) {
        for (int i = 0; i < Math.min(12, e.getStackTrace().length); i++) {
          report.append("    at ").append(e.getStackTrace()[i]).append('\n');
        }
      }
      simulation.trace.forEach(line -> report.append(line).append('\n'));
      simulation.describe(report);
      return Optional.of(report.toString());
    }
  }

  /** What the service's tasks are at, for whoever reads the trace. */
  private void describe(StringBuilder report) {
    ServiceRow row = service.row();
    report.append("desired ").append(row.service().desiredCount()).append('\n');
    row.rollouts()
        .forEach(r ->
            report.append(
                r.deployment().status()
                    + " "
                    + r.id()
                    + " "
                    + r.deployment().rolloutStateAsString()
                    + " "
                    + r.noStartBefore()
                    + "\n"));
    for (TaskRow task : sim.state.tasksOf(service.arn)) {
      if (task.step() != Step.STOPPED) {
        report.append(
            task.id()
                + " "
                + task.step()
                + " "
                + task.task().lastStatus()
                + " "
                + task.ip()
                + " of "
                + task.origin().deploymentId()
                + "\n");
      }
    }
    report.append(SimView.of(sim, service.arn).targets()).append('\n');
  }

  private void rollbackWanted() {
    events.rollbackWanted();
  }

  private void live() {
    create();
    int count = sim.random.nextInt(3, 9);
    for (int i = 0; i < count; i++) {
      // Often soon after one another, sometimes when all is quiet again.
      int most = sim.random.nextInt(4) == 0 ? 240 : 60;
      passUntil(sim.clock.instant().plusMillis(sim.random.nextInt(1, most * 1000)));
      String told = actions.next();
      if (!told.isEmpty()) {
        note(told);
        events.disturbed();
      }
      if (sim.random.nextInt(40) == 0) {
        recreate();
      }
    }
    comeToRest();
  }

  private void create() {
    SimService.Kind kind = sim.random.nextInt(8) == 0 ? SimService.Kind.SICK : SimService.Kind.GOOD;
    service.create(
        service.definition(kind),
        sim.random.nextInt(1, 5),
        sim.random.nextInt(2) * 30,
        actions.firstConfiguration());
    note("create " + kind + actions.told());
    if (sim.random.nextInt(4) > 0) {
      passUntil(sim.clock.instant().plusSeconds(150));
    }
  }

  private void recreate() {
    service.delete();
    note("delete");
    Instant deadline = sim.clock.instant().plus(PATIENCE);
    while (!service.row().inactive()) {
      require(sim.clock.instant().isBefore(deadline), "the service never becomes INACTIVE");
      tick();
    }
    events = new SimEvents(trace);
    breaker = new SimBreaker();
    sim.clock.advance(Duration.ofMinutes(2));
    require(SimView.of(sim, service.arn).targets().isEmpty(), "a deleted service has left targets");
    create();
  }

  private void comeToRest() {
    sim.probes.healAll();
    SimView now = SimView.of(sim, service.arn);
    boolean sound = service.kindOf(now.service().service().taskDefinition()).sound();
    boolean stuck = now.lower() >= now.desired() && now.upper() <= now.desired();
    if (!sound || stuck) {
      String definition = service.definition(SimService.Kind.GOOD);
      service.update(u ->
          u.taskDefinition(definition)
              .deploymentConfiguration(d ->
                  d.minimumHealthyPercent(50)
                      .maximumPercent(200)
                      .earlySuccessCriteria(c -> c.enable(false))));
      note("mend");
    }
    Instant deadline = sim.clock.instant().plus(PATIENCE);
    do {
      while (!rest.reached()) {
        require(sim.clock.instant().isBefore(deadline), "the service never comes to rest");
        tick();
      }
      // What drains is gone then, and zones are even.
      passUntil(sim.clock.instant().plusSeconds(45));
    } while (!rest.reached());
    note("rest");
    rest.check();
  }

  private void passUntil(Instant end) {
    while (!service.row().nextTick().isAfter(end)) {
      tick();
    }
    advanceTo(end);
  }

  /** Up to and over the next tick of the scheduler, which is held against the invariants. */
  private void tick() {
    Instant next = service.row().nextTick();
    advanceTo(next.minusMillis(1));
    SimView before = SimView.of(sim, service.arn);
    sim.clock.advance(Duration.between(sim.clock.instant(), next));
    SimView after = SimView.of(sim, service.arn);
    events.check(after);
    SimBounds.check(before, after);
    breaker.check(before, after);
  }

  private void advanceTo(Instant when) {
    if (when.isAfter(sim.clock.instant())) {
      sim.clock.advance(Duration.between(sim.clock.instant(), when));
    }
  }

  private void note(String what) {
    trace.add(Duration.between(began, sim.clock.instant()).toMillis() / 1000.0 + " " + what);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new SimFailure(what);
    }
  }
}
