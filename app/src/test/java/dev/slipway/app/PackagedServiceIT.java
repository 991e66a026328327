package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The packaged jar as a process, told by ECS which task it is, and stopped as ECS stops it. */
@TestMethodOrder(OrderAnnotation.class)
class PackagedServiceIT extends ServiceContract {

  private static final Duration DRAIN = Duration.ofSeconds(2);

  private static MetadataEndpoint metadata;
  private static ServiceProcess process;

  @BeforeAll
  static void start() throws Exception {
    metadata = MetadataEndpoint.start("0a1b2c", "eu-central-1b");
    process = ServiceProcess.start(metadata.uri(), DRAIN);
    await("the service is ready")
        .atMost(Duration.ofSeconds(30))
        .until(() -> status("/q/health/ready") == 200);
  }

  @AfterAll
  static void stop() {
    process.close();
    metadata.close();
  }

  @Override
  URI service() {
    return process.service();
  }

  @Override
  URI management() {
    return process.management();
  }

  @Test
  void learnsItsTaskAndZoneFromTheMetadataEndpoint() {
    await()
        .untilAsserted(() ->
            assertThat(get(service(), "/").body())
                .contains("\"taskId\":\"0a1b2c\"", "\"availabilityZone\":\"eu-central-1b\""));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void onSigtermItIsNotReadyYetServesForTheDrainAndThenEndsWithZero() throws Exception {
    long asked = System.nanoTime();
    process.terminate();

    await("not ready").until(() -> status("/q/health/ready") == 503);
    assertThat(get(service(), "/").statusCode()).as("still served while draining").isEqualTo(200);
    assertThat(process.awaitExit(Duration.ofSeconds(20))).as("exit code").isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(DRAIN);
    assertThat(process.output()).as("log lines are JSON").allMatch(line -> line.startsWith("{"));
  }

  private static int status(String path) throws InterruptedException {
    try {
      return get(process.service(), path).statusCode();
    } catch (IOException notListening) {
      return 0;
    }
  }
}
