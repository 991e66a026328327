package dev.slipway.validation.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.Requests;
import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.check.Checks;
import dev.slipway.validation.check.FrontDoorCheck;
import dev.slipway.validation.check.RolloutCheck;
import dev.slipway.validation.check.TargetsCheck;
import dev.slipway.validation.check.TasksCheck;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Traffic.Origin;
import dev.slipway.validation.observe.Trouble;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Chain;
import dev.slipway.validation.report.Progress;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private static final Wanted WANTED =
      Wanted.of("staging", "orders").withRevision(Sample.TASK_DEFINITION);

  private final Script script = new Script();

  private Verification verification() {
    return new Verification(script, WANTED, Limits.NORMAL, Choices.NORMAL, script, Progress.SILENT);
  }

  private Report all(Verification verification) throws Exception {
    for (Check check : Checks.ALL) {
      verification.await(check);
    }
    return verification.report();
  }

  @Test
  void passesWhenEveryCheckHolds() throws Exception {
    script.then(new Sample());
    Report report = all(verification());
    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    assertThat(report.causes()).isEmpty();
    assertThat(report.chain().links())
        .extracting(Chain.Link::name)
        .containsExactly(
            "commit",
            "imageDigest",
            "taskDefinition",
            "deploymentId",
            "taskIds",
            "targetIds",
            "listenerRule",
            "servedBuild");
    assertThat(report.chain().links().subList(1, 7)).allMatch(l -> l.state() == Chain.State.OK);
  }

  @Test
  void failsForARequestThatFailsAfterTheProbeWasJudged() throws Exception {
    Sample rolling = new Sample().rollingOut();
    rolling.traffic = new Requests().traffic();
    Sample end = new Sample();
    end.traffic = new Requests().fail(50, 52, 1, 502, Origin.BALANCER).traffic();
    script.then(rolling).then(end);
    Verification verification = verification();
    assertThat(verification.probe().orElseThrow().status()).isEqualTo(Status.PASS);
    verification.await(new RolloutCheck());
    Report report = verification.report();
    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(report.checks().getFirst().observed()).contains("20 of 600 requests failed");
  }

  @Test
  void waitsForARolloutThatComesToItsEnd() throws Exception {
    script.then(new Sample().rollingOut()).then(new Sample().rollingOut()).then(new Sample());
    assertThat(verification().await(new RolloutCheck()).status()).isEqualTo(Status.PASS);
    assertThat(script.passed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void failsInTimeWhenTheCauseIsSeenAndNotByATimeOut() throws Exception {
    Sample broken = new Sample().rollingOut();
    broken.failedStart("subnet-a", "CannotPullContainerError: x: i/o timeout");
    broken.surroundings = new SampleNetwork().withoutEgress().surroundings();
    script.then(new Sample().rollingOut()).then(broken);
    Report report = all(verification());
    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(report.causes().getFirst().id()).isEqualTo("net-no-egress-route");
    assertThat(report.decidedAfter()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void givesUpAtTheTimeOutWhenNothingDecides() throws Exception {
    script.then(new Sample().rollingOut());
    Report report = all(verification());
    assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(report.causes()).isEmpty();
    assertThat(script.passed()).isBetween(Duration.ofMinutes(10), Duration.ofSeconds(615));
  }

  @Test
  void doesNotLetLaterChecksWaitLongOnceOneHasFailed() throws Exception {
    Sample zero = new Sample().rolledBack();
    script.then(zero);
    Report report = all(verification());
    assertThat(report.checks()).extracting(r -> r.status()).contains(Status.FAIL);
    assertThat(report.causes()).extracting(Cause::id).containsExactly("svc-silent-rollback");
    assertThat(script.passed()).isLessThanOrEqualTo(Limits.NORMAL.afterFailure());
  }

  @Test
  void isPatientWithAForeignTargetForAShortTimeOnly() throws Exception {
    Sample foreign = new Sample();
    foreign.targets.add(Sample.target("10.9.9.9", "healthy", null));
    script.then(foreign);
    assertThat(verification().await(new TargetsCheck()).status()).isEqualTo(Status.FAIL);
    assertThat(script.passed()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void leavesTheVerdictOpenWhenACheckCouldNotBeMade() throws Exception {
    script.then(new Sample().gap("ecs:DescribeTasks"));
    Verification verification = verification();
    verification.await(new RolloutCheck());
    verification.await(new TasksCheck());
    assertThat(verification.report().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(verification.report().reason())
        .isEqualTo("tasks: missing permission ecs:DescribeTasks");
  }

  @Test
  void leavesTheVerdictOpenWhenNoRequestCouldBeSentInTime() throws Exception {
    Sample late = new Sample();
    late.probe = Probe.NONE;
    script.then(late);
    Report report = all(verification());
    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.reason()).isEqualTo("front-door: no request could be sent in time");
    assertThat(report.causes()).isEmpty();
  }

  @Test
  void leavesTheVerdictOpenWhenNoCheckApplies() {
    assertThat(Verdict.of(List.of())).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void endsWithoutVerdictWhenAwsFallsSilent() {
    Unanswered silence = new Unanswered(Trouble.THROTTLED, "ecs:DescribeServices", "slow", null);
    script.then(new Sample().rollingOut()).thenSilence(silence);
    Verification verification = verification();
    assertThatThrownBy(() -> verification.await(new RolloutCheck())).isSameAs(silence);
    assertThat(verification.report("AWS throttled").verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void doesNotLosePatienceWhileAwsIsSilent() throws Exception {
    Unanswered silence = new Unanswered(Trouble.THROTTLED, "ecs:DescribeServices", "slow", null);
    Sample ruleIsMissing = new Sample();
    ruleIsMissing.rules.clear();
    script.then(ruleIsMissing).thenNothingFor(Duration.ofSeconds(90), silence).then(new Sample());
    assertThat(verification().await(new FrontDoorCheck()).status()).isEqualTo(Status.PASS);
    assertThat(script.passed()).isEqualTo(Duration.ofSeconds(91));
  }

  @Test
  void soaksForAFewObservations() throws Exception {
    script.then(new Sample()).then(new Sample()).then(new Sample());
    Verification verification = verification();
    verification.await(new RolloutCheck());
    assertThat(verification.soak().status()).isEqualTo(Status.PASS);
    assertThat(script.passed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void soaksForAsLongAsWasAsked() throws Exception {
    for (int i = 0; i < 40; i++) {
      script.then(new Sample());
    }
    Verification verification =
        new Verification(
            script,
            WANTED,
            Limits.NORMAL.within(Duration.ofSeconds(20)).soaking(Duration.ofSeconds(30)),
            Choices.NORMAL,
            script,
            Progress.SILENT);
    verification.await(new RolloutCheck());
    assertThat(verification.soak().observed())
        .isEqualTo("30 observations over 30 s, nothing changed");
    assertThat(script.passed()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void failsTheSoakWhenATaskThatCameLaterEndsByItself() throws Exception {
    Sample crashed = new Sample();
    Sample more = new Sample();
    more.tasks.add(
        more.tasks.getFirst().toBuilder()
            .taskArn("arn:aws:ecs:eu-central-1:123456789012:task/staging/late")
            .build());
    crashed.tasks.add(
        more.tasks.getLast().toBuilder()
            .lastStatus("STOPPED")
            .desiredStatus("STOPPED")
            .stopCode("EssentialContainerExited")
            .stoppedReason("Essential container in task exited")
            .build());
    script.then(new Sample()).then(more).then(crashed);
    Verification verification = verification();
    verification.await(new RolloutCheck());
    assertThat(verification.soak().observed())
        .isEqualTo("task late ended: Essential container in task exited");
  }

  @Test
  void failsTheSoakWhenATaskEndsByItself() throws Exception {
    Sample crashed = new Sample();
    crashed.tasks.set(
        0,
        crashed.tasks.getFirst().toBuilder()
            .lastStatus("STOPPED")
            .desiredStatus("STOPPED")
            .stopCode("EssentialContainerExited")
            .stoppedReason("Essential container in task exited")
            .build());
    script.then(new Sample()).then(crashed);
    Verification verification = verification();
    verification.await(new RolloutCheck());
    assertThat(verification.soak().observed())
        .isEqualTo("task task1 ended: Essential container in task exited");
    assertThat(verification.report().verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void doesNotMindScalingDuringTheSoak() throws Exception {
    Sample scaled = new Sample();
    scaled.tasks.set(
        0,
        scaled.tasks.getFirst().toBuilder()
            .lastStatus("STOPPED")
            .desiredStatus("STOPPED")
            .stopCode("ServiceSchedulerInitiated")
            .stoppedReason("Scaling activity initiated by (deployment ecs-svc/2)")
            .build());
    script.then(new Sample()).then(scaled).then(scaled);
    Verification verification = verification();
    verification.await(new RolloutCheck());
    assertThat(verification.soak().status()).isEqualTo(Status.PASS);
  }

  @Test
  void failsTheSoakOnAFailedRequest() throws Exception {
    script.then(new Sample()).then(new Sample().answers(502, 1, ""));
    Verification verification = verification();
    verification.await(new RolloutCheck());
    assertThat(verification.soak().observed())
        .isEqualTo("GET http://orders-1.eu-central-1.elb.amazonaws.com/: HTTP 502");
  }
}
