package dev.slipway.rehearsal;

import dev.slipway.rehearsal.catalogue.Catalogue;
import dev.slipway.rehearsal.catalogue.Healthy;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.peer.Heard;
import dev.slipway.rehearsal.run.Outcome;
import dev.slipway.rehearsal.run.Rehearsal;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.validation.Quiet;
import dev.slipway.validation.report.Message;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

  private static final int WRONG_USE = 2;
  private static final int NEAR = 5;

  @Option(names = "--fault", description = "Only this fault; may be repeated.")
  private List<String> only = List.of();

  @Option(names = "--layer", description = "Only this layer, for instance net.")
  private Layer layer;

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
    for (String id : only) {
      if (Catalogue.find(id).isEmpty()) {
        return unknown(id);
      }
    }
    List<Fault> faults =
        Catalogue.ALL.stream()
            .filter(f -> only.isEmpty() || only.contains(f.id()))
            .filter(f -> layer == null || layer == f.layer())
            .toList();
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
      if (only.isEmpty()) {
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

  private int unknown(String id) {
    String start = id.contains("-") ? id.substring(0, id.indexOf('-') + 1) : id;
    String near =
        Catalogue.ALL.stream()
            .map(Fault::id)
            .filter(i -> i.startsWith(start))
            .limit(NEAR)
            .collect(Collectors.joining(", "));
    Message message =
        new Message(
            "no fault " + id + " can be rehearsed",
            "expected an id of the catalogue"
                + (near.isEmpty() ? "" : ", for instance " + near)
                + "; got "
                + id,
            "a typing error, or a fault that no verifier can see",
            List.of("slipway rehearse --fault " + Catalogue.ALL.getFirst().id()));
    PrintWriter err = spec.commandLine().getErr();
    err.println(message.text());
    err.flush();
    return WRONG_USE;
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
    for (Heard heard : o.peers()) {
      out.printf(
          "          %-20s %-10s %6.0f s  %s%n",
          heard.peer(),
          !heard.asked() ? "-" : o.namedBy(heard) ? "named" : heard.alarmed() ? "alarm" : "passed",
          heard.seconds(),
          heard.words());
    }
    out.flush();
  }
}
