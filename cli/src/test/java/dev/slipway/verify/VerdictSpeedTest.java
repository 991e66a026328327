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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a world that is as fast as the real one, {@code slipway verify} watches a sound service until
 * something befalls it. From the moment when the API shows it to the end of the process is no more
 * than three seconds where the figures are measured. {@code -Dslipway.mishaps=all} has all of them
 * befall, and with {@code SLIPWAY_WRITE_DOCS=true} writes the figures down.
 */
@Twin(runtime = RuntimeKind.SIMULATED)
class VerdictSpeedTest {

  private static final boolean WRITES = "true".equals(System.getenv("SLIPWAY_WRITE_DOCS"));

  /**
   * In seconds. A machine that does something else beside a test run is not the verifier's fault.
   */
  private static final double LIMIT = WRITES ? 3 : 20;

  private static final List<Mishap> SOME = List.of(Mishap.GROUP_CLOSED, Mishap.ROLE_DELETED);

  private TwinAccount account;
  private double usual = 60;

  @TempDir private Path directory;

  /** How it was told. */
  private record Told(Mishap mishap, String first, double seconds, String said) {}

  /** Others use the same twin. */
  @AfterEach
  void timeRunsAsBefore() {
    account.clock().setScale(usual);
  }

  @Test
  void tellsTheCauseAtMostThreeSecondsAfterTheApiShowsIt() throws Exception {
    Estate estate = new Estate(account).prepare();
    estate.push("ill", "{\"answers\": [{\"path\": \"/\", \"status\": 200}, {\"status\": 503}]}");
    estate.push("crashing", "{\"exit\": {\"after\": 1, \"code\": 1}}");
    estate.service("web-0", 1);
    estate.service(Mishap.SERVICE, 1);
    estate.drainFor(Mishap.SERVICE, 5);
    await().atMost(Duration.ofMinutes(2)).until(() -> estate.steady(Mishap.SERVICE));
    usual = account.clock().scale();
    account.clock().setScale(1);

    List<Told> all = new ArrayList<>();
    for (Mishap mishap : mishaps()) {
      all.add(watch(mishap));
    }

    if (WRITES) {
      Files.writeString(Path.of("../docs/verifier-speed.md"), page(all));
    }
    assertThat(all)
        .allSatisfy(told -> {
          assertThat(told.first()).as(told.said()).isEqualTo(told.mishap().cause());
          assertThat(told.seconds()).as(told.said()).isBetween(0.0, LIMIT);
        });
  }

  private static List<Mishap> mishaps() {
    String asked = System.getProperty("slipway.mishaps", "");
    return asked.equals("all")
        ? List.of(Mishap.values())
        : asked.isEmpty()
            ? SOME
            : List.of(asked.split(",", -1)).stream().map(Mishap::valueOf).toList();
  }

  private Told watch(Mishap mishap) throws IOException {
    Estate estate = mishap.in(account);
    if (mishap.deployed()) {
      mishap.befall(estate);
    }
    try (Watching watching = Watching.of(estate.account, directory, Mishap.SERVICE, how(mishap))) {
      if (!mishap.deployed()) {
        watching.until(" observability:");
        mishap.befall(estate);
      }
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofMinutes(3))
          .until(() -> mishap.shows(estate));
      long shown = System.nanoTime();
      double seconds = (watching.end() - shown) / 1e9;
      String first = watching.report().path("causes").path(0).path("id").asText();
      return new Told(mishap, first, seconds, watching.said());
    }
  }

  private static List<String> how(Mishap mishap) {
    List<String> how = new ArrayList<>(List.of("--fail-on", "critical"));
    how.addAll(
        mishap.deployed()
            ? List.of("--expect-revision", Mishap.SERVICE + ":2")
            : List.of("--soak", "10m"));
    return how;
  }

  private static String page(List<Told> all) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # How soon the verifier tells

        Written by `VerdictSpeedTest` with `-Dslipway.mishaps=all`. In a world at scale 1, as fast as the real one, `slipway
        verify --soak 10m` watches a sound service in a process of its own. Then something befalls the service; where that is
        a deployment of a bad revision, `slipway verify --expect-revision` waits for it instead, as in a pipeline. The time
        runs from when a poll of the API, every 50 ms, first sees what is named under "shown by", to the end of the process:
        the report is written by then. The machine's two cores are shared with the twin. Whoever writes
        this page is held to 3 s; CI has two of them befall and minds the cause.

        | what happens | shown by | first cause | seconds |
        |---|---|---|---|
        """);
    all.forEach(told ->
        page.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | `%s` | %.1f |%n",
                told.mishap().words(),
                told.mishap().evidence(),
                told.first(),
                told.seconds())));
    return page.toString();
  }
}
