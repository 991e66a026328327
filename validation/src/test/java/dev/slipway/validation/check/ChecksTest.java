package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.slipway.validation.Sample;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checks of serving call themselves and say that they expect. */
class ChecksTest {

  static Stream<Arguments> words() {
    return Stream.of(
        arguments(
            new RolloutCheck(),
            "rollout",
            "the wanted revision is rolled out",
            "orders:2 is the only deployment, COMPLETED, not rolled back"),
        arguments(
            new TasksCheck(),
            "tasks",
            "its tasks run the wanted image",
            "as many tasks as desired, at least one, all of orders:2 with sha256:aaaaaaaaaaaa"),
        arguments(
            new TargetsCheck(),
            "targets",
            "its healthy targets are exactly its tasks",
            "every task of orders:2 is a healthy target, and nothing else is a target"),
        arguments(
            new FrontDoorCheck(),
            "front-door",
            "it answers through the load balancer",
            "HTTP 200 from the service's own target group"),
        arguments(
            new ImageCheck(),
            "image",
            "its image is in the registry",
            Sample.REPOSITORY + "@" + Sample.DIGEST + " exists in ECR"));
  }

  @ParameterizedTest
  @MethodSource("words")
  void sayWhatTheyLookFor(Check check, String id, String title, String expected) {
    assertThat(check.id()).isEqualTo(id);
    assertThat(check.title()).isEqualTo(title);
    assertThat(check.expected(new Sample().goal())).isEqualTo(expected);
  }

  @Test
  void expectTheBuildThatIsWanted() {
    Sample sample = new Sample();
    sample.wanted = sample.wanted.withCommit(Sample.COMMIT);
    assertThat(new FrontDoorCheck().expected(sample.goal()))
        .endsWith(", carrying " + Sample.COMMIT);
  }

  @Test
  void expectNoDigestThatNobodyKnows() {
    Sample sample = new Sample();
    sample.definitions.replaceAll((_, d) ->
        d.toBuilder()
            .containerDefinitions(
                d.containerDefinitions().getFirst().toBuilder().image("registry/app:1").build())
            .build());
    sample.revisions = Map.of();
    assertThat(new TasksCheck().expected(sample.goal())).endsWith("all of orders:2");
    assertThat(new ImageCheck().expected(sample.goal())).isEqualTo("registry/app:1 exists in ECR");
  }
}
