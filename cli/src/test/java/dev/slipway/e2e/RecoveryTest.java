package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is broken off, the same command again mends it; nothing is lost, nothing is left
 * running. Each step needs the one before.
 */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoveryTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration LATE = Duration.ofMinutes(4);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path directory;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path outputs;

  private static Checkout checkout;

  @BeforeAll
  static void cloneTheRepository() {
    checkout = Checkout.builtIn(directory);
  }

  @AfterAll
  static void stopTheTwin() {
    checkout.close();
  }

  @Test
  @Order(1)
  void theSecondOfTwoAtOnceWaitsForTheFirst() throws IOException, InterruptedException {
    Path one = outputs.resolve("one");
    Path two = outputs.resolve("two");
    Process first = checkout.start("up", one);
    Process second = checkout.start("up", two);

    String words = end(first, one, 0) + end(second, two, 0);

    assertThat(words).contains("waiting for another make");
    assertThat(words.lines().filter(line -> line.contains("image: building"))).hasSize(1);
    assertThat(words).contains("No changes.");
  }

  @Test
  @Order(2)
  void anInterruptedApplyAfterTheTwinWasKilledIsMendedByTheNext()
      throws IOException, InterruptedException {
    ProcessHandle killed = twin();
    List<ProcessHandle> tasks = killed.children().toList();
    assertThat(tasks).hasSizeGreaterThanOrEqualTo(2);
    killed.destroyForcibly();
    await().atMost(SOON).until(() -> tasks.stream().noneMatch(ProcessHandle::isAlive));

    Path output = outputs.resolve("interrupted");
    Process apply = checkout.start("apply", output);
    await()
        .atMost(LATE)
        .until(() -> !apply.isAlive() || created(Files.readString(output), "stack:") >= 5);
    ProcessHandle started = twin();
    checkout.interrupt(output);
    assertThat(apply.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(apply.exitValue()).as(Files.readString(output)).isNotZero();
    assertThat(started.isAlive()).as("the twin outlives an interrupt").isTrue();

    Checkout.Result again = checkout.make("apply");

    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.output()).doesNotContain("image: building");
    assertThat(twin()).isEqualTo(started);
    Checkout.Result plan = checkout.make("plan");
    assertThat(plan.output().split("No changes\\.", -1)).as(plan.output()).hasSize(3);
    Checkout.Result validate = checkout.make("validate");
    assertThat(validate.exitCode()).as(validate.output()).isZero();
  }

  @Test
  @Order(3)
  void afterDownNoProcessIsLeft() {
    assertThat(checkout.processes()).isNotEmpty();

    Checkout.Result down = checkout.make("down");

    assertThat(down.exitCode()).as(down.output()).isZero();
    await().atMost(SOON).untilAsserted(() -> assertThat(checkout.processes()).isEmpty());
    assertThat(checkout.path(".slipway/twin")).doesNotExist();
  }

  private static long created(String output, String after) {
    int start = output.indexOf(after);
    return start < 0
        ? 0
        : output.substring(start).lines().filter(l -> l.contains("Creation complete")).count();
  }

  private static ProcessHandle twin() throws IOException {
    String id = Files.readString(checkout.path(".slipway/twin/twin.pid")).strip();
    return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
  }

  private static String end(Process process, Path output, int exitCode)
      throws IOException, InterruptedException {
    assertThat(process.waitFor(LATE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String words = Files.readString(output);
    assertThat(process.exitValue()).as(words).isEqualTo(exitCode);
    return words;
  }
}
