package dev.slipway.twin.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UsageMeterTest {

  private final List<Process> processes = new ArrayList<>();
  private final ProcessTree tree = new ProcessTree();

  private Process start(String script) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", script).start();
    processes.add(process);
    return process;
  }

  private long scale = 1;
  private final long begun = System.nanoTime();

  /** World time that runs at the scale. */
  private Instant now() {
    return Instant.EPOCH.plusNanos((System.nanoTime() - begun) * scale);
  }

  private UsageMeter meter(ProcessHandle process) {
    return new UsageMeter(process, now());
  }

  @AfterEach
  void end() {
    processes.forEach(process -> {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    });
  }

  @Test
  void aProgramThatWorksUsesProcessors() throws IOException {
    UsageMeter meter = meter(start("while :; do :; done").toHandle());

    await().until(() -> meter.read(tree, now()).processors() > 0.2);
    assertThat(meter.read(tree, now()).processors()).isLessThan(1.2);
  }

  @Test
  void aSecondOfWorkInAMinuteOfWorldTimeIsASixtieth() throws IOException {
    scale = 60;
    UsageMeter meter = meter(start("while :; do :; done").toHandle());

    await().until(() -> meter.read(tree, now()).processors() > 0.2 / 60);
    assertThat(meter.read(tree, now()).processors()).isLessThan(1.2 / 60);
  }

  @Test
  void whatItsChildrenUseCountsAsItsOwn() throws IOException {
    UsageMeter meter = meter(start("sh -c 'while :; do :; done'; true").toHandle());

    await().until(() -> meter.read(tree, now()).processors() > 0.2);
  }

  @Test
  void aProgramThatWaitsUsesMemoryOnly() throws IOException {
    UsageMeter meter = meter(start("exec sleep 60").toHandle());

    await()
        .until(() ->
            meter.read(tree, now()).processors() < 0.05
                && meter.read(tree, now()).memoryMiB().isPresent());
    assertThat(meter.read(tree, now()).memoryMiB().orElseThrow()).isBetween(0.1, 50.0);
  }
}
