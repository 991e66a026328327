package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Digests;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import java.util.List;
import java.util.Optional;

/**
 * What runs is not what was wanted: tasks that run well run another image than the wanted one,
 * which is in the registry, or tasks of one revision run several.
 */
final class DeployedImageRule implements Rule {

  @Override
  public List<Cause> look(Case seen) {
    String wanted = seen.goal().wanted().imageDigest();
    if (seen.goal().image().isEmpty() || !seen.rolledOut()) {
      return List.of();
    }
    // While a deployment is under way two are no surprise: it may be there because the tag moved.
    List<String> digests = List.copyOf(seen.goal().runningDigests(seen.snapshot()));
    if (digests.size() > 1) {
      return List.of(mixed(seen, digests));
    }
    if (wanted.isEmpty() || digests.isEmpty() || digests.contains(wanted)) {
      return List.of();
    }
    ImageName image = ImageName.parse(seen.goal().image());
    boolean known =
        seen.snapshot()
            .registry()
            .lookup(image.at(wanted))
            .map(Registry.Lookup::found)
            .orElse(false);
    if (known && image.digest().isEmpty() && deployedBefore(seen, wanted)) {
      return List.of(backwards(seen, image, wanted, digests.getFirst()));
    }
    return known ? List.of(cause(seen, image, wanted, digests.getFirst())) : List.of();
  }

  /** Whether the image's tag led to a digest when this very task definition was deployed before. */
  static boolean deployedBefore(Case seen, String digest) {
    var rollout = seen.snapshot().rollout();
    return rollout
        .to(seen.goal().taskDefinition())
        .flatMap(d -> rollout.target(d).stream())
        .flatMap(r -> r.containerImages().stream())
        .filter(i -> seen.goal().container().equals(i.containerName()))
        .anyMatch(i -> digest.equals(i.imageDigest()));
  }

  private static Cause backwards(Case seen, ImageName image, String wanted, String running) {
    String tag = image.tag().isEmpty() ? "latest" : image.tag();
    return new Cause(
        "img-tag-moved-backwards",
        image.toString(),
        "%s was deployed when tag %s named the wanted %s, and deployed again when somebody had moved the tag to %s."
            .formatted(seen.goal().revision(), tag, Digests.brief(wanted), Digests.brief(running)),
        new Fix(
            "name the image by its digest, let tags not move, and let no two pipelines deploy at once",
            "image                = \"%s@%s\"%nimage_tag_mutability = \"IMMUTABLE\""
                .formatted(image.repository(), wanted),
            "aws ecs update-service --cluster %s --service %s --task-definition NEW_REVISION"
                .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
        List.of(
            "tasks run " + running,
            "wanted " + wanted,
            "an earlier deployment of %s resolved %s to %s"
                .formatted(seen.goal().revision(), image, wanted)),
        Rank.ROLLOUT,
        true);
  }

  private static Cause mixed(Case seen, List<String> digests) {
    ImageName image = ImageName.parse(seen.goal().image());
    return new Cause(
        "img-mixed-digests-one-revision",
        seen.goal().taskDefinition(),
        "Tasks of %s run %d different images, for %s named another one when some of them started."
            .formatted(seen.goal().revision(), digests.size(), image),
        new Fix(
            "name the image by its digest and deploy anew",
            "image = \"%s@${var.image_digest}\"".formatted(image.repository()),
            "aws ecs update-service --cluster %s --service %s --task-definition NEW_REVISION"
                .formatted(seen.goal().wanted().cluster(), seen.service().serviceName())),
        digests.stream().map(d -> "tasks run " + d).toList(),
        Rank.ROLLOUT,
        true);
  }

  private static Cause cause(Case seen, ImageName image, String wanted, String running) {
    String update =
        "aws ecs update-service --cluster %s --service %s"
            .formatted(seen.goal().wanted().cluster(), seen.service().serviceName());
    Optional<String> tagged =
        image.digest().isEmpty()
            ? seen.snapshot()
                .registry()
                .lookup(image)
                .filter(Registry.Lookup::found)
                .map(l -> l.detail().imageDigest())
            : Optional.empty();
    boolean moved = tagged.filter(wanted::equals).isPresent();
    String now = Digests.brief(running);
    return new Cause(
        moved ? "img-tag-moved-no-deployment" : "svc-runs-another-image",
        moved ? seen.service().serviceArn() : seen.goal().taskDefinition(),
        moved
            ? "Tag %s now names the wanted %s, but service %s was deployed when it named %s and goes on running that."
                .formatted(
                    image.tag().isEmpty() ? "latest" : image.tag(),
                    Digests.brief(wanted),
                    seen.service().serviceName(),
                    now)
            : "%s is rolled out and names %s, not the wanted %s."
                .formatted(seen.goal().revision(), now, Digests.brief(wanted)),
        new Fix(
            moved
                ? "deploy anew, and name images by digest"
                : "register a revision that names the wanted digest, and deploy it",
            "image = \"%s@%s\"".formatted(image.repository(), wanted),
            moved
                ? update + " --force-new-deployment"
                : update + " --task-definition NEW_REVISION"),
        List.of(
            "tasks run " + running,
            "wanted " + wanted,
            "%s names %s".formatted(seen.goal().revision(), image)),
        Rank.ROLLOUT,
        true);
  }
}
