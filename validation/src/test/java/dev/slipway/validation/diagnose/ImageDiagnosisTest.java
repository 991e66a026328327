package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecr.model.ImageDetail;

/** Which image is missing, where, and who says so. */
class ImageDiagnosisTest extends Diagnosed {

  private static final String OTHER = "sha256:" + "b".repeat(64);
  private static final String LATEST = Sample.REPOSITORY + ":latest";

  private void image(String name) {
    sample.definitions.put(Sample.TASK_DEFINITION, Sample.definition(2, name));
  }

  private void known(Map<String, Registry.Lookup> lookups) {
    Map<ImageName, Registry.Lookup> images = new HashMap<>();
    lookups.forEach((name, lookup) -> images.put(ImageName.parse(name), lookup));
    sample.registry = new Registry(sample.registry.repositories(), images);
  }

  private static Registry.Lookup found(String digest) {
    return new Registry.Lookup(true, ImageDetail.builder().imageDigest(digest).build());
  }

  private void notPulled(String words) {
    sample.rollingOut().failedStart("subnet-a", "CannotPullContainerError: " + words);
  }

  @Test
  void showsThatTheRegistryKnowsNoSuchTag() {
    image(LATEST);
    known(Map.of(LATEST, Registry.Lookup.ABSENT));
    notPulled("failed to resolve ref %s: not found".formatted(LATEST));
    assertThat(ids()).containsExactly("img-tag-not-in-registry");
    assertThat(first().evidence()).startsWith("ecr:DescribeImages knows no " + LATEST).hasSize(2);
  }

  @Test
  void namesAWantedDigestThatWasNeverPushed() {
    image(LATEST);
    known(
        Map.of(
            LATEST, found(Sample.DIGEST), Sample.REPOSITORY + "@" + OTHER, Registry.Lookup.ABSENT));
    sample.wanted = sample.wanted.withImageDigest(OTHER);
    Cause cause = named("img-tag-not-in-registry");
    assertThat(cause.explanation())
        .isEqualTo("The wanted digest %s is not in repository orders.".formatted(OTHER));
    assertThat(cause.evidence())
        .startsWith("ecr:DescribeImages knows no %s@%s".formatted(Sample.REPOSITORY, OTHER));
  }

  private Cause named(String id) {
    return causes().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void namesADigestThatWasDeletedAfterEcsResolvedItsTag() {
    image(LATEST);
    known(
        Map.of(
            LATEST, found(OTHER), Sample.REPOSITORY + "@" + Sample.DIGEST, Registry.Lookup.ABSENT));
    Cause cause = named("img-pinned-digest-deleted");
    assertThat(cause.explanation())
        .isEqualTo(
            "ECS resolved tag latest to %s when it was deployed, and that digest is no longer in repository orders."
                .formatted(Sample.DIGEST));
  }

  @Test
  void missesNoDigestThatNothingTellsOrThatWasNotLookedUp() {
    image(LATEST);
    known(Map.of(LATEST, found(OTHER)));
    assertThat(ids()).doesNotContain("img-pinned-digest-deleted", "img-tag-not-in-registry");
    sample.revisions.clear();
    assertThat(ids()).doesNotContain("img-pinned-digest-deleted", "img-tag-not-in-registry");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          123456789012.dkr.ecr.eu-central-1.amazonaws.com/payments:1 | img-tag-not-in-registry     | Repository 123456789012.dkr.ecr.eu-central-1.amazonaws.com/payments does not exist.
          123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:1      | img-wrong-region-or-account | The image is of account 123456789012 in us-east-1, the service of account 123456789012 in eu-central-1, and it cannot be pulled.
          999999999999.dkr.ecr.eu-central-1.amazonaws.com/orders:1   | img-wrong-region-or-account | The image is of account 999999999999 in eu-central-1, the service of account 123456789012 in eu-central-1, and it cannot be pulled.
          """)
  void tellsWhereAnImageWouldBeThatIsNotFound(String image, String id, String explanation) {
    image(image);
    notPulled("failed to resolve ref %s: not found".formatted(image));
    assertThat(ids()).containsExactly(id);
    assertThat(first().explanation()).isEqualTo(explanation);
  }

  @Test
  void knowsNothingOfARepositoryThatItMayNotLookFor() {
    image("123456789012.dkr.ecr.eu-central-1.amazonaws.com/payments:1");
    sample.gap("ecr:DescribeRepositories");
    notPulled("failed to resolve ref x: not found");
    assertThat(ids()).doesNotContain("img-tag-not-in-registry", "img-wrong-region-or-account");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          toomanyrequests: You have reached your pull rate limit | The public registry of ghcr.io/o/r:1 limits how often it may be pulled.
          unexpected status from HEAD request: 401 Unauthorized  | The registry of ghcr.io/o/r:1 does not let the task pull it without credentials.
          """)
  void tellsALimitFromMissingCredentials(String words, String explanation) {
    image("ghcr.io/o/r:1");
    notPulled(words);
    assertThat(first().explanation()).isEqualTo(explanation);
  }

  @Test
  void blamesTheImageThatAFailedPullNames() {
    var app = Sample.definition(2, "ghcr.io/o/r:1").containerDefinitions().getFirst();
    definition(d ->
        d.containerDefinitions(
            app, app.toBuilder().name("proxy").image("docker.io/envoyproxy/envoy:v9").build()));
    notPulled("failed to resolve ref docker.io/envoyproxy/envoy:v9: not found");
    assertThat(causes())
        .extracting(Cause::resource)
        .containsExactly("docker.io/envoyproxy/envoy:v9");
  }

  @Test
  void showsTheLineOfTheLogThatTellsOfAnotherProcessor() {
    sample.rollingOut().failedStart("subnet-a", "x");
    network.logTails.put(
        sample.tasks.getFirst().taskArn(),
        List.of("starting", "exec /app/server: exec format error", "bye"));
    assertThat(first().id()).isEqualTo("img-wrong-arch");
    assertThat(first().evidence())
        .contains("exec /app/server: exec format error")
        .doesNotContain("starting", "bye");
  }

  /** What a log tells is no fault while every task runs. */
  @Test
  void mindsNoLogOfAServiceThatIsWell() {
    network.logTails.put(
        sample.tasks.getFirst().taskArn(), List.of("exec /app/server: exec format error"));
    assertThat(causes()).isEmpty();
  }

  @Test
  void blamesNoPullOfAnotherRevision() {
    image(LATEST);
    known(Map.of(LATEST, found(Sample.DIGEST)));
    notPulled("toomanyrequests: You have reached your pull rate limit");
    sample.tasks.set(
        0,
        sample.tasks.getFirst().toBuilder().taskDefinitionArn(Sample.OLD_TASK_DEFINITION).build());
    assertThat(causes()).isEmpty();
  }
}
