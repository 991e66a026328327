package dev.slipway.validation.check.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.check.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

class LifecycleTest {

  private static final String OLD = "sha256:" + "b".repeat(64);

  private final PosturedSample sample = new PosturedSample();

  private static String rule(int priority, String selection) {
    return "{\"rulePriority\":%d,\"selection\":{%s},\"action\":{\"type\":\"expire\"}}"
        .formatted(priority, selection);
  }

  private static String days(String status, int days) {
    return "\"tagStatus\":\"%s\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\",\"countNumber\":%d"
        .formatted(status, days);
  }

  private static String more(String status, int number) {
    return "\"tagStatus\":\"%s\",\"countType\":\"imageCountMoreThan\",\"countNumber\":%d"
        .formatted(status, number);
  }

  private static String prefix(String... prefixes) {
    return ",\"tagPrefixList\":[\"" + String.join("\",\"", prefixes) + "\"]";
  }

  private void policy(String... rules) {
    sample.lifecycle(Optional.of("{\"rules\":[" + String.join(",", rules) + "]}"));
  }

  private List<Finding> findings() {
    return Postures.of("image-posture").findings(sample.snapshot(), sample.goal());
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        Arguments.of("an age that has come", days("any", 3), 4, "now"),
        Arguments.of("an age that comes soon", days("any", 10), 4, "by 2026-11-30"),
        Arguments.of("an age that comes late", days("any", 30), 4, ""),
        Arguments.of("too many", more("any", 3), 4, "now"),
        Arguments.of("just enough", more("any", 4), 4, ""),
        Arguments.of("untagged ones only", days("untagged", 1), 4, ""),
        Arguments.of("its prefix", days("tagged", 1) + prefix("v"), 4, "now"),
        Arguments.of(
            "one prefix of two that must match", days("tagged", 1) + prefix("v", "x"), 4, ""),
        Arguments.of("another prefix", days("tagged", 1) + prefix("dev-"), 4, ""),
        Arguments.of("its pattern", days("tagged", 1) + ",\"tagPatternList\":[\"v*3\"]", 4, "now"),
        Arguments.of(
            "a pattern with a dot for what it is",
            days("tagged", 1) + ",\"tagPatternList\":[\"v.2*\"]",
            4,
            ""),
        Arguments.of(
            "a kind of count that is not known here",
            "\"tagStatus\":\"any\",\"countType\":\"sinceImageTransitioned\",\"countNumber\":1",
            4,
            ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void foretellsWhenTheImageThatRunsGoes(String what, String selection, int days, String when) {
    sample.image(Sample.DIGEST, days, "v1.2.3");
    for (int i = 0; i < 3; i++) {
      sample.image("sha256:" + i, i, "v2." + i);
    }
    policy(rule(1, selection));
    assertThat(findings())
        .extracting(Finding::cause)
        .hasSize(when.isEmpty() ? 0 : 1)
        .allMatch("img-lifecycle-expires-live-image"::equals);
    assertThat(findings())
        .allSatisfy(f ->
            assertThat(f.explanation())
                .isEqualTo(
                    "The lifecycle policy of repository orders removes sha256:aaaaaaaaaaaa %s, which"
                            .formatted(when)
                        + " runs: no further task of it could start."));
  }

  @Test
  void keepsWhatARuleOfALowerNumberIsAbout() {
    sample.image(Sample.DIGEST, 100, "keep-1");
    policy(rule(2, days("any", 1)), rule(1, more("tagged", 5) + prefix("keep-")));
    assertThat(findings()).isEmpty();
    policy(rule(2, days("any", 1)));
    assertThat(findings()).hasSize(1);
  }

  @Test
  void countsImagesThatAnotherRuleProtects() {
    sample.image(Sample.DIGEST, 9, "v1");
    sample.image("sha256:1", 1, "keep-1");
    policy(rule(1, more("tagged", 5) + prefix("keep-")), rule(2, more("any", 1)));
    assertThat(findings()).hasSize(1);
  }

  @Test
  void saysNothingOfUntaggedImagesThatMayBelongToAnIndex() {
    sample.image(Sample.DIGEST, 9);
    policy(rule(1, days("untagged", 1)));
    assertThat(findings()).hasSize(1);
    sample.index("sha256:index", 1, "v2");
    assertThat(findings()).isEmpty();
  }

  @Test
  void watchesTheImageToWhichARollbackWouldReturn() {
    sample.revisions.put(
        "arn:old",
        ServiceRevision.builder()
            .serviceRevisionArn("arn:old")
            .taskDefinition(Sample.OLD_TASK_DEFINITION)
            .containerImages(i -> i.containerName("app").imageDigest(OLD))
            .build());
    sample.serviceDeployments.add(
        ServiceDeployment.builder()
            .status(ServiceDeploymentStatus.SUCCESSFUL)
            .createdAt(Sample.NOW.minusSeconds(3600))
            .targetServiceRevision(t -> t.arn("arn:old"))
            .build());
    sample.image(OLD, 20, "v1");
    sample.image(Sample.DIGEST, 1, "v2");
    policy(rule(1, more("tagged", 1) + prefix("v")));
    assertThat(findings())
        .extracting(Finding::explanation)
        .containsExactly(
            "The lifecycle policy of repository orders removes sha256:bbbbbbbbbbbb now, to which a"
                + " rollback would return: it would fail.");
  }

  @Test
  void tellsOfAPolicyThatIsAboutTagsThatNobodyUses() {
    for (int i = 0; i < 10; i++) {
      sample.image("sha256:" + i, i, "main-" + i);
    }
    policy(rule(1, days("untagged", 1)), rule(2, days("tagged", 1) + prefix("release-")));
    assertThat(findings())
        .extracting(Finding::cause)
        .containsExactly("img-lifecycle-policy-never-fires");
    policy(rule(1, days("untagged", 1)));
    assertThat(findings()).isEmpty();
    policy(rule(1, days("tagged", 1) + prefix("release-")), rule(2, more("any", 50)));
    assertThat(findings()).isEmpty();
  }

  @Test
  void saysNothingOfAPolicyThatItCannotRead() {
    sample.image(Sample.DIGEST, 9, "v1");
    sample.lifecycle(Optional.of("not JSON"));
    assertThat(findings()).isEmpty();
  }
}
