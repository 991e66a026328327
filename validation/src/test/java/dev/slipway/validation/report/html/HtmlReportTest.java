package dev.slipway.validation.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.Checks;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.diagnose.Diagnosis;
import dev.slipway.validation.report.Chain;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Scene;
import dev.slipway.validation.report.TimelineRecorder;
import dev.slipway.validation.report.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  private static final String TIMEOUT =
      "ResourceInitializationError: unable to pull secrets or registry auth: dial tcp: i/o timeout";

  private final Sample sample = new Sample();

  private Report report(Verdict verdict) {
    List<CheckResult> results = Checks.ALL.stream().map(c -> result(c)).toList();
    List<Cause> causes =
        verdict == Verdict.FAIL ? Diagnosis.of(sample.snapshot(), sample.goal()) : List.of();
    TimelineRecorder recorder = new TimelineRecorder();
    recorder.add(sample.snapshot());
    return new Report(
        verdict,
        "",
        new Report.Subject("staging", "orders", "eu-central-1", "123456789012"),
        Chain.of(sample.snapshot(), sample.goal(), results),
        results,
        causes,
        List.of(),
        List.of("(service orders) <b>was</b> unable to place a task."),
        "http://orders.example/",
        Sample.NOW,
        Duration.ofMillis(3210),
        recorder.timeline(),
        Scene.of(sample.snapshot(), sample.goal(), causes));
  }

  private CheckResult result(Check check) {
    return CheckResult.of(
        check, sample.goal(), check.judge(sample.snapshot(), sample.goal()), Severity.MEDIUM);
  }

  private Report withoutEgress() {
    sample.rollingOut().failedStart("subnet-a", TIMEOUT);
    sample.surroundings = new SampleNetwork().withoutEgress().surroundings();
    return report(Verdict.FAIL);
  }

  @Test
  void needsNothingElse() throws Exception {
    String page = HtmlReport.of(withoutEgress());
    Path kept = Path.of("target", "report-sample.html");
    Files.writeString(kept, page);
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("lang=\"en\"")
        .doesNotContain("<script")
        .doesNotContain("<link")
        .doesNotContain("src=")
        .doesNotContain("@import");
  }

  @Test
  void namesTheCauseTheResourceAndTheChange() {
    assertThat(HtmlReport.of(withoutEgress()))
        .contains("net-no-egress-route", "aws ec2 create-route", "✗ FAIL");
  }

  @Test
  void marksTheBrokenEdgeInThePictureAndInWords() {
    Report report = withoutEgress();
    assertThat(report.scene().edges())
        .filteredOn(Scene.Edge::broken)
        .extracting(Scene.Edge::to)
        .containsExactly("registry");
    assertThat(HtmlReport.of(report))
        .contains("class=\"cut\"", "broken by net-no-egress-route", "Tasks to Registry");
  }

  @Test
  void breaksNoEdgeWhenAllIsWell() {
    String page = HtmlReport.of(report(Verdict.PASS));
    assertThat(page).contains("✓ PASS", "every edge holds").doesNotContain("class=\"cut\"");
  }

  @Test
  void takesNoMarkupFromWhatAwsSays() {
    sample.failedStart("subnet-a", "<img onerror=alert(1)>");
    assertThat(HtmlReport.of(report(Verdict.FAIL)))
        .doesNotContain("<img")
        .contains("&lt;img onerror=alert(1)&gt;");
  }

  @Test
  void drawsEachTaskOverItsLife() {
    assertThat(withoutEgress().timeline().tasks())
        .anySatisfy(l -> assertThat(l.note()).contains("i/o timeout"))
        .allSatisfy(l -> assertThat(l.spans()).isNotEmpty());
  }
}
