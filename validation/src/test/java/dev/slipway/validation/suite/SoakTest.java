package dev.slipway.validation.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.CheckResult.Status;
import dev.slipway.validation.check.RolloutCheck;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Progress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What held is watched, and is said to have ceased as soon as its cause is seen, not sooner. */
class SoakTest {

  private static final Wanted WANTED =
      Wanted.of("staging", "orders").withRevision(Sample.TASK_DEFINITION);

  private final Script script = new Script();
  private Verification verification;

  private CheckResult soak(Sample... looks) throws Exception {
    script.then(new Sample());
    for (Sample look : looks) {
      script.then(look);
    }
    verification =
        new Verification(
            script,
            WANTED,
            Limits.NORMAL.soaking(Duration.ofSeconds(looks.length)),
            Choices.NORMAL,
            script,
            Progress.SILENT);
    verification.await(new RolloutCheck());
    return verification.soak();
  }

  private List<String> causes() {
    return verification.report().causes().stream().map(Cause::id).toList();
  }

  private static Sample withoutRule() {
    Sample sample = new Sample();
    sample.rules.clear();
    return sample;
  }

  /** A request has waited for two seconds, and the load balancer's way is as the network has it. */
  private static Sample waiting(SampleNetwork network) {
    Sample sample = new Sample();
    sample.surroundings = network.surroundings();
    sample.probe =
        new Probe(
            sample.probe.url(),
            sample.probe.startedAt(),
            sample.probe.answers(),
            Duration.ofSeconds(2));
    return sample;
  }

  private static SampleNetwork closed() {
    SampleNetwork network = new SampleNetwork();
    network.taskIngress = List.of();
    return network;
  }

  @Test
  void failsAtTheSecondLookAtARuleThatIsGone() throws Exception {
    CheckResult soak = soak(withoutRule(), withoutRule(), new Sample(), new Sample());
    assertThat(soak.status()).isEqualTo(Status.FAIL);
    assertThat(soak.observed())
        .isEqualTo("front-door: no listener rule leads to the service's target group");
    assertThat(script.passed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(causes()).first().isEqualTo("alb-no-rule-for-service");
  }

  @Test
  void doesNotMindARuleThatIsMissingAtOneLookOnly() throws Exception {
    CheckResult soak = soak(withoutRule(), new Sample(), withoutRule(), new Sample());
    assertThat(soak.status()).isEqualTo(Status.PASS);
  }

  @Test
  void failsAtOnceWhenWhatIsRolledOutCannotStart() throws Exception {
    Sample broken = new Sample().rollingOut();
    broken.failedStart("subnet-a", "CannotPullContainerError: x: i/o timeout");
    broken.surroundings = new SampleNetwork().withoutEgress().surroundings();
    assertThat(soak(broken, new Sample(), new Sample()).status()).isEqualTo(Status.FAIL);
    assertThat(script.passed()).isEqualTo(Duration.ofSeconds(1));
    assertThat(causes()).first().isEqualTo("net-no-egress-route");
  }

  @Test
  void doesNotMindARolloutThatIsUnderWay() throws Exception {
    Sample rolling = new Sample().rollingOut();
    rolling.surroundings = new SampleNetwork().surroundings();
    assertThat(soak(rolling, rolling, rolling, new Sample()).status()).isEqualTo(Status.PASS);
  }

  @Test
  void failsWhenARequestGetsNoAnswerAndTheWayIsSeenToBeClosed() throws Exception {
    CheckResult soak = soak(waiting(closed()), new Sample(), new Sample());
    assertThat(soak.observed())
        .isEqualTo("GET http://orders-1.eu-central-1.elb.amazonaws.com/: no answer for 2 s");
    assertThat(script.passed()).isEqualTo(Duration.ofSeconds(1));
    assertThat(causes()).first().isEqualTo("net-task-sg-ingress-missing-alb");
  }

  @Test
  void doesNotMindASlowAnswerWhoseWayIsOpen() throws Exception {
    Sample slow = waiting(new SampleNetwork());
    assertThat(soak(slow, slow, new Sample()).status()).isEqualTo(Status.PASS);
  }

  @Test
  void looksOnForAMomentForWhatExplainsAFailedRequest() throws Exception {
    Sample explained = new Sample().answers(0, 1, "");
    explained.surroundings = closed().surroundings();
    CheckResult soak = soak(new Sample().answers(0, 1, ""), explained, new Sample());
    assertThat(soak.observed())
        .isEqualTo("GET http://orders-1.eu-central-1.elb.amazonaws.com/: timed out after 5 s");
    assertThat(script.passed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(causes()).first().isEqualTo("net-task-sg-ingress-missing-alb");
  }

  @Test
  void namesATargetThatIsTakenOutWhileItsTaskRuns() throws Exception {
    Sample drained = new Sample().answers(503, 1, "");
    drained.targets.replaceAll(t -> Sample.target(t.target().id(), "draining", null));
    soak(drained, drained, drained, drained);
    assertThat(causes()).first().isEqualTo("alb-target-missing");
  }
}
