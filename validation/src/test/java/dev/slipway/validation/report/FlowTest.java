package dev.slipway.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.validation.Requests;
import dev.slipway.validation.observe.Traffic;
import dev.slipway.validation.observe.Traffic.Origin;
import dev.slipway.validation.report.html.HtmlReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowTest {

  private static Report report(Flow flow) {
    return new Report(
        Verdict.FAIL,
        "",
        new Report.Subject("staging", "orders", "", ""),
        Chain.EMPTY,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "",
        Requests.at(0),
        Duration.ofSeconds(60),
        new Timeline(
            List.of(),
            List.of(),
            List.of(
                new Timeline.Lane(
                    "10.0.1.10:5000",
                    "",
                    List.of(new Timeline.Span(Requests.at(0), Requests.at(60_000), "healthy")))),
            List.of(),
            flow),
        Scene.EMPTY);
  }

  private static final Flow DISTURBED =
      Flow.of(
          new Requests()
              .otherBuild(0, 30, 1)
              .fail(20, 22, 1, 503, Origin.BALANCER)
              .fail(30, 31, 5, 502, Origin.TARGET)
              .traffic());

  @Test
  void countsAnswersByBuildAndTaskAndFailuresByWhoseTheyAre() {
    assertThat(DISTURBED.requests()).isEqualTo(600);
    assertThat(DISTURBED.failed()).isEqualTo(22);
    assertThat(DISTURBED.mixed()).isTrue();
    assertThat(DISTURBED.builds()).containsOnly(entry("not named", 298), entry("old", 280));
    assertThat(DISTURBED.tasks()).containsOnly(entry("not named", 298), entry("task9", 280));
    assertThat(DISTURBED.failures())
        .containsOnly(entry("HTTP 502 by a task", 2), entry("HTTP 503 by the load balancer", 20));
  }

  private static Map.Entry<String, Integer> entry(String key, int value) {
    return Map.entry(key, value);
  }

  @Test
  void givesEverySpanOfTimeItsShare() {
    assertThat(DISTURBED.beats()).hasSize(60);
    assertThat(DISTURBED.beats().stream().mapToInt(b -> b.good() + b.failed()).sum())
        .isEqualTo(600);
    assertThat(DISTURBED.beats().get(20).good()).isZero();
    assertThat(DISTURBED.beats().get(20).worst()).isEqualTo("HTTP 503 by the load balancer");
    assertThat(DISTURBED.beats().get(30).good()).isEqualTo(8);
  }

  @Test
  void drawsALineOfTimeInTheTree() {
    assertThat(String.join("\n", Tree.of(report(DISTURBED))))
        .contains(
            """
            probe  600 requests to http://orders-1.eu-central-1.elb.amazonaws.com/, 10 a second, 22 failed
              ....................XX........x.............................  (1 s each; . answered, x some failed, X all failed)
              down for 1.9 s from 2026-11-23T12:00:20Z: 20 of 20 requests failed: HTTP 503 by the load balancer (20)
              disturbed for 0.5 s from 2026-11-23T12:00:30Z: 2 of 6 requests failed: HTTP 502 by a task (2)
              build not named answered 298
              build old answered 280\
            """);
  }

  @Test
  void writesProbeIntoTheJsonWhenItWasAskedFor() throws Exception {
    JsonNode probe = new ObjectMapper().readTree(JsonReport.of(report(DISTURBED))).path("probe");
    assertThat(probe.path("requests").asInt()).isEqualTo(600);
    assertThat(probe.path("failed").asInt()).isEqualTo(22);
    assertThat(probe.path("mixedBuilds").asBoolean()).isTrue();
    assertThat(probe.path("outages").get(0))
        .hasToString(
            "{\"from\":\"2026-11-23T12:00:20Z\",\"to\":\"2026-11-23T12:00:21.920Z\",\"down\":true,"
                + "\"failed\":20,\"good\":0,\"outcomes\":{\"HTTP 503 by the load balancer\":20}}");
    assertThat(probe.path("timeline").get(30))
        .hasToString(
            "{\"at\":\"2026-11-23T12:00:30Z\",\"seconds\":1,\"good\":8,\"failed\":2,\"builds\":"
                + "{\"not named\":8},\"worst\":\"HTTP 502 by a task\"}");
  }

  @Test
  void leavesItOutWhenNobodyAsked() throws Exception {
    Report quiet = report(Flow.of(Traffic.NONE));
    assertThat(new ObjectMapper().readTree(JsonReport.of(quiet)).has("probe")).isFalse();
    assertThat(Tree.of(quiet)).noneMatch(l -> l.startsWith("probe"));
    assertThat(HtmlReport.of(quiet)).doesNotContain("Steady requests");
  }

  @Test
  void showsItInThePageAsPictureAndInWords() {
    assertThat(HtmlReport.of(report(DISTURBED)))
        .contains("Steady requests: 578 answered, 22 failed")
        .contains("down for 1.9 s from 2026-11-23T12:00:20Z")
        .contains("Builds that answered");
  }
}
