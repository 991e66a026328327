package dev.slipway.validation.observe;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecr.model.FindingSeverity;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.ScanNotFoundException;
import software.amazon.awssdk.services.ecs.model.Task;

/** Reads how repositories keep the images that run. */
final class ShelfReader {

  private static final int PAGE = 1000;

  private final Aws aws;

  ShelfReader(Aws aws) {
    this.aws = aws;
  }

  /** By repository name; only repositories of images that were looked up. */
  Map<String, Posture.Shelf> shelves(Ask ask, Registry registry, List<Task> tasks) {
    Set<String> running =
        tasks.stream()
            .filter(Tasks::runs)
            .flatMap(t -> t.containers().stream())
            .map(c -> c.imageDigest())
            .filter(d -> d != null)
            .collect(Collectors.toSet());
    Map<String, Posture.Shelf> shelves = new HashMap<>();
    for (ImageName image : registry.images().keySet()) {
      registry
          .repositoryOf(image)
          .filter(r -> !shelves.containsKey(r.repositoryName()))
          .ifPresent(r -> shelves.put(r.repositoryName(), shelf(ask, r, registry, running)));
    }
    return Map.copyOf(shelves);
  }

  private Posture.Shelf shelf(
      Ask ask, Repository repository, Registry registry, Set<String> running) {
    Set<String> here = new HashSet<>();
    Map<String, String> tags = new HashMap<>();
    registry
        .images()
        .forEach((image, lookup) -> {
          if (image.repository().equals(repository.repositoryUri()) && lookup.found()) {
            ImageDetail detail = lookup.detail();
            if (running.contains(detail.imageDigest())) {
              here.add(detail.imageDigest());
            }
          }
        });
    registry.images().keySet().stream()
        .filter(i -> i.repository().equals(repository.repositoryUri()) && i.digest().isEmpty())
        .map(i -> i.tag().isEmpty() ? "latest" : i.tag())
        .distinct()
        .forEach(tag -> digest(ask, repository, tag).ifPresent(d -> tags.put(tag, d)));
    Optional<String> policy = policy(ask, repository);
    return new Posture.Shelf(
        policy,
        Map.copyOf(tags),
        here.isEmpty() ? Optional.empty() : findings(ask, repository, here),
        policy.isEmpty() ? List.of() : images(ask, repository));
  }

  /** Asked anew, unlike the look-ups of the rollout: a tag may have moved since. */
  private Optional<String> digest(Ask ask, Repository repository, String tag) {
    return ask.optional(
        "ecr:DescribeImages",
        Optional.empty(),
        () ->
            aws
                .ecr()
                .describeImages(r ->
                    r.registryId(repository.registryId())
                        .repositoryName(repository.repositoryName())
                        .imageIds(ImageIdentifier.builder().imageTag(tag).build()))
                .imageDetails()
                .stream()
                .map(ImageDetail::imageDigest)
                .findFirst());
  }

  private Optional<String> policy(Ask ask, Repository repository) {
    return ask.optional(
        "ecr:GetLifecyclePolicy",
        Optional.empty(),
        () -> {
          try {
            return Optional.of(
                aws.ecr()
                    .getLifecyclePolicy(r ->
                        r.registryId(repository.registryId())
                            .repositoryName(repository.repositoryName()))
                    .lifecyclePolicyText());
          } catch (LifecyclePolicyNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  private Optional<Map<FindingSeverity, Integer>> findings(
      Ask ask, Repository repository, Set<String> digests) {
    Map<FindingSeverity, Integer> counts = new HashMap<>();
    boolean scanned = false;
    for (String digest : digests) {
      scanned |=
          ask.optional(
              "ecr:DescribeImageScanFindings",
              false,
              () -> {
                try {
                  var answer =
                      aws.ecr()
                          .describeImageScanFindings(r ->
                              r.registryId(repository.registryId())
                                  .repositoryName(repository.repositoryName())
                                  .imageId(i -> i.imageDigest(digest)));
                  if (answer.imageScanFindings() != null) {
                    answer
                        .imageScanFindings()
                        .findingSeverityCounts()
                        .forEach((s, n) -> counts.merge(s, n, Integer::sum));
                  }
                  return answer.imageScanStatus() != null
                      && Set.of("COMPLETE", "ACTIVE")
                          .contains(answer.imageScanStatus().statusAsString());
                } catch (ScanNotFoundException e) {
                  return false;
                }
              });
    }
    return scanned ? Optional.of(Map.copyOf(counts)) : Optional.empty();
  }

  /** All of them: a policy counts the images that it is about. */
  private List<ImageDetail> images(Ask ask, Repository repository) {
    return ask.optional(
        "ecr:DescribeImages",
        List.of(),
        () ->
            aws
                .ecr()
                .describeImagesPaginator(r ->
                    r.registryId(repository.registryId())
                        .repositoryName(repository.repositoryName())
                        .maxResults(PAGE))
                .imageDetails()
                .stream()
                .toList());
  }
}
