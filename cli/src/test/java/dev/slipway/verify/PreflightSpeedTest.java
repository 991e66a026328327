package dev.slipway.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.junit.Twin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code slipway preflight} in a process of its own, started as {@code ./slipway} does: from jars,
 * with what the JVM kept of an earlier run. The fastest of a few runs is what it costs where nobody
 * else works. {@code SLIPWAY_WRITE_DOCS=true} writes the figures down.
 */
@Twin(runtime = RuntimeKind.SIMULATED)
class PreflightSpeedTest {

  private static final boolean WRITES = "true".equals(System.getenv("SLIPWAY_WRITE_DOCS"));

  /**
   * In seconds. A machine that does something else beside a test run is not the command's fault.
   */
  private static final double LIMIT = WRITES ? 2 : 20;

  private static final int RUNS = 3;
  private static final Path PLAN =
      Path.of("../validation/src/test/resources/plans/slipway-new.json");

  private TwinAccount account;
  private double usual = 60;

  @TempDir private Path directory;

  /** Others use the same twin. */
  @AfterEach
  void timeRunsAsBefore() {
    account.clock().setScale(usual);
  }

  @Test
  void foretellsInLessThanTwoSeconds() throws Exception {
    Estate estate = new Estate(account).prepare();
    estate.service("web-0", 1);
    await().atMost(Duration.ofMinutes(2)).until(() -> estate.steady("web-0"));
    usual = account.clock().scale();
    account.clock().setScale(1);
    String jars = jars();
    Map<String, List<String>> ways = new TreeMap<>();
    ways.put("`--plan FILE --offline`", List.of("--offline", "--plan", PLAN.toString()));
    ways.put(
        "`--plan FILE`, AWS asked for what the plan lacks", List.of("--plan", PLAN.toString()));
    ways.put(
        "`--cluster NAME --service NAME`, all of it asked",
        List.of("--cluster", Estate.CLUSTER, "--service", "web-0"));
    // The first one leaves what the JVM keeps.
    run(jars, ways.values().stream().toList().getFirst());
    Map<String, Double> seconds = new TreeMap<>();
    for (var way : ways.entrySet()) {
      double fastest = Double.MAX_VALUE;
      for (int i = 0; i < RUNS; i++) {
        fastest = Math.min(fastest, run(jars, way.getValue()));
      }
      seconds.put(way.getKey(), fastest);
    }
    if (WRITES) {
      Files.writeString(Path.of("../docs/preflight-speed.md"), page(seconds));
    }
    assertThat(seconds).allSatisfy((way, took) -> assertThat(took).as(way).isLessThan(LIMIT));
  }

  /** The class path with jars in place of directories, of which the JVM keeps nothing. */
  private String jars() throws IOException {
    ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
    List<String> path = new ArrayList<>();
    for (String each : System.getProperty("java.class.path").split(":", -1)) {
      if (!Files.isDirectory(Path.of(each))) {
        path.add(each);
        continue;
      }
      Path file = directory.resolve("classes-" + path.size() + ".jar");
      int code =
          jar.run(System.out, System.err, "--create", "--file", file.toString(), "-C", each, ".");
      assertThat(code).as(each).isZero();
      path.add(file.toString());
    }
    return String.join(":", path);
  }

  private double run(String jars, List<String> arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:SharedArchiveFile=" + directory.resolve("slipway.jsa"),
                "-XX:+AutoCreateSharedArchive",
                "-Xlog:disable",
                "-cp",
                jars,
                "dev.slipway.cli.Main",
                "preflight"));
    command.addAll(arguments);
    Path said = directory.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(account.environment());
    long began = System.nanoTime();
    Process process = builder.start();
    int code = process.waitFor();
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat(code).as(Files.readString(said)).isBetween(0, 1);
    assertThat(Files.readString(said)).contains("verdict ");
    return seconds;
  }

  private static String page(Map<String, Double> seconds) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # How long a preflight takes

        Written by `PreflightSpeedTest`, which holds each to 2 s: the whole command from its start to its exit code, with what
        the JVM kept of an earlier run, against a twin at scale 1; the fastest of %d. Questions that do not depend on each other
        are put at the same time.

        | `slipway preflight` | seconds |
        |---|---|
        """
            .formatted(RUNS));
    seconds.forEach(
        (way, took) -> page.append(String.format(Locale.ROOT, "| %s | %.1f |%n", way, took)));
    return page.toString();
  }
}
