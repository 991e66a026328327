package dev.slipway.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.check.RolloutCheck;
import dev.slipway.validation.diagnose.Cause;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private static final Report FAILED =
      new Report(
          Verdict.FAIL,
          "",
          new Report.Subject("staging", "orders", "eu-central-1", "123456789012"),
          new Chain(
              List.of(
                  new Chain.Link("commit", "commit", List.of(), Chain.State.UNKNOWN),
                  new Chain.Link(
                      "taskDefinition", "task definition", List.of("orders:2"), Chain.State.OK),
                  new Chain.Link("taskIds", "tasks", List.of("t1", "t2"), Chain.State.BROKEN))),
          List.of(
              new CheckResult(
                  "image", "its image", Status.PASS, "it exists", "it does", List.of(), false),
              new CheckResult(
                  "tasks",
                  "its tasks",
                  Status.FAIL,
                  "2 tasks",
                  "0 of 2 tasks run",
                  List.of("task t1 STOPPED"),
                  false),
              new CheckResult(
                  "targets", "its targets", Status.SKIP, "", "no target group", List.of(), false)),
          List.of(
              new Cause(
                  "net-no-egress-route",
                  "rtb-1",
                  "Route table rtb-1 has no route.",
                  new Cause.Fix("add a route", "resource {\n}", "aws ec2 create-route"),
                  List.of("task t1 stopped"),
                  Cause.Rank.START,
                  true)),
          List.of(),
          List.of("(service orders) was unable to place a task."),
          "http://orders.example/",
          NOW,
          Duration.ofMillis(3210),
          Timeline.EMPTY,
          Scene.EMPTY);

  @Test
  void tellsPeopleWhatFailedWhyAndWhatToDo() {
    assertThat(String.join("\n", Tree.of(FAILED)))
        .isEqualTo(
            """
            service orders in cluster staging, eu-central-1, account 123456789012
              OK    image               it does
              FAIL  tasks               0 of 2 tasks run
                      expected  2 tasks
                      evidence  task t1 STOPPED
              SKIP  targets             no target group
            chain
              -     commit           none
              OK    task definition  orders:2
              FAIL  tasks            t1 t2
            cause 1  net-no-egress-route  on rtb-1
              Route table rtb-1 has no route.
              fix        add a route
              terraform  resource {
                         }
              aws cli    aws ec2 create-route
              evidence   task t1 stopped
              more       docs/causes/net-no-egress-route.md, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
            verdict FAIL in 3.2 s  http://orders.example/\
            """);
  }

  @Test
  void showsTheLastEventsWhenNoCauseIsSeen() {
    Report unexplained =
        new Report(
            FAILED.verdict(),
            FAILED.reason(),
            FAILED.service(),
            FAILED.chain(),
            FAILED.checks(),
            List.of(),
            List.of(),
            FAILED.events(),
            FAILED.url(),
            FAILED.observedAt(),
            FAILED.decidedAfter(),
            FAILED.timeline(),
            FAILED.scene());
    assertThat(Tree.of(unexplained))
        .contains(
            "no cause can be seen; the service's last events:",
            "  (service orders) was unable to place a task.");
  }

  @Test
  void writesJsonAsTheContractSays() throws Exception {
    JsonNode json = new ObjectMapper().readTree(JsonReport.of(FAILED));
    assertThat(json.path("verdict").asText()).isEqualTo("FAIL");
    assertThat(json.path("service").path("cluster").asText()).isEqualTo("staging");
    assertThat(json.path("service").path("name").asText()).isEqualTo("orders");
    assertThat(json.path("service").path("region").asText()).isEqualTo("eu-central-1");
    assertThat(json.path("service").path("account").asText()).isEqualTo("123456789012");
    assertThat(json.path("chain").path("taskDefinition"))
        .hasToString("{\"value\":\"orders:2\",\"ok\":true}");
    assertThat(json.path("chain").path("taskIds"))
        .hasToString("{\"value\":[\"t1\",\"t2\"],\"ok\":false}");
    assertThat(json.path("chain").path("commit")).hasToString("{\"value\":null,\"ok\":null}");
    assertThat(json.path("checks").get(1))
        .hasToString(
            "{\"id\":\"tasks\",\"title\":\"its tasks\",\"status\":\"FAIL\",\"expected\":\"2"
                + " tasks\",\"observed\":\"0 of 2 tasks run\",\"evidence\":[\"task t1 STOPPED\"]}");
    assertThat(json.path("causes").get(0))
        .hasToString(
            "{\"id\":\"net-no-egress-route\",\"resource\":\"rtb-1\",\"explanation\":\"Route table"
                + " rtb-1 has no route.\",\"fix\":\"add a route\",\"fixTerraform\":\"resource"
                + " {\\n}\",\"fixCli\":\"aws ec2 create-route\",\"evidence\":[\"task t1"
                + " stopped\"],\"severity\":\"critical\","
                + "\"page\":\"docs/causes/net-no-egress-route.md\",\"link\":\"https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html\"}");
    assertThat(json.path("timing"))
        .hasToString("{\"observedAt\":\"2026-11-23T12:00:00Z\",\"decidedAfter\":3.21}");
  }

  @Test
  void writesALineAnEventWhereNobodyWatches() {
    StringWriter text = new StringWriter();
    Instant[] now = {NOW};
    InstantSource time = () -> now[0];
    PlainProgress progress = new PlainProgress(new PrintWriter(text), time);
    progress.waiting(new RolloutCheck(), "0 of 2", Duration.ZERO);
    now[0] = NOW.plusSeconds(3);
    progress.waiting(new RolloutCheck(), "0 of 2", Duration.ofSeconds(3));
    progress.waiting(new RolloutCheck(), "1 of 2", Duration.ofSeconds(3));
    now[0] = NOW.plusSeconds(13);
    progress.waiting(new RolloutCheck(), "1 of 2", Duration.ofSeconds(13));
    progress.done(FAILED.checks().getFirst());
    assertThat(text.toString().lines())
        .containsExactly(
            "2026-11-23T12:00:00Z waiting for rollout: 0 of 2",
            "2026-11-23T12:00:03Z waiting for rollout: 1 of 2 (3 s)",
            "2026-11-23T12:00:13Z waiting for rollout: 1 of 2 (13 s)",
            "2026-11-23T12:00:13Z PASS image: it does");
  }
}
