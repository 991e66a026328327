package dev.slipway.rehearsal;

import dev.slipway.rehearsal.catalogue.Catalogue;
import dev.slipway.rehearsal.catalogue.Healthy;
import dev.slipway.rehearsal.catalogue.Unseen;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.run.Outcome;
import dev.slipway.rehearsal.run.PairChoice;
import dev.slipway.rehearsal.run.PairOutcome;
import dev.slipway.rehearsal.run.Rehearsal;
import dev.slipway.rehearsal.run.Turns;
import dev.slipway.rehearsal.score.Score;
import dev.slipway.rehearsal.score.ScoreFiles;
import dev.slipway.rehearsal.score.Scoring;
import dev.slipway.rehearsal.score.StackPages;
import dev.slipway.rehearsal.score.StackScore;
import dev.slipway.rehearsal.stage.ForeignStack;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Origin;
import dev.slipway.rehearsal.stage.OwnStack;
import dev.slipway.rehearsal.stage.StackRefused;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.validation.Quiet;
import dev.slipway.validation.report.Message;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code slipway rehearse}: would the verifier notice? */
@Command(
    name = "rehearse",
    sortOptions = false,
    subcommands = NoiseCommand.class,
    description = "Break a deployment on the twin in every known way, and see who notices.",
    footer = "Exit code: 0 all faults detected and no false alarm, 1 not so, 2 wrong use.")
public final class RehearseCommand implements Callable<Integer> {

  /**
   * Held, or they would be collected with their levels; they tell of connections that faults break.
   */
  private static final List<Logger> LOGGERS =
      List.of(
          Logger.getLogger("io.grpc.netty"),
          Logger.getLogger("io.netty"),
          Logger.getLogger("io.vertx"));

  private static final int WRONG_USE = 2;
  private static final int NEAR = 5;

  @Option(
      names = "--fault",
      paramLabel = "ID",
      description = "Only this fault; may be repeated. Everybody's words are told then.")
  private List<String> only = List.of();

  @Option(names = "--layer", description = "Only this layer, for instance net.")
  private Layer layer;

  @Option(names = "--seed", description = "Decides the order and the pairs (default 1).")
  private long seed = 1;

  @Option(names = "--pairs", description = "How many pairs of faults at once (default 100).")
  private int pairs = 100;

  @Option(names = "--healthy", description = "How many healthy runs of each kind (default 5).")
  private int healthy = 5;

  @Option(
      names = "--keep",
      description = "Leave the broken world of the one --fault running, to look around in.")
  private boolean keep;

  @Option(
      names = "--score",
      paramLabel = "DIRECTORY",
      description = "Write the score and its pages there.")
  private Path score;

  @Option(names = "--commit", description = "The revision that the score is of.")
  private String commit = "unknown";

  @Option(names = "--scale", description = "World seconds a real second (default 30).")
  private double scale = 30;

  @Option(
      names = "--at-once",
      description = "How many trials run at the same time (default 6 for each processor).")
  private int atOnce = 6 * Runtime.getRuntime().availableProcessors();

  @Option(names = "--runtime", description = "What runs the tasks (default simulated).")
  private RuntimeKind runtime = RuntimeKind.SIMULATED;

  @Option(names = "--port", description = "The twin's port (default any that is free).")
  private int port;

