package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.Repository;

class ImageCheckTest {

  private final Sample sample = new Sample();

  private Judgement judged() {
    return new ImageCheck().judge(sample.snapshot(), sample.goal());
  }

  @Test
  void holdsWhenTheRegistryHasTheDigestThatRuns() {
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
    assertThat(judged().observed()).isEqualTo("sha256:aaaaaaaaaaaa in repository orders");
  }

  @Test
  void waitsOnlyShortlyForAnImageThatIsNotThere() {
    sample.registry =
        new Registry(
            sample.registry.repositories(),
            Map.of(
                ImageName.parse(Sample.REPOSITORY + "@" + Sample.DIGEST), Registry.Lookup.ABSENT));
    assertThat(judged())
        .isInstanceOfSatisfying(
            Judgement.NotYet.class, n -> assertThat(n.patience().toSeconds()).isEqualTo(15));
  }

  @Test
  void findsTheRepositoryByItsUriWhateverTheHostLooksLike() {
    String uri = "127.0.0.1:4510/orders";
    sample.definitions.put(Sample.TASK_DEFINITION, Sample.definition(2, uri + "@" + Sample.DIGEST));
    sample.registry =
        new Registry(
            List.of(Repository.builder().repositoryUri(uri).repositoryName("orders").build()),
            Map.of(
                ImageName.parse(uri + "@" + Sample.DIGEST),
                new Registry.Lookup(
                    true, ImageDetail.builder().imageDigest(Sample.DIGEST).build())));
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
  }

  @Test
  void doesNotApplyToAnotherRegistrysImage() {
    sample.definitions.put(
        Sample.TASK_DEFINITION, Sample.definition(2, "docker.io/library/nginx:1.29"));
    assertThat(judged())
        .isEqualTo(
            new Judgement.Skipped(
                "the image is not in this account's registry: docker.io/library/nginx", false));
  }

  @Test
  void missesARepositoryOfThisAccountThatIsGone() {
    sample.registry = Registry.NONE;
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
    assertThat(judged().observed()).endsWith("/orders does not exist");
  }

  @Test
  void doesNotPassWhenTheRegistryMayNotBeRead() {
    sample.gap("ecr:DescribeImages");
    assertThat(judged())
        .isEqualTo(new Judgement.Skipped("missing permission ecr:DescribeImages", true));
  }

  @ParameterizedTest
  @CsvSource({
    "host:5000/a/b,host:5000/a/b,'',''",
    "host:5000/a/b:t,host:5000/a/b,t,''",
    "host/a:t@sha256:1,host/a,t,sha256:1",
    "nginx,nginx,'',''",
  })
  void takesImageNamesApart(String name, String repository, String tag, String digest) {
    assertThat(ImageName.parse(name)).isEqualTo(new ImageName(repository, tag, digest));
    assertThat(ImageName.parse(name)).hasToString(name);
  }

  @Test
  void doesNotPassOnAnImageOfWhichNothingIsKnown() {
    sample.definitions.clear();
    assertThat(judged()).isEqualTo(new Judgement.Skipped("the task definition is not known", true));
    sample.gap("ecs:DescribeTaskDefinition");
    assertThat(judged())
        .isEqualTo(new Judgement.Skipped("missing permission ecs:DescribeTaskDefinition", true));
  }

  @Test
  void waitsForAnImageThatNobodyHasLookedUp() {
    sample.registry = new Registry(sample.registry.repositories(), Map.of());
    assertThat(judged().observed())
        .isEqualTo("not looked up yet: %s@%s".formatted(Sample.REPOSITORY, Sample.DIGEST));
  }

  /** The tag may have moved; what counts is the digest that ECS resolved it to. */
  @Test
  void looksAtTheDigestThatEcsResolvedATagTo() {
    sample.definitions.put(
        Sample.TASK_DEFINITION, Sample.definition(2, Sample.REPOSITORY + ":latest"));
    assertThat(judged().observed()).isEqualTo("sha256:aaaaaaaaaaaa in repository orders");
    assertThat(judged().evidence())
        .containsExactly("digest " + Sample.DIGEST, "tags " + Sample.COMMIT);
  }

  @Test
  void looksAtTheTagWhereNothingTellsADigest() {
    String latest = Sample.REPOSITORY + ":latest";
    sample.definitions.put(Sample.TASK_DEFINITION, Sample.definition(2, latest));
    sample.revisions.clear();
    sample.registry =
        new Registry(
            sample.registry.repositories(),
            Map.of(
                ImageName.parse(latest),
                new Registry.Lookup(
                    true, ImageDetail.builder().imageDigest(Sample.DIGEST).build())));
    assertThat(judged().evidence()).containsExactly("digest " + Sample.DIGEST, "tags none");
  }
}
