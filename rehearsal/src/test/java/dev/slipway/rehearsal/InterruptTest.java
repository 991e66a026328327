package dev.slipway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
class InterruptTest {

  @Test
  void anInterruptedRunLeavesNoProcessAndNoFile(@TempDir Path directory) throws Exception {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + directory,
                "-Dslipway.home=..",
                "-XX:TieredStopAtLevel=1",
                RehearseMain.class.getName(),
                "--fault",
                "svc-desired-zero")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      // Terraform and its guard.
      await().atMost(Duration.ofSeconds(60)).until(() -> run.descendants().count() >= 2);
      List<ProcessHandle> children = run.descendants().toList();

      run.destroy();

      assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(directory.toFile().list((_, name) -> name.startsWith("slipway-rehearsal")))
          .isEmpty();
    } finally {
      run.destroyForcibly();
    }
  }
}
