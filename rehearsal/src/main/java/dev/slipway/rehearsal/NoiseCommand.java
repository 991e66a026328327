package dev.slipway.rehearsal;

import dev.slipway.rehearsal.noise.NoisePage;
import dev.slipway.rehearsal.noise.NoisyRun;
import dev.slipway.rehearsal.noise.NoisyRuns;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.validation.Quiet;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slipway rehearse noise}: would the verifier cry wolf? */
@Command(
    name = "noise",
    sortOptions = false,
    description = "Verify healthy deployments on the twin while calls fail and the service moves.",
    footer = "Exit code: 0 no false alarm and every run made, 1 not so, 2 wrong use.")
public final class NoiseCommand implements Callable<Integer> {

  @Option(names = "--runs", description = "How many deployments (default 200).")
  private int runs = 200;

  @Option(names = "--seed", description = "Decides what each meets (default 1).")
  private long seed = 1;

  @Option(names = "--scale", description = "World seconds a real second (default 30).")
  private double scale = 30;

  @Option(
      names = "--at-once",
      description = "How many run at the same time (default 6 for each processor).")
  private int atOnce = 6 * Runtime.getRuntime().availableProcessors();

  @Option(names = "--page", paramLabel = "FILE", description = "Write the figures there.")
  private Path page;

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public NoiseCommand() {}

  @Override
  public Integer call() throws Exception {
    Quiet.libraries();
    Path work = Files.createTempDirectory("slipway-noise");
    Cleanup cleanup = Cleanup.atExit(work);
    try (Ground ground =
        Ground.up(
            new Ground.Options(RehearseCommand.root(), work, scale, RuntimeKind.SIMULATED, 0))) {
      List<NoisyRun> all = new NoisyRuns(ground, atOnce, this::tell).run(runs, seed);
      long alarms = all.stream().filter(NoisyRun::isFalseAlarm).count();
      long broken = all.stream().filter(NoisyRun::isBroken).count();
      if (page != null) {
        Files.writeString(page, NoisePage.of(all, seed, scale));
      }
      say("%d false alarms in %d runs, %d not made".formatted(alarms, all.size(), broken));
      return alarms + broken == 0 ? 0 : 1;
    } finally {
      cleanup.now();
    }
  }

  private void tell(NoisyRun run) {
    String word =
        run.isBroken() ? "BROKEN" : run.isFalseAlarm() ? "ALARM" : run.verdict().toString();
    say(
        "%-8s %4d %5.0f s %4d struck  %s  %s"
            .formatted(
                word,
                run.weather().number(),
                run.seconds(),
                run.struck(),
                run.weather().words(),
                run.isBroken() ? run.trouble() : run.said()));
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
