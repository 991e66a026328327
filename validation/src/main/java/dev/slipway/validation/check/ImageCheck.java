package dev.slipway.validation.check;

import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.Repository;

/** The image that runs exists in the registry, under the digest that runs. */
public final class ImageCheck implements Check {

  private static final Duration LAG = Duration.ofSeconds(15);

  @Override
  public String id() {
    return "image";
  }

  @Override
  public String title() {
    return "its image is in the registry";
  }

  @Override
  public String expected(Goal goal) {
    ImageName image = ImageName.parse(goal.image());
    return (goal.digest().isEmpty() ? image : image.at(goal.digest())) + " exists in ECR";
  }

  @Override
  public Judgement judge(Snapshot snapshot, Goal goal) {
    if (goal.image().isEmpty()) {
      return new Judgement.Skipped(
          snapshot
              .gap("ecs:DescribeTaskDefinition")
              .map(Gap::sentence)
              .orElse("the task definition is not known"),
          true);
    }
    Optional<Gap> gap =
        snapshot.gap("ecr:DescribeRepositories").or(() -> snapshot.gap("ecr:DescribeImages"));
    if (gap.isPresent()) {
      return new Judgement.Skipped(gap.get().sentence(), true);
    }
    ImageName named = ImageName.parse(goal.image());
    Optional<Repository> repository = snapshot.registry().repositoryOf(named);
    if (repository.isEmpty()) {
      return absentRepository(snapshot, named);
    }
    ImageName image = goal.digest().isEmpty() ? named : named.at(goal.digest());
    Optional<Registry.Lookup> lookup = snapshot.registry().lookup(image);
    if (lookup.isEmpty()) {
      return Judgement.notYet("not looked up yet: " + image, List.of());
    }
    if (!lookup.get().found()) {
      return Judgement.notYet(image + " does not exist", List.of(), LAG);
    }
    var detail = lookup.get().detail();
    return Judgement.holds(
        "%s in repository %s"
            .formatted(Digests.brief(detail.imageDigest()), repository.get().repositoryName()),
        List.of(
            "digest " + detail.imageDigest(),
            "tags " + (detail.hasImageTags() ? String.join(", ", detail.imageTags()) : "none")));
  }

  private static Judgement absentRepository(Snapshot snapshot, ImageName image) {
    boolean ours =
        image.repository().startsWith(snapshot.account() + ".dkr.ecr." + snapshot.region() + ".");
    return ours
        ? Judgement.notYet("repository " + image.repository() + " does not exist", List.of(), LAG)
        : new Judgement.Skipped(
            "the image is not in this account's registry: " + image.repository(), false);
  }
}
