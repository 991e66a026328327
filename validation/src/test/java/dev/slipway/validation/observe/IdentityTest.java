package dev.slipway.validation.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Traffic.Origin;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {

  private static final Wanted ANY = Wanted.of("staging", "orders");
  private static final String PAGE =
      "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad"
          + " Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

  private static Probe.Answer answer(String body) {
    return new Probe.Answer(200, "", body, "");
  }

  @Test
  void knowsTheLoadBalancersOwnPages() {
    assertThat(Identity.origin(new Probe.Answer(502, "awselb/2.0", PAGE, "")))
        .isEqualTo(Origin.BALANCER);
    assertThat(Identity.origin(new Probe.Answer(503, "awselb/2.0", "{\"closed\":true}", "")))
        .isEqualTo(Origin.RULE);
    assertThat(Identity.origin(new Probe.Answer(502, "nginx", PAGE, ""))).isEqualTo(Origin.TARGET);
    assertThat(Identity.origin(new Probe.Answer(0, "", "", "connection refused")))
        .isEqualTo(Origin.NOBODY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "{\"version\":\"1.2\"}; 1.2",
        "{\"version\":\"1.2\",\"commit\" : \"abc1234\"}; abc1234",
        "{\"gitCommit\":\"abc1234\"}; abc1234",
        "plain text; ||",
      })
  void readsTheBuildFromWhateverNamesIt(String body, String build) {
    assertThat(Identity.build(answer(body), ANY)).isEqualTo(build);
  }

  @Test
  void readsTheBuildFromAHeader() {
    Probe.Answer answer =
        new Probe.Answer(200, "", "hello", "", Map.of("X-App-Revision", "abc1234"));
    assertThat(Identity.build(answer, ANY)).isEqualTo("abc1234");
  }

  @Test
  void takesTheWantedBuildForWhatItIs() {
    Wanted wanted = ANY.withCommit(Sample.COMMIT);
    assertThat(Identity.build(answer("sha 0123456789ab"), wanted)).isEqualTo(Sample.COMMIT);
    assertThat(Identity.carries(answer("sha 0123456789ab"), wanted)).isTrue();
    assertThat(Identity.carries(answer("sha fedcba987654"), wanted)).isFalse();
    assertThat(Identity.carries(answer("anything"), ANY)).isTrue();
  }

  @Test
  void findsTheTaskByItsIdOrItsAddressAndByNothingLess() {
    var tasks =
        List.of(
            Sample.running("task1", "10.0.1.1", "subnet-a"),
            Sample.running("task2", "10.0.1.10", "subnet-b"));
    assertThat(Identity.task(answer("{\"taskId\":\"task2\"}"), tasks)).isEqualTo("task2");
    assertThat(Identity.task(answer("from 10.0.1.10:5000"), tasks)).isEqualTo("task2");
    assertThat(Identity.task(answer("from 110.0.1.1"), tasks)).isEmpty();
    assertThat(Identity.task(answer("nothing"), tasks)).isEmpty();
  }
}
