package dev.slipway.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.catalogue.Catalogue;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.report.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/**
 * The faults that other tools let pass: each is named, first and right, and nobody waits for the
 * end of a time limit to hear it.
 */
@Tag("e2e")
class HardFaultsTest {

  /** The verifier gives a deployment ten minutes. */
  private static final double LIMIT = 540;

  private static final Map<String, String> FIRST_CAUSES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("svc-silent-rollback", "app-exits-at-start"),
              Map.entry(
                  "svc-completed-but-previous-revision", "svc-completed-but-previous-revision"),
              Map.entry("svc-desired-zero", "svc-desired-zero"),
              Map.entry("img-tag-moved-no-deployment", "img-tag-moved-no-deployment"),
              Map.entry(
                  "alb-probe-answered-by-fixed-response", "alb-probe-answered-by-fixed-response"),
              Map.entry("alb-fail-open", "alb-fail-open"),
              Map.entry("svc-flapping-tasks", "svc-flapping-tasks"),
              Map.entry("iam-role-trust-wrong", "iam-role-trust-wrong"),
              Map.entry("net-logs-endpoint-missing", "net-logs-endpoint-missing"),
              Map.entry("net-endpoint-sg-blocks-443", "net-endpoint-sg-blocks-443"),
              Map.entry("img-wrong-arch", "img-wrong-arch"),
              Map.entry("app-binds-loopback", "app-binds-loopback"),
              Map.entry("td-app-port-mismatch", "td-app-port-mismatch"),
              Map.entry("app-serves-old-build", "app-serves-old-build")));

  private static final Fault TWO_AT_ONCE =
      Fault.of("two-at-once", Layer.SVC, Severity.CRITICAL)
          .wrong("Nothing leads out of the tasks' subnets, and their log group was deleted")
          .make(stage -> {
            for (var table : stage.its().routeTables()) {
              stage
                  .ec2()
                  .deleteRoute(
                      r -> r.routeTableId(table.routeTableId()).destinationCidrBlock("0.0.0.0/0"));
            }
            String group =
                stage.its().container().logConfiguration().options().get("awslogs-group");
            try (var logs = stage.client(CloudWatchLogsClient.builder())) {
              logs.deleteLogGroup(r -> r.logGroupName(group));
            }
          })
          .build();

  @Test
  void eachIsNamedFirstWithinTheTimeThatItTakesToShow(@TempDir Path work) throws Exception {
    List<Fault> faults = new ArrayList<>();
    FIRST_CAUSES.keySet().forEach(id -> faults.add(Catalogue.find(id).orElseThrow()));
    faults.add(TWO_AT_ONCE);
    List<Outcome> outcomes;
    Path root = Path.of("../terraform").toRealPath();
    try (Ground ground = Ground.up(new Ground.Options(root, work, 30, RuntimeKind.SIMULATED, 0))) {
      // Classes that are loaded for the first time cost seconds, thirty times over in the world.
      new Rehearsal(ground, 1, false, o -> {}).run(faults.subList(0, 1), 1);
      outcomes = new Rehearsal(ground, 6, false, o -> {}).run(faults, 1);
    }

    Map<String, String> first = new TreeMap<>();
    outcomes
        .subList(0, FIRST_CAUSES.size())
        .forEach(o ->
            first.put(
                o.fault().id(), o.causes().stream().findFirst().orElse(o.said() + o.trouble())));
    assertThat(first).isEqualTo(FIRST_CAUSES);
    assertThat(outcomes)
        .allSatisfy(o -> {
          assertThat(o.verdict()).as(o.fault().id()).isEqualTo(Verdict.FAIL);
          assertThat(o.seenAsExpected()).as(o.fault().id() + o.failed()).isTrue();
          assertThat(o.seconds()).as(o.fault().id()).isLessThan(LIMIT);
        });
    assertThat(outcomes.getLast().causes()).contains("net-no-egress-route", "td-log-group-missing");
  }
}
