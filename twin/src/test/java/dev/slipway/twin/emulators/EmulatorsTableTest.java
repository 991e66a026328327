package dev.slipway.twin.emulators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.clients.RunningTwin;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The deployments and faults by which the emulators of today were compared, done on the twin with
 * the AWS SDK over the wire. Every case has an account of its own, so all run at once.
 *
 * <p>{@code SLIPWAY_WRITE_DOCS=true} writes the page that is otherwise held against the run.
 */
@Tag("docs")
class EmulatorsTableTest {

  private static final double SCALE = 60;
  private static final Path PAGE = RunningTwin.file("docs/emulators.md");
  private static final List<Row> ROWS =
      Stream.of(StartRows.rows(), FaultRows.rows(), CallRows.rows()).flatMap(List::stream).toList();

  @TempDir private static Path directory;

  private static RunningTwin twin;
  private static HttpClient web;
  private static SdkHttpClient http;
  private static ExecutorService cases;
  private static final Map<Row, Future<List<String>>> RUNS = new LinkedHashMap<>();

  @BeforeAll
  static void beginAllCases() {
    twin = new RunningTwin(directory, SCALE);
    web = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    http = UrlConnectionHttpClient.create();
    // A few at once: the wait of one is the work of another, and two cores are soon too busy.
    cases = Executors.newFixedThreadPool(12);
    for (int i = 0; i < ROWS.size(); i++) {
      Row row = ROWS.get(i);
      String account = "%012d".formatted(1000 + i);
      RUNS.put(row, cases.submit(() -> row.run().in(new Account(twin, account, http, web))));
    }
  }

  @AfterAll
  static void end() {
    cases.shutdownNow();
    http.close();
    web.shutdownNow();
    twin.close();
  }

  @TestFactory
  Stream<DynamicTest> doesAsAwsDoes() {
    return RUNS.entrySet().stream()
        .map(run ->
            DynamicTest.dynamicTest(
                run.getKey().name(),
                () -> {
                  List<String> seen = run.getValue().get();
                  assertThat(run.getKey().expected())
                      .allSatisfy(text ->
                          assertThat(String.join("\n", seen)).containsIgnoringNewLines(text));
                }));
  }

  @Test
  void thePageSaysWhatTheRunDid() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Row, Future<List<String>>> run : RUNS.entrySet()) {
      lines.add(Page.line(run.getKey(), run.getValue().get()));
    }
    String page = Page.of(lines);
    if ("true".equals(System.getenv("SLIPWAY_WRITE_DOCS"))) {
      write(page);
    }
    assertThat(PAGE).as("SLIPWAY_WRITE_DOCS=true writes it anew").hasContent(page);
  }

  private static void write(String page) throws IOException {
    Files.createDirectories(PAGE.getParent());
    Files.writeString(PAGE, page);
  }
}
