package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.Probe;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildsTest {

  @ParameterizedTest
  @CsvSource({
    "revision 0123456789abcdef,0123456789abcdef,true",
    "revision 0123456,0123456789abcdef,true",
    "revision 0123456789abcdef,0123456,true",
    "revision 012345,0123456789abcdef,false",
    "revision 1123456789abcdef,0123456789abcdef,false",
    "revision 0123456789abcdef-dirty-0a1b2c3d,0123456789abcdef,false",
    "revision 0123456789abcdef-dirty-0a1b2c3d,0123456789abcdef-dirty-0a1b2c3d,true",
    "revision 0123456789abcdef,0123456789abcdef-dirty-0a1b2c3d,false",
    "nothing,0123456789abcdef,false",
  })
  void findsACommitBeItAbbreviated(String text, String commit, boolean found) {
    assertThat(Builds.revision(text, commit).isPresent()).isEqualTo(found);
  }

  private static Probe answers(String... all) {
    return new Probe(
        "http://orders.example/",
        Sample.NOW,
        Arrays.stream(all)
            .map(a -> a.split(" ", 2))
            .map(a -> new Probe.Answer(Integer.parseInt(a[0]), "", a[1], ""))
            .toList());
  }

  private static Goal wanting(String build) {
    Sample sample = new Sample();
    sample.wanted = sample.wanted.withBuild(build);
    return sample.goal();
  }

  @Test
  void readsWhichBuildServesWhenAllAnswersAgree() {
    assertThat(Builds.served(answers("200 v7", "200 is v7"), wanting("v7"))).isEqualTo("v7");
    assertThat(Builds.served(answers("200 v7", "200 v6"), wanting("v7"))).isEmpty();
    assertThat(Builds.served(answers("200 v7", "503 v7"), wanting("v7"))).isEmpty();
    assertThat(Builds.served(Probe.NONE, wanting("v7"))).isEmpty();
    assertThat(Builds.served(answers("200 v7"), wanting(""))).isEmpty();
  }
}
