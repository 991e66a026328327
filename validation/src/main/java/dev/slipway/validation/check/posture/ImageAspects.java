package dev.slipway.validation.check.posture;

import dev.slipway.validation.check.Digests;
import dev.slipway.validation.check.Finding;
import dev.slipway.validation.check.Goal;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Posture;
import dev.slipway.validation.observe.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import software.amazon.awssdk.services.ecr.model.FindingSeverity;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Repository;

/** How the image that runs is named, scanned and kept. */
final class ImageAspects {

  private static final String IMAGES = "ecr:DescribeImages";
  private static final String REPOSITORIES = "ecr:DescribeRepositories";

  static final List<Aspect> ALL =
      List.of(
          Aspect.of(ImageAspects::movedTag, REPOSITORIES, IMAGES, "ecs:DescribeServiceRevisions"),
          Aspect.of(ImageAspects::mixedDigests, "ecs:DescribeTasks"),
          Aspect.of(ImageAspects::mutableTag, REPOSITORIES),
          Aspect.of(ImageAspects::neverScanned, REPOSITORIES, "ecr:DescribeImageScanFindings"),
          Aspect.of(ImageAspects::criticalFindings, "ecr:DescribeImageScanFindings"),
          Aspect.of(ImageAspects::grows, REPOSITORIES, "ecr:GetLifecyclePolicy"));

  private ImageAspects() {}

  private static Optional<Repository> repository(Snapshot snapshot, Goal goal) {
    return goal.image().isEmpty()
        ? Optional.empty()
        : snapshot.registry().repositoryOf(ImageName.parse(goal.image()));
  }

  private static Optional<Posture.Shelf> shelf(Snapshot snapshot, Goal goal) {
    return repository(snapshot, goal)
        .map(r -> snapshot.posture().repositories().get(r.repositoryName()));
  }

  private static String tag(Goal goal) {
    ImageName image = ImageName.parse(goal.image());
    return !image.digest().isEmpty() ? "" : image.tag().isEmpty() ? "latest" : image.tag();
  }

  /** ECS resolves a tag once for each revision. Source: ECS developer guide, image resolution. */
  private static List<Finding> movedTag(Snapshot snapshot, Goal goal) {
    String tag = tag(goal);
    Optional<String> now = shelf(snapshot, goal).map(s -> s.tagDigests().get(tag));
    if (tag.isEmpty()
        || now.isEmpty()
        || goal.digest().isEmpty()
        || now.get().equals(goal.digest())
        || !goal.wanted().imageDigest().isEmpty()) {
      return List.of();
    }
    String service = snapshot.rollout().service().serviceName();
    return List.of(
        new Finding(
            "img-tag-moved-no-deployment",
            Severity.HIGH,
            snapshot.rollout().service().serviceArn(),
            "Tag %s now names %s, but service %s was deployed when it named %s and goes on running that."
                .formatted(tag, Digests.brief(now.get()), service, Digests.brief(goal.digest())),
            "deploy anew, and name images by digest",
            "image = \"${aws_ecr_repository.this.repository_url}@${var.image_digest}\"",
            Aspects.updateService(snapshot, goal) + " --force-new-deployment",
            List.of(
                "tag %s: %s".formatted(tag, now.get()), "revision resolved to " + goal.digest())));
  }

  private static List<Finding> mixedDigests(Snapshot snapshot, Goal goal) {
    SortedSet<String> digests = goal.runningDigests(snapshot);
    if (digests.size() < 2) {
      return List.of();
    }
    return List.of(
        new Finding(
            "img-mixed-digests-one-revision",
            Severity.HIGH,
            goal.taskDefinition(),
            "Tasks of %s run %d different images, for its tag moved between their starts."
                .formatted(goal.revision(), digests.size()),
            "name the image by its digest and deploy anew",
            "image = \"${aws_ecr_repository.this.repository_url}@${var.image_digest}\"",
            Aspects.updateService(snapshot, goal) + " --force-new-deployment",
            List.copyOf(digests)));
  }

