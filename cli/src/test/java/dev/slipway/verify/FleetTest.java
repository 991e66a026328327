package dev.slipway.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.junit.Twin;
import dev.slipway.twin.wire.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Twin(runtime = RuntimeKind.SIMULATED)
class FleetTest {

  private static final int SERVICES = 60;

  private static TwinAccount account;
  private static Estate estate;

  @TempDir private Path directory;

  @BeforeAll
  static void build() {
    estate = new Estate(account).prepare();
    IntStream.range(0, SERVICES).forEach(i -> estate.service("web-" + i, 1));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> IntStream.range(0, SERVICES).allMatch(i -> estate.steady("web-" + i)));
    // CloudWatch counts hosts a minute at a time.
    account.clock().advance(Duration.ofMinutes(3));
  }

  @AfterEach
  void tidyUp() {
    account.twin().faults().clear();
    estate.delete("idle", "bare");
  }

  private static Map<String, String> verdicts(JsonNode report) {
    Map<String, String> verdicts = new TreeMap<>();
    report
        .path("services")
        .forEach(
            s -> verdicts.put(s.path("service").path("name").asText(), s.path("verdict").asText()));
    return verdicts;
  }

  @Test
  void readsAWholeClusterWithFewerCallsThanServices() {
    int before = account.calls().size();
    Verify.Result result = Verify.at(account).run("--cluster", Estate.CLUSTER, "--all");
    int calls = account.calls().size() - before;

    assertThat(result.out()).contains("verdict PASS");
    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.json().path("verdict").asText()).isEqualTo("PASS");
    assertThat(verdicts(result.json())).hasSize(SERVICES).containsEntry("web-59", "PASS");
    assertThat(calls).isLessThan(SERVICES / 2);
    assertThat(result.json().path("fleet").path("apiCalls").asInt()).isEqualTo(calls);
    assertThat(result.json().path("fleet").path("notCheckedTogether")).isNotEmpty();
    assertThat(result.out()).contains("not looked at where a service looked well at once:");
  }

  @Test
  void looksCloselyAtWhatIsOddAndNamesItsCause() throws IOException {
    estate.service("idle", 0);
    estate.serviceWithoutImage("bare");
    Path list = directory.resolve("services.yaml");
    Files.writeString(list, "- web-1\n- idle\n- bare\n- nil\n");

    Verify.Result result =
        Verify.at(account)
            .run(
                "--cluster",
                Estate.CLUSTER,
                "--services-file",
                list.toString(),
                "--junit-xml",
                directory.resolve("junit.xml").toString());

    assertThat(result.code()).as(result.out()).isEqualTo(1);
    assertThat(result.json().isMissingNode()).as(result.err()).isFalse();
    assertThat(verdicts(result.json()))
        .containsExactly(
            Map.entry("bare", "FAIL"),
            Map.entry("idle", "FAIL"),
            Map.entry("nil", "FAIL"),
            Map.entry("web-1", "PASS"));
    JsonNode bare = result.json().path("services").get(2);
    assertThat(bare.path("read").asText()).isEqualTo("alone");
    assertThat(bare.path("causes").get(0).path("id").asText()).isEqualTo("img-tag-not-in-registry");
    assertThat(bare.path("checks"))
        .extracting(c -> c.path("id").asText())
        .contains("image", "rollout")
        .noneMatch(id -> id.contains("posture"));
    assertThat(result.out()).contains("service nil does not exist in cluster prod");
    assertThat(Files.readString(directory.resolve("junit.xml")))
        .contains("<testsuite name=\"prod/web-1\" tests=\"4\" failures=\"0\"")
        .contains(
            "<testsuite name=\"prod/nil\" tests=\"1\" failures=\"0\" skipped=\"0\" errors=\"1\"");
  }

  @Test
  void outlastsThrottlingAndErrorsAmongManyCalls() {
    account.twin().faults().add(FaultRule.throttle("ecs", "Describe*").in(account.id()).times(6));
    account
        .twin()
        .faults()
        .add(FaultRule.throttle("elasticloadbalancing", "DescribeRules").in(account.id()).times(4));
    Verify.Result result = Verify.at(account).run("--cluster", Estate.CLUSTER, "--all");
    assertThat(verdicts(result.json()))
        .hasSizeGreaterThanOrEqualTo(SERVICES)
        .doesNotContainValue("FAIL");
  }

  @Test
  void saysThatTheClusterOfAFleetDoesNotExist() {
    Verify.Result result = Verify.at(account).run("--cluster", "none", "--all");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).startsWith("cluster none does not exist in ");
  }
}
