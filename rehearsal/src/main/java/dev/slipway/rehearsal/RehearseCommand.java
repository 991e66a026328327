package dev.slipway.rehearsal;

import dev.slipway.rehearsal.catalogue.Catalogue;
import dev.slipway.rehearsal.catalogue.Healthy;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.run.Outcome;
import dev.slipway.rehearsal.run.Rehearsal;
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

/** {@code slipway rehearse}: would the verifier notice? */
@Command(
    name = "rehearse",
    sortOptions = false,
    description = "Break a deployment on the twin in every known way, and see who notices.",
    footer = "Exit code: 0 all faults detected, 1 one was not, 2 wrong use.")
public final class RehearseCommand implements Callable<Integer> {

  @Option(names = "--fault", description = "Only this fault; may be repeated.")
  private List<String> only = List.of();

  @Option(names = "--seed", description = "Decides the order and the pairs (default 1).")
  private long seed = 1;

  @Option(names = "--scale", description = "World seconds a real second (default 30).")
  private double scale = 30;

  @Option(names = "--at-once", description = "How many trials run at the same time.")
  private int atOnce = 4 * Runtime.getRuntime().availableProcessors();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Quiet.libraries();
    PrintWriter out = spec.commandLine().getOut();
    List<Fault> faults =
        Catalogue.ALL.stream().filter(f -> only.isEmpty() || only.contains(f.id())).toList();
    Path work = Files.createTempDirectory("slipway-rehearsal");
    long begun = System.nanoTime();
    try (Ground ground =
        Ground.up(
            new Ground.Options(
                Path.of(System.getProperty("slipway.home", "."), "terraform").toRealPath(),
                work,
                scale,
                RuntimeKind.SIMULATED,
                0))) {
      out.printf("up after %.1f s%n", (System.nanoTime() - begun) / 1e9);
      out.flush();
      Rehearsal rehearsal = new Rehearsal(ground, atOnce, o -> tell(out, o));
      if (only.isEmpty() || only.contains("healthy")) {
        rehearsal.run(Healthy.runs(1), seed);
      }
      List<Outcome> outcomes = rehearsal.run(faults, seed);
      long detected = outcomes.stream().filter(Outcome::detected).count();
      long named = outcomes.stream().filter(Outcome::named).count();
      out.printf(
          "%d faults, %d detected, %d named, %.1f s%n",
          outcomes.size(), detected, named, (System.nanoTime() - begun) / 1e9);
      out.flush();
      return detected == outcomes.size() ? 0 : 1;
    }
  }

  private static void tell(PrintWriter out, Outcome o) {
    String word =
        o.isBroken() ? "BROKEN" : o.named() ? "named" : o.detected() ? "detected" : "MISSED";
    out.printf(
        "%-9s %-40s %6.0f s  %s %s  %s%n",
        word,
        o.fault().id(),
        o.seconds(),
        o.failed(),
        o.causes(),
        o.isBroken() ? o.trouble() : o.said());
    out.flush();
  }
}