  private static List<Finding> mutableTag(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    repository(snapshot, goal)
        .filter(r -> !tag(goal).isEmpty())
        .filter(r -> r.imageTagMutability() == ImageTagMutability.MUTABLE)
        .ifPresent(r ->
            found.add(
                new Finding(
                    "img-mutable-tags",
                    Severity.MEDIUM,
                    r.repositoryArn() == null ? r.repositoryName() : r.repositoryArn(),
                    "%s names its image by tag %s, and tags of repository %s may be moved."
                        .formatted(goal.revision(), tag(goal), r.repositoryName()),
                    "make tags immutable, or deploy by digest",
                    "image_tag_mutability = \"IMMUTABLE\"",
                    "aws ecr put-image-tag-mutability --repository-name %s --image-tag-mutability IMMUTABLE"
                        .formatted(r.repositoryName()),
                    List.of("imageTagMutability MUTABLE"))));
    return found;
  }

  private static List<Finding> neverScanned(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    boolean scanned = shelf(snapshot, goal).map(s -> s.findings().isPresent()).orElse(true);
    repository(snapshot, goal)
        .filter(r -> !scanned)
        .filter(r ->
            r.imageScanningConfiguration() != null
                && !Boolean.TRUE.equals(r.imageScanningConfiguration().scanOnPush()))
        .ifPresent(r ->
            found.add(
                new Finding(
                    "img-scan-disabled",
                    Severity.MEDIUM,
                    r.repositoryArn() == null ? r.repositoryName() : r.repositoryArn(),
                    "Images of repository %s are not scanned: no findings means that nobody looked."
                        .formatted(r.repositoryName()),
                    "scan images when they are pushed",
                    "image_scanning_configuration {\n  scan_on_push = true\n}",
                    "aws ecr put-image-scanning-configuration --repository-name %s --image-scanning-configuration scanOnPush=true"
                        .formatted(r.repositoryName()),
                    List.of("scanOnPush false, no scan of " + Digests.brief(goal.digest())))));
    return found;
  }

  private static List<Finding> criticalFindings(Snapshot snapshot, Goal goal) {
    int critical =
        shelf(snapshot, goal)
            .flatMap(Posture.Shelf::findings)
            .map(f -> f.getOrDefault(FindingSeverity.CRITICAL, 0))
            .orElse(0);
    if (critical == 0) {
      return List.of();
    }
    return List.of(
        new Finding(
            "img-critical-cves",
            Severity.HIGH,
            goal.image(),
            "The image that runs, %s, has %d critical findings."
                .formatted(Digests.brief(goal.digest()), critical),
            "build it anew on a base without them",
            "# build with a newer base image, then deploy its digest",
            "aws ecr describe-image-scan-findings --repository-name %s --image-id imageDigest=%s"
                .formatted(
                    repository(snapshot, goal).map(Repository::repositoryName).orElse("REPOSITORY"),
                    goal.digest()),
            List.of("CRITICAL " + critical)));
  }

  private static List<Finding> grows(Snapshot snapshot, Goal goal) {
    List<Finding> found = new ArrayList<>();
    repository(snapshot, goal)
        .filter(r -> shelf(snapshot, goal).map(s -> s.policy().isEmpty()).orElse(false))
        .ifPresent(r ->
            found.add(
                new Finding(
                    "cost-ecr-grows",
                    Severity.LOW,
                    r.repositoryArn() == null ? r.repositoryName() : r.repositoryArn(),
                    "Repository %s has no lifecycle policy: every image that was ever pushed is paid for."
                        .formatted(r.repositoryName()),
                    "let untagged images expire",
                    "resource \"aws_ecr_lifecycle_policy\" \"this\" {\n  repository = aws_ecr_repository.this.name\n}",
                    "aws ecr put-lifecycle-policy --repository-name %s --lifecycle-policy-text file://POLICY"
                        .formatted(r.repositoryName()),
                    List.of("no lifecycle policy"))));
    return found;
  }
}
