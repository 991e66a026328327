package dev.slipway.rehearsal.peer;

import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code ecs-deploy} of fabfuel, which makes the deployment itself and waits for it as long as it
 * does by default. Optional: where it is not installed it is not asked.
 */
public final class EcsDeploy {

  /** Its name in the score. */
  public static final String NAME = "ecs-deploy";

  /** Its own default. */
  private static final Duration TIMEOUT = Duration.ofSeconds(300);

  private final Path program;

  private EcsDeploy(Path program) {
    this.program = program;
  }

  /** The one on the PATH, when there is one. */
  public static Optional<EcsDeploy> installed() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(d -> Path.of(d, "ecs"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(EcsDeploy::new);
  }

  /** Whether it makes such a deployment. */
  public static boolean makes(Kind kind) {
    return kind == Kind.UPDATE || kind == Kind.UPDATE_WITHOUT_ROLLBACK;
  }

  /** It was not asked, and why. */
  public static Heard notAsked(String why) {
    return Heard.notAsked(NAME, why);
  }

  /**
   * Deploys the task definition that the stage wants.
   *
   * @throws IOException when the program cannot be run
   * @throws InterruptedException when interrupted; the program is ended
   */
  public Heard deploy(Stage stage) throws IOException, InterruptedException {
    Instant begun = stage.time().instant();
    // It takes whole seconds; its first look comes one second after the update.
    long timeout = Math.max(2, stage.time().real(TIMEOUT).toSeconds());
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    "deploy",
                    stage.its().cluster(),
                    stage.its().service(),
                    "--task",
                    stage.wanted().revision(),
                    "--timeout",
                    String.valueOf(timeout)))
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(n -> n.startsWith("AWS_"));
    environment.putAll(stage.account().environment());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean alarmed = process.waitFor() != 0;
      double seconds = Duration.between(begun, stage.time().instant()).toMillis() / 1000.0;
      return new Heard(NAME, true, alarmed, lastWords(output), seconds);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What it says after it has begun to wait. */
  private static String lastWords(String output) {
    List<String> lines = output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    int from = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("Deploying new task definition")) {
        from = i + 1;
      }
    }
    return String.join(" ", lines.subList(Math.min(from, lines.size()), lines.size()));
  }
}
