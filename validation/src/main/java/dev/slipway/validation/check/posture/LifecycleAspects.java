package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Digests;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Posture;
import dev.slipway.validation.observe.Rollout;
import dev.slipway.validation.observe.Snapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

/** Whether the repository's lifecycle policy lets the images live that are needed. */
final class LifecycleAspects {

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(
              LifecycleAspects::expires,
              "ecr:DescribeRepositories",
              "ecr:DescribeImages",
              "ecr:GetLifecyclePolicy"),
          Aspect.of(
              LifecycleAspects::neverFires,
              "ecr:DescribeRepositories",
              "ecr:DescribeImages",
              "ecr:GetLifecyclePolicy"));

  /** How far ahead is looked. */
  private static final int DAYS = 14;

  /** With fewer images nobody misses a rule that does nothing yet. */
  private static final int PILE = 10;

  private LifecycleAspects() {}

  private static List<Finding> expires(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    Optional<Repository> repository = repository(snapshot, goal);
    Optional<LifecycleForecast> forecast = forecast(snapshot, repository);
    if (forecast.isEmpty()) {
      return found;
    }
    Instant now = snapshot.posture().readAt();
    leaves(forecast.get(), goal.digest(), now)
        .ifPresent(at ->
            found.add(
                expiry(
                    repository.get(),
                    goal.digest(),
                    "which runs: no further task of it could start",
                    at,
                    now)));
    rollback(snapshot, goal)
        .flatMap(digest ->
            leaves(forecast.get(), digest, now)
                .map(at ->
                    expiry(
                        repository.get(),
                        digest,
                        "to which a rollback would return: it would fail",
                        at,
                        now)))
        .ifPresent(found::add);
    return List.copyOf(found);
  }

  private static Optional<Instant> leaves(LifecycleForecast forecast, String digest, Instant now) {
    return digest.isEmpty() ? Optional.empty() : forecast.leaves(digest, now, DAYS);
  }

  private static Finding expiry(
      Repository repository, String digest, String which, Instant at, Instant now) {
    String name = repository.repositoryName();
    String when = at.equals(now) ? "now" : "by " + at.atZone(ZoneOffset.UTC).toLocalDate();
    return new Finding(
        "img-lifecycle-expires-live-image",
        Severity.HIGH,
        name,
        "The lifecycle policy of repository %s removes %s %s, %s."
            .formatted(name, Digests.brief(digest), when, which),
        "let the policy keep images that run or that a rollback needs: expire untagged ones only, or keep more",
        "resource \"aws_ecr_lifecycle_policy\" \"this\" { # expire untagged images only\n}",
        "aws ecr get-lifecycle-policy --repository-name " + name,
        List.of("evaluated over all images of %s: %s goes %s".formatted(name, digest, when)));
  }

  /** A policy that is about tags which nobody uses any more lets images pile up. */
  private static List<Finding> neverFires(Snapshot snapshot, Goal goal) {
    Optional<Repository> repository = repository(snapshot, goal);
    Optional<LifecycleForecast> forecast = forecast(snapshot, repository);
    long tagged =
        images(snapshot, repository).stream().filter(m -> !m.imageTags().isEmpty()).count();
    if (forecast.isEmpty()
        || tagged < PILE
        || forecast.get().idle().isEmpty()
        || forecast.get().reachesTagged()) {
      return List.of();
    }
    String name = repository.get().repositoryName();
    return List.of(
        new Finding(
            "img-lifecycle-policy-never-fires",
            Severity.LOW,
            name,
            "The lifecycle policy of repository %s is about tags that none of its %d tagged images carries, so they pile up."
                .formatted(name, tagged),
            "let the policy's tag patterns match the tags that are pushed today",
            "selection = { tagStatus = \"any\", countType = \"imageCountMoreThan\", countNumber = 50 }",
            "aws ecr get-lifecycle-policy --repository-name " + name,
            forecast.get().idle().stream()
                .map(r -> "rule %d matches no image".formatted(r.priority()))
                .toList()));
  }

  private static Optional<Repository> repository(Snapshot snapshot, Goal goal) {
    return goal.image().isEmpty()
        ? Optional.empty()
        : snapshot.registry().repositoryOf(ImageName.parse(goal.image()));
  }

  private static List<ImageDetail> images(Snapshot snapshot, Optional<Repository> repository) {
    return repository
        .map(r -> snapshot.posture().repositories().get(r.repositoryName()))
        .map(Posture.Shelf::images)
        .orElse(List.of());
  }

  private static Optional<LifecycleForecast> forecast(
      Snapshot snapshot, Optional<Repository> repository) {
    List<ImageDetail> images = images(snapshot, repository);
    return repository
        .map(r -> snapshot.posture().repositories().get(r.repositoryName()))
        .flatMap(Posture.Shelf::policy)
        .flatMap(LifecyclePolicy::parse)
        .filter(LifecyclePolicy::known)
        .filter(p -> !images.isEmpty())
        .map(p -> new LifecycleForecast(p, images));
  }

  /** The digest of the newest deployment before this one that succeeded. */
  private static Optional<String> rollback(Snapshot snapshot, Goal goal) {
    Rollout rollout = snapshot.rollout();
    Optional<ServiceDeployment> newest = rollout.newest();
    return rollout.serviceDeployments().stream()
        .filter(d -> !newest.equals(Optional.of(d)) && d.createdAt() != null)
        .filter(d -> d.status() == ServiceDeploymentStatus.SUCCESSFUL)
        .max(Comparator.comparing(ServiceDeployment::createdAt))
        .flatMap(rollout::target)
        .stream()
        .flatMap(r -> r.containerImages().stream())
        .filter(i -> goal.container().equals(i.containerName()) && i.imageDigest() != null)
        .map(i -> i.imageDigest())
        .filter(d -> !d.equals(goal.digest()))
        .findFirst();
  }
}
