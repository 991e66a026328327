package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Requests;
import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Traffic;
import dev.slipway.validation.observe.Traffic.Origin;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProbeCheckTest {

  private static Judgement judge(Requests requests) {
    return judge(requests.traffic());
  }

  private static Judgement judge(Traffic traffic) {
    Sample sample = new Sample();
    sample.traffic = traffic;
    return new ProbeCheck().judge(sample.snapshot(), sample.goal());
  }

  @Test
  void holdsWhenEveryRequestIsAnswered() {
    Judgement judgement = judge(new Requests());
    assertThat(judgement).isInstanceOf(Judgement.Holds.class);
    assertThat(judgement.observed()).isEqualTo("600 requests, none failed; build unknown 600");
  }

  @Test
  void failsAndTellsWhenTheServiceWasDownAndWhoSaidSo() {
    Judgement judgement = judge(new Requests().fail(20, 23, 1, 503, Origin.BALANCER));
    assertThat(judgement).isInstanceOf(Judgement.Broken.class);
    assertThat(judgement.observed()).isEqualTo("30 of 600 requests failed, down for 2.9 s");
    assertThat(judgement.evidence())
        .containsExactly(
            "down for 2.9 s from 2026-11-23T12:00:20Z: 30 of 30 requests failed: HTTP 503 by the"
                + " load balancer (30)");
  }

  @Test
  void tellsDisturbedFromDown() {
    Judgement judgement = judge(new Requests().fail(20, 22, 4, 502, Origin.BALANCER));
    assertThat(judgement.observed()).isEqualTo("5 of 600 requests failed");
    assertThat(judgement.evidence().getFirst())
        .startsWith("disturbed for 1.6 s from 2026-11-23T12:00:20Z: 5 of 17 requests failed");
  }

  @Test
  void tellsOutagesApart() {
    Requests requests =
        new Requests()
            .fail(10, 11, 1, 503, Origin.BALANCER)
            .fail(30, 31, 1, 502, Origin.TARGET)
            .fail(50, 51, 1, 0, Origin.NOBODY);
    assertThat(Outage.of(requests.traffic()))
        .extracting(Outage::outcomes)
        .extracting(o -> List.copyOf(o.keySet()))
        .containsExactly(
            List.of("HTTP 503 by the load balancer"),
            List.of("HTTP 502 by a task"),
            List.of("no answer: connection refused"));
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        Arguments.of(
            "a new service that did not answer yet",
            new Requests().fail(0, 30, 1, 503, Origin.BALANCER)),
        Arguments.of(
            "a new service that one node of the load balancer leads to and another not yet",
            new Requests()
                .firstRollout(12, 30)
                .fail(0, 10, 1, 503, Origin.BALANCER)
                .fail(11, 14, 3, 503, Origin.BALANCER)),
        Arguments.of(
            "one request that the network lost",
            new Requests().fail(20, 20.1, 1, 0, Origin.NOBODY)),
        Arguments.of("a client's own error", new Requests().fail(20, 30, 1, 404, Origin.TARGET)),
        Arguments.of(
            "two builds while the rollout is on its way",
            new Requests().completeAt(40).otherBuild(0, 39, 2)),
        Arguments.of(
            "an answer of the old build at the very end",
            new Requests().completeAt(40).otherBuild(40, 41, 3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void doesNotMind(String what, Requests requests) {
    assertThat(judge(requests)).as(what).isInstanceOf(Judgement.Holds.class);
  }

  @Test
  void mindsWhatFailsOnceANewServiceIsComplete() {
    Requests requests = new Requests().firstRollout(12, 30).fail(31, 32, 1, 503, Origin.BALANCER);
    assertThat(judge(requests).observed()).startsWith("10 of 600 requests failed");
  }

  @Test
  void mindsWhatFailsDuringTheRolloutOfAServiceThatServedBefore() {
    Requests requests = new Requests().completeAt(30).fail(11, 12, 1, 503, Origin.BALANCER);
    assertThat(judge(requests).observed()).startsWith("10 of 600 requests failed");
  }

  @Test
  void failsWhenAnotherBuildAnswersAfterTheEndOfTheRollout() {
    Judgement judgement = judge(new Requests().completeAt(30).otherBuild(40, 42, 2));
    assertThat(judgement).isInstanceOf(Judgement.Broken.class);
    assertThat(judgement.observed())
        .isEqualTo("10 answers came from another build after the rollout's end");
    assertThat(judgement.evidence())
        .containsExactly("last at 2026-11-23T12:00:41.800Z: build old, task task9");
  }

  @Test
  void failsWhenNothingWasAnsweredAtAll() {
    Judgement judgement = judge(new Requests().fail(0, 60, 1, 503, Origin.BALANCER));
    assertThat(judgement.observed())
        .isEqualTo("none of 600 requests was answered well: HTTP 503 by the load balancer");
  }

  @Test
  void isLeftOutWhenNobodyAskedOrNothingLeadsThere() {
    assertThat(judge(Traffic.NONE).observed()).isEqualTo("not asked for");
    assertThat(judge(new Traffic("", 10, List.of(), List.of())).observed())
        .isEqualTo("nothing led to the service, so no request was sent");
    assertThat(judge(new Traffic(Requests.URL, 10, List.of(), List.of())).observed())
        .isEqualTo("no request ended in time");
  }

  @Test
  void countsTheBuildsOfTheServicesOwnAnswersOnly() {
    assertThat(judge(new Requests().fail(20, 21, 1, 200, Origin.RULE)).observed())
        .isEqualTo("600 requests, none failed; build unknown 590");
  }

  @Test
  void saysWhatItLooksFor() {
    Sample sample = new Sample();
    assertThat(new ProbeCheck().id()).isEqualTo("probe");
    assertThat(new ProbeCheck().title()).isEqualTo("no request fails meanwhile");
    assertThat(new ProbeCheck().expected(sample.goal()))
        .isEqualTo("every steady request answered through rollout and soak");
  }

  /** When requests were lost on their way, in tenths of a second, and how many of them count. */
  @ParameterizedTest
  @CsvSource({"200 299,2", "200 300,0", "200 400 450,2", "200 250 400,2", "200 300 400,0"})
  void countsLostRequestsThatWereNotAlone(String lost, int failures) {
    Requests requests = new Requests();
    for (String at : lost.split(" ")) {
      double from = Integer.parseInt(at) / 10.0;
      requests.fail(from, from + 0.05, 1, 0, Origin.NOBODY);
    }
    assertThat(Outage.failures(requests.traffic())).hasSize(failures);
  }

  @ParameterizedTest
  @CsvSource({"22,1", "22.1,2"})
  void joinsWhatFailsWithinTwoSeconds(double second, int outages) {
    Requests requests =
        new Requests()
            .fail(20, 20.05, 1, 502, Origin.BALANCER)
            .fail(second, second + 0.05, 1, 502, Origin.BALANCER);
    assertThat(Outage.of(requests.traffic())).hasSize(outages);
  }
}
