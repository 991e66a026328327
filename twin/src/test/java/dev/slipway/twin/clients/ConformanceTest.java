package dev.slipway.twin.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance suite of the OCI distribution specification. */
@Tag("e2e")
class ConformanceTest {

  @BeforeAll
  static void needsTheSuite() {
    RunningTwin.need(RunningTwin.tool("aws"));
    RunningTwin.need(RunningTwin.tool("conformance"));
  }

  @Test
  void pushPullDiscoveryAndManagementConform(@TempDir Path directory) throws IOException {
    try (RunningTwin twin = new RunningTwin(directory.resolve("twin"), 60)) {
      Path results = directory.resolve("results");

      String said =
          twin.run(Map.of(), List.of("bash", "scripts/conformance.sh", results.toString()));

      assertThat(said).contains("OCI Conformance Result: Pass");
      // A suite that skips proves nothing: these are the parts that must have been run.
      assertThat(Files.readString(results.resolve("results.yaml")))
          .contains(
              "Tag listing: Pass",
              "Tag delete: Pass",
              "Blob mount: Pass",
              "Blob chunked: Pass",
              "Blob get range: Pass",
              "Blob upload cancel: Pass",
              "Manifest put with subject: Pass",
              "Manifest delete: Pass",
              "Referrers: Pass",
              "Nested Index: Pass");
    }
  }
}
