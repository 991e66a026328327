package dev.slipway.rehearsal.noise;

import dev.slipway.rehearsal.catalogue.Shortage;
import dev.slipway.rehearsal.run.Verifying;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.rehearsal.stage.Step;
import dev.slipway.validation.observe.Extras;
import dev.slipway.validation.observe.TerraformState;
import dev.slipway.validation.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;

/** Makes healthy deployments in bad weather, some at a time, and hears what the verifier says. */
public final class NoisyRuns {

  private static final Extras PROBING = new Extras(2, TerraformState.NONE);
  private static final Duration SOAK = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int TRIES = 40;

  private final Ground ground;
  private final int atOnce;
  private final Consumer<NoisyRun> progress;

  /**
   * Runs on a ground.
   *
   * @param atOnce how many at the same time
   * @param progress hears each as soon as it is over, one at a time
   */
  public NoisyRuns(Ground ground, int atOnce, Consumer<NoisyRun> progress) {
    this.ground = ground;
    this.atOnce = atOnce;
    this.progress = progress;
  }

  /** Makes so many runs; the seed decides what each of them meets. */
  public List<NoisyRun> run(int count, long seed) throws InterruptedException {
    List<NoisyRun> runs = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
      List<Future<NoisyRun>> trials =
          IntStream.range(0, count)
              .mapToObj(number -> threads.submit(() -> told(Weather.of(seed, number))))
              .toList();
      try {
        for (Future<NoisyRun> trial : trials) {
          runs.add(trial.get());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a trial does not throw", e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
    return runs;
  }

  private NoisyRun told(Weather weather) {
    NoisyRun run = trial(weather);
    synchronized (this) {
      progress.accept(run);
    }
    return run;
  }

  /** A trial that could not be made is told as such, and is no verdict on the verifier. */
  private NoisyRun trial(Weather weather) {
    Stage stage = null;
    try {
      stage = ground.stage();
      ground.deploy(stage, weather.kind(), s -> prepare(s, weather), Step.NONE);
      return verified(stage, weather);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NoisyRun.broken(weather, e);
    } catch (Exception e) {
      return NoisyRun.broken(weather, e);
    } finally {
      if (stage != null) {
        ground.strike(stage);
      }
    }
  }

  private static void prepare(Stage stage, Weather weather) throws Exception {
    if (weather.has(Noise.SLOW_START)) {
      stage.release().program(Program.healthy().listeningAfter(weather.listensAfter()));
      String group = stage.its().targetGroup().targetGroupArn();
      stage
          .elb()
          .modifyTargetGroupAttributes(r ->
              r.targetGroupArn(group)
                  .attributes(a -> a.key("slow_start.duration_seconds").value("30")));
    }
    if (weather.has(Noise.SCALING_IN) && weather.kind() != Kind.FIRST) {
      scale(stage, 2);
      stage.time().await("scaled out", PATIENCE, stage.its()::steady);
    }
    if (weather.has(Noise.REBALANCING)) {
      crowd(stage);
    }
  }

  /** Has new tasks started in one zone only, as while the other has no room; then it has again. */
  private static void crowd(Stage stage) throws Exception {
    Shortage.of(stage, stage.its().tasks().getFirst().availabilityZone());
    scale(stage, 2);
    stage.time().await("it is scaled out in one zone", PATIENCE, stage.its()::steady);
    Shortage.end(stage);
  }

  private NoisyRun verified(Stage stage, Weather weather) throws Exception {
    try (Storm storm = Storm.over(stage, weather);
        ExecutorService hand = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> scaling = hand.submit(() -> scale(stage, weather));
      Report report = Verifying.of(ground, stage, weather.probe() ? PROBING : Extras.NONE, SOAK);
      scaling.get();
      return NoisyRun.of(weather, report, storm.struck());
    }
  }

  private static Void scale(Stage stage, Weather weather) throws InterruptedException {
    int by = weather.has(Noise.SCALING_OUT) ? 2 : weather.has(Noise.SCALING_IN) ? -2 : 0;
    if (by == 0 || (by < 0 && weather.kind() == Kind.FIRST)) {
      return null;
    }
    stage.pass(weather.scaledAfter());
    scale(stage, by);
    return null;
  }

  /** Whoever scales meets the same weather, and tries again. */
  private static void scale(Stage stage, int by) throws InterruptedException {
    int wanted = 0;
    for (int i = 0; ; i++) {
      try {
        wanted = wanted == 0 ? stage.its().described().desiredCount() + by : wanted;
        int count = wanted;
        stage
            .ecs()
            .updateService(r ->
                r.cluster(stage.its().cluster())
                    .service(stage.its().service())
                    .desiredCount(count));
        return;
      } catch (SdkException e) {
        if (i == TRIES) {
          throw e;
        }
        stage.pass(Duration.ofSeconds(1));
      }
    }
  }
}
