package dev.slipway.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.junit.Twin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verifier in a process of its own, with 512 MB of heap, verifies a whole cluster. {@code
 * -Dslipway.services=1000} does so at full size, and with {@code SLIPWAY_WRITE_DOCS=true} writes
 * the figures down.
 */
@Twin(runtime = RuntimeKind.SIMULATED)
class FleetScaleTest {

  private static final int SERVICES = Integer.getInteger("slipway.services", 60);

  private TwinAccount account;

  @TempDir private Path directory;

  /** What a run of the verifier cost. */
  private record Cost(int code, JsonNode report, double seconds, double megabytes) {}

  @Test
  void makesAtMostOneCallAServiceAndStaysUnderHalfAGigabyte() throws Exception {
    Estate estate = new Estate(account).prepare();
    List<String> names = IntStream.range(0, SERVICES).mapToObj(i -> "web-" + i).toList();
    names.forEach(name -> estate.service(name, 1));
    List<String> unsteady = new ArrayList<>(names);
    await()
        .atMost(Duration.ofMinutes(20))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          unsteady.removeIf(estate::steady);
          return unsteady.isEmpty();
        });
    // A thousand targets are checked often at this scale, and the verifier needs the processor,
    // too.
    account.clock().setScale(Math.min(60, 10_000.0 / SERVICES));
    // CloudWatch counts hosts a minute at a time.
    Instant counted = account.clock().instant().plus(Duration.ofMinutes(3));
    await().atMost(Duration.ofMinutes(2)).until(() -> account.clock().instant().isAfter(counted));
    http("DELETE", "/_twin/calls");

    Cost cost = verify();
    Map<String, Integer> calls = new TreeMap<>();
    http("GET", "/_twin/calls?limit=10000&account=" + account.id())
        .path("calls")
        .forEach(c ->
            calls.merge(
                c.path("service").asText() + " " + c.path("action").asText(), 1, Integer::sum));
    int all = calls.values().stream().mapToInt(n -> n).sum();

    assertThat(cost.code()).as(cost.report().toPrettyString()).isZero();
    assertThat(cost.report().path("fleet").path("passed").asInt()).isEqualTo(SERVICES);
    assertThat(all).isPositive().isLessThanOrEqualTo(SERVICES);
    assertThat(cost.report().path("fleet").path("apiCalls").asInt()).isEqualTo(all);
    assertThat(cost.megabytes()).isLessThan(512);
    if ("true".equals(System.getenv("SLIPWAY_WRITE_DOCS"))) {
      Files.writeString(Path.of("../docs/verifier-fleet.md"), page(cost, calls, all));
    }
  }

  private Cost verify() throws IOException, InterruptedException {
    Path report = directory.resolve("report.json");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.slipway.cli.Main",
                "verify",
                "--cluster",
                Estate.CLUSTER,
                "--all",
                "--timeout",
                "2m",
                "--json",
                report.toString())
            .redirectErrorStream(true)
            .redirectOutput(output().toFile());
    builder.environment().putAll(account.environment());
    long began = System.nanoTime();
    Process process = builder.start();
    AtomicLong most = new AtomicLong();
    await()
        .atMost(Duration.ofMinutes(10))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          most.accumulateAndGet(kilobytes(process), Math::max);
          return !process.isAlive();
        });
    double seconds = (System.nanoTime() - began) / 1e9;
    JsonNode json =
        Files.exists(report)
            ? new JsonMapper().readTree(Files.readString(report))
            : new JsonMapper().valueToTree(Files.readString(output()));
    return new Cost(process.waitFor(), json, seconds, most.get() / 1024.0);
  }

  private static Path output() {
    return Path.of("target", "fleet-scale.txt");
  }

  /**
   * The most memory that the process has had so far; 0 when it is gone or the system is another.
   */
  private static long kilobytes(Process process) {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    try {
      return Files.readAllLines(status).stream()
          .filter(l -> l.startsWith("VmHWM:"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private JsonNode http(String method, String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create(account.endpoint() + path);
      String body =
          client
              .send(
                  HttpRequest.newBuilder(uri)
                      .method(method, HttpRequest.BodyPublishers.noBody())
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return body.isBlank() ? new JsonMapper().missingNode() : new JsonMapper().readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String page(Cost cost, Map<String, Integer> calls, int all) {
    StringBuilder page = new StringBuilder();
    page.append(
        String.format(
            Locale.ROOT,
            """
            # What verifying a fleet costs

            Written by `FleetScaleTest`, which runs `slipway verify --cluster prod --all` in a process with `-Xmx512m` against a
            twin and counts the calls through `GET /_twin/calls`. In CI it does so at a smaller size.

            | | |
            |---|---|
            | services, each with a target group and a rule of its own | %d |
            | API calls | %d |
            | calls a service | %.2f |
            | largest memory of the process (RSS) | %.0f MB |
            | time of the reading and judging | %.1f s |
            | time of the whole command on two cores shared with the twin | %.1f s |

            | call | times |
            |---|---|
            """,
            SERVICES,
            all,
            (double) all / SERVICES,
            cost.megabytes(),
            cost.report().path("timing").path("decidedAfter").asDouble(),
            cost.seconds()));
    calls.forEach((call, times) -> page.append("| %s | %d |%n".formatted(call, times)));
    page.append("\nWhat is not looked at together:\n\n");
    cost.report()
        .path("fleet")
        .path("notCheckedTogether")
        .forEach(n -> page.append("- ").append(n.asText()).append('\n'));
    return page.toString();
  }
}
