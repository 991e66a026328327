package dev.slipway.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.diagnose.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GithubReportTest {

  private static Report report(Verdict verdict, String reason, List<Cause> causes) {
    return new Report(
        verdict,
        reason,
        new Report.Subject("staging", "orders", "eu-central-1", "123456789012"),
        new Chain(
            List.of(new Chain.Link("taskIds", "tasks", List.of("t1", "t2"), Chain.State.BROKEN))),
        List.of(
            new CheckResult(
                "tasks",
                "its tasks",
                CheckResult.Status.FAIL,
                "2",
                "0 of 2 | none",
                List.of(),
                false)),
        causes,
        List.of(),
        List.of(),
        "http://orders.example/",
        Instant.EPOCH,
        Duration.ofMillis(3210),
        Timeline.EMPTY,
        Scene.EMPTY);
  }

  private static Cause cause() {
    return new Cause(
        "net-no-egress-route",
        "rtb-1",
        "Route table rtb-1 has no route, 100% of <tasks> fail.",
        new Cause.Fix("add a route", "resource {\n}", "aws ec2 create-route"),
        List.of(),
        Cause.Rank.START,
        true);
  }

  @Test
  void summarisesCauseFixChecksAndChain() {
    assertThat(GithubReport.summary(report(Verdict.FAIL, "", List.of(cause()))))
        .isEqualTo(
            """
            ## ❌ FAIL: orders in staging

            Decided after 3.2 s. http://orders.example/

            ### Route table rtb-1 has no route, 100% of &lt;tasks> fail.

            `net-no-egress-route` on `rtb-1`

            **Fix:** add a route

            ```hcl
            resource {
            }
            ```

            ```sh
            aws ec2 create-route
            ```

            More: `docs/causes/net-no-egress-route.md`, <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html>

            | | Check | Observed |
            |---|---|---|
            | ✗ | its tasks | 0 of 2 \\| none |

            | | Chain | Seen |
            |---|---|---|
            | ✗ | tasks | t1 t2 |

            """);
  }

  @Test
  void annotatesEachCauseOnALineOfItsOwn() {
    assertThat(GithubReport.annotations(report(Verdict.FAIL, "", List.of(cause()))))
        .containsExactly(
            "::error title=slipway%3A net-no-egress-route::Route table rtb-1 has no route, 100%25"
                + " of <tasks> fail.%0Aon rtb-1%0Afix: add a route");
  }

  @Test
  void annotatesFailedChecksWhenNoCauseIsSeen() {
    assertThat(GithubReport.annotations(report(Verdict.FAIL, "", List.of())))
        .containsExactly("::error title=slipway%3A tasks::0 of 2 | none");
  }

  @Test
  void warnsWhenNothingCouldBeVerified() {
    assertThat(GithubReport.annotations(report(Verdict.UNKNOWN, "tasks: denied", List.of())))
        .containsExactly("::warning title=slipway%3A not verified::tasks: denied");
  }

  @Test
  void handsVerdictAndFirstCauseToLaterSteps() {
    assertThat(GithubReport.outputs(report(Verdict.FAIL, "", List.of(cause()))).lines())
        .containsExactly("verdict=FAIL", "cause=net-no-egress-route");
    assertThat(GithubReport.outputs(report(Verdict.PASS, "", List.of())).lines())
        .containsExactly("verdict=PASS", "cause=");
  }

  @Test
  void saysNothingWhenAllIsWell() {
    assertThat(GithubReport.annotations(report(Verdict.PASS, "", List.of()))).isEmpty();
  }
}