  @ArgGroup(exclusive = false, heading = "On a stack of your own:%n")
  private StackOptions own = new StackOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Quiet.libraries();
    LOGGERS.forEach(l -> l.setLevel(Level.OFF));
    for (String id : only) {
      if (Catalogue.find(id).isEmpty()) {
        return say(unknown(id));
      }
    }
    if (keep && only.size() != 1) {
      return say(
          new Message(
              "--keep keeps the world of one fault",
              "expected one --fault; got " + only.size(),
              "an option is missing",
              List.of("slipway rehearse --keep --fault " + Catalogue.ALL.getFirst().id())));
    }
    List<Fault> faults =
        Catalogue.ALL.stream()
            .filter(f -> only.isEmpty() || only.contains(f.id()))
            .filter(f -> layer == null || layer == f.layer())
            .toList();
    Optional<ForeignStack> stack = own.stack();
    Optional<Message> refusal = refusal();
    if (refusal.isPresent()) {
      return say(refusal.get());
    }
    Path work = Files.createTempDirectory("slipway-rehearsal");
    Cleanup cleanup = Cleanup.atExit(work);
    PrintWriter out = spec.commandLine().getOut();
    Origin origin = stack.isPresent() ? stack.get() : new OwnStack(root());
    try (Ground ground = Ground.up(new Ground.Options(origin, work, scale, runtime, port))) {
      LiveLines lines = new LiveLines(out, !only.isEmpty());
      return keep
          ? Keeping.of(ground, faults.getFirst(), lines)
          : stack.isPresent()
              ? rehearse(ground, stack.get(), faults, lines)
              : rehearse(ground, faults, lines);
    } catch (StackRefused e) {
      return say(e.told());
    } finally {
      cleanup.now();
    }
  }

  /** What cannot be asked for together. */
  private Optional<Message> refusal() throws IOException {
    Optional<ForeignStack> stack = own.stack();
    if (stack.isEmpty()) {
      return own.pointless().map(option -> together(option, "nothing without --stack"));
    }
    ParseResult words = spec.commandLine().getParseResult();
    for (String option : List.of("--pairs", "--healthy", "--runtime")) {
      if (words.hasMatchedOption(option)) {
        return Optional.of(
            together(
                option, "of Slipway's own stack only: of another the faults are made, one by one"));
      }
    }
    return score == null ? Optional.empty() : Stacking.refusal(stack.get().directory(), score);
  }

  private static Message together(String option, String why) {
    return new Message(
        option + " cannot be used so",
        "expected it where it means something; it is " + why,
        "an option too many, or one that is missing",
        List.of("slipway rehearse --stack path/to/terraform", "slipway rehearse --help"));
  }

  private int rehearse(Ground ground, ForeignStack stack, List<Fault> faults, LiveLines lines)
      throws Exception {
    StackScore told =
        new Stacking(stack.directory(), commit, seed, atOnce).run(ground, faults, lines);
    if (score != null) {
      StackPages.write(told, score);
      lines.say("score: " + score.resolve("score.md"));
    }
    return told.score().detected() == told.score().faults() && told.score().falseAlarms() == 0
        ? 0
        : 1;
  }

  /** The stack's Terraform root. */
  static Path root() throws IOException {
    return Path.of(System.getProperty("slipway.home", "."), "terraform").toRealPath();
  }

  private int rehearse(Ground ground, List<Fault> faults, LiveLines lines)
      throws InterruptedException, ExecutionException, IOException {
    long begun = System.nanoTime();
    boolean whole = only.isEmpty() && layer == null;
    List<Fault> fit = whole ? Healthy.runs(healthy) : List.of();
    List<PairChoice.Pair> two = whole ? PairChoice.of(faults, pairs, seed) : List.of();
    lines.expect(fit.size() + faults.size() + two.size());
    lines.say(
        "%d faults, %d healthy runs, %d pairs".formatted(faults.size(), fit.size(), two.size()));
    Turns gate = new Turns(atOnce);
    List<Outcome> passed;
    List<Outcome> outcomes;
    List<PairOutcome> both;
    try (ExecutorService parts = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          parts.submit(() -> new Rehearsal(ground, gate, true, lines::fault).run(faults, seed));
      var second =
          parts.submit(() -> new Rehearsal(ground, gate, true, lines::healthy).run(fit, seed));
      var third =
          parts.submit(() -> new Rehearsal(ground, gate, false, lines::pair).pairs(two, seed));
      outcomes = first.get();
      passed = second.get();
      both = third.get();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Score told = Scoring.of(commit, seed, seconds, outcomes, passed, both);
    lines.say(
        "%d faults, %d detected, %d named; %d false alarms in %d healthy runs; %d of %d pairs named; %.0f s"
            .formatted(
                told.faults(),
                told.detected(),
                told.named(),
                told.falseAlarms(),
                told.healthyRuns(),
                told.pairs().bothFound(),
                told.pairs().total(),
                seconds));
    if (score != null) {
      ScoreFiles.write(told, score);
      lines.say("score: " + score.resolve("score.md"));
    }
    return told.detected() == told.faults() && told.falseAlarms() == 0 ? 0 : 1;
  }

  private static Message unknown(String id) {
    String start = id.contains("-") ? id.substring(0, id.indexOf('-') + 1) : id;
    String near =
        Catalogue.ALL.stream()
            .map(Fault::id)
            .filter(i -> i.startsWith(start))
            .limit(NEAR)
            .collect(Collectors.joining(", "));
    return new Message(
        "no fault " + id + " can be rehearsed",
        "expected an id of the catalogue"
            + (near.isEmpty() ? "" : ", for instance " + near)
            + "; got "
            + id,
        Unseen.ALL.getOrDefault(id, "a typing error, or a fault that no verifier can see"),
        List.of("slipway rehearse --fault " + Catalogue.ALL.getFirst().id()));
  }

  private int say(Message message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(message.text());
    err.flush();
    return WRONG_USE;
  }
}
