package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Digests;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Container;

/** The wanted image is in the registry, and tasks that run well run another one. */
final class DeployedImageRule implements Rule {

  @Override
  public List<Cause> look(Case seen) {
    String wanted = seen.goal().wanted().imageDigest();
    if (wanted.isEmpty() || seen.goal().image().isEmpty() || !completed(seen)) {
      return List.of();
    }
    ImageName image = ImageName.parse(seen.goal().image());
    boolean known =
        seen.snapshot()
            .registry()
            .lookup(image.at(wanted))
            .map(Registry.Lookup::found)
            .orElse(false);
    List<String> running =
        seen.tasks().stream()
            .filter(Tasks::runs)
            .flatMap(t -> Tasks.container(t, seen.goal().container()).stream())
            .map(Container::imageDigest)
            .filter(d -> d != null)
            .distinct()
            .toList();
    if (!known || running.isEmpty() || running.contains(wanted)) {
      return List.of();
    }
    return List.of(cause(seen, image, wanted, running));
  }

  private static boolean completed(Case seen) {
    return seen.snapshot()
        .rollout()
        .primary()
        .filter(p -> "COMPLETED".equals(p.rolloutStateAsString()))
        .filter(p -> seen.goal().taskDefinition().equals(p.taskDefinition()))
        .isPresent();
  }

  private static Cause cause(Case seen, ImageName image, String wanted, List<String> running) {
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
    String now = Digests.brief(running.getFirst());
    List<String> evidence = new ArrayList<>();
    running.forEach(d -> evidence.add("tasks run " + d));
    evidence.add("wanted " + wanted);
    evidence.add("%s names %s".formatted(seen.goal().revision(), image));
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
        evidence,
        Rank.ROLLOUT,
        true);
  }
}
