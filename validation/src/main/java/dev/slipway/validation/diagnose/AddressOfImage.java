package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * What an image's address says: whose registry it names, and why it cannot be pulled from there.
 */
final class AddressOfImage {

  private AddressOfImage() {}

  /** Whether an image is of this account's registry: of its repositories' host, or of its shape. */
  static boolean ours(Snapshot snapshot, ImageName image) {
    String registry = image.repository().split("/", 2)[0];
    String[] host = registry.split("\\.", -1);
    boolean same =
        snapshot.registry().repositories().stream()
            .anyMatch(r -> r.repositoryUri().startsWith(registry + "/"));
    return same
        || host.length > 3
            && host[1].equals("dkr")
            && host[2].equals("ecr")
            && host[0].equals(snapshot.account())
            && host[3].equals(snapshot.region());
  }

  /** Whether this account's registry has a repository of the same name. */
  private static boolean known(Snapshot snapshot, ImageName image) {
    return snapshot.registry().repositories().stream()
        .anyMatch(r -> r.repositoryName().equals(name(image)));
  }

  /** The name of an image's repository, without the registry's host. */
  private static String name(ImageName image) {
    return image.repository().substring(image.repository().indexOf('/') + 1);
  }

  static Cause noRepository(ImageName image, List<String> evidence) {
    return ImageRule.absent(
        "img-tag-not-in-registry",
        image,
        Arns.last(image.repository()),
        "Repository %s does not exist.".formatted(image.repository()),
        evidence);
  }

  /** The registry's host names an account and region, and they are not these. */
  static Optional<Cause> elsewhere(Snapshot snapshot, ImageName image, Pulls starts) {
    List<String> evidence =
        starts.evidence(
            StopReason.IMAGE_NOT_FOUND, StopReason.PULL_DENIED, StopReason.PULL_RATE_LIMIT);
    String[] host = image.repository().split("/", 2)[0].split("\\.", -1);
    boolean ecr = host.length > 3 && host[1].equals("dkr") && host[2].equals("ecr");
    if (evidence.isEmpty() || snapshot.gap("ecr:DescribeRepositories").isPresent()) {
      return Optional.empty();
    }
    if (ours(snapshot, image)) {
      return Optional.of(noRepository(image, evidence));
    }
    // Where this account has a repository of that name, the address was copied from elsewhere.
    if (ecr
        && !host[0].equals(snapshot.account())
        && !known(snapshot, image)
        && !starts.evidence(StopReason.PULL_DENIED).isEmpty()) {
      return Optional.of(foreign(snapshot, image, host[0], evidence));
    }
    if (ecr) {
      return Optional.of(
          new Cause(
              "img-wrong-region-or-account",
              image.toString(),
              "The image is of account %s in %s, the service of account %s in %s, and it cannot be pulled."
                  .formatted(host[0], host[3], snapshot.account(), snapshot.region()),
              new Fix(
                  "name the repository of this account and region in the task definition",
                  "image = \"${aws_ecr_repository.this.repository_url}@${var.image_digest}\"",
                  "aws ecr describe-repositories --region " + snapshot.region()),
              evidence,
              Rank.START,
              true));
    }
    if (starts.evidence(StopReason.PULL_DENIED, StopReason.PULL_RATE_LIMIT).isEmpty()) {
      return Optional.of(
          ImageRule.absent(
              "img-tag-not-in-registry",
              image,
              image.repository(),
              "The registry of %s has no such image.".formatted(image),
              evidence));
    }
    boolean limited = !starts.evidence(StopReason.PULL_RATE_LIMIT).isEmpty();
    return Optional.of(
        new Cause(
            limited ? "img-dockerhub-rate-limit" : "img-private-registry-no-credentials",
            image.toString(),
            limited
                ? "The public registry of %s limits how often it may be pulled.".formatted(image)
                : "The registry of %s does not let the task pull it without credentials."
                    .formatted(image),
            new Fix(
                "keep the image in ECR, by a pull-through cache or a push",
                "resource \"aws_ecr_pull_through_cache_rule\" \"this\" {}",
                "aws ecr create-pull-through-cache-rule --ecr-repository-prefix PREFIX --upstream-registry-url URL"),
            evidence,
            Rank.START,
            true));
  }

  /** Source: ECR user guide, repository-policies. */
  private static Cause foreign(
      Snapshot snapshot, ImageName image, String owner, List<String> evidence) {
    String name = name(image);
    return new Cause(
        "img-cross-account-repo-policy",
        image.repository(),
        "Repository %s of account %s does not let account %s pull."
            .formatted(name, owner, snapshot.account()),
        new Fix(
            "let account %s pull, in the policy of repository %s"
                .formatted(snapshot.account(), name),
            """
            resource "aws_ecr_repository_policy" "pull" {
              repository = "%s"
              policy = jsonencode({
                Version   = "2012-10-17"
                Statement = [{
                  Effect    = "Allow"
                  Principal = { AWS = "arn:aws:iam::%s:root" }
                  Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
                }]
              })
            }\
            """
                .formatted(name, snapshot.account()),
            "aws ecr set-repository-policy --registry-id %s --repository-name %s --policy-text file://POLICY"
                .formatted(owner, name)),
        evidence,
        Rank.START,
        true);
  }
}
