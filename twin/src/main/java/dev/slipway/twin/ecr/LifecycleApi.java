package dev.slipway.twin.ecr;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewResponse;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.ImageActionType;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewResult;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyPreviewStatus;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.StartLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.StartLifecyclePolicyPreviewResponse;

/** Lifecycle policies and what they would expire. */
final class LifecycleApi {

  private final World world;
  private final Repositories repositories;
  private final Registry registry;
  private final LifecycleTimer timer;

  LifecycleApi(World world, Repositories repositories, Registry registry, LifecycleTimer timer) {
    this.world = world;
    this.repositories = repositories;
    this.registry = registry;
    this.timer = timer;
  }

  public PutLifecyclePolicyResponse put(PutLifecyclePolicyRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    LifecyclePolicy.parse(request.lifecyclePolicyText());
    timer.start(name, request.lifecyclePolicyText());
    return PutLifecyclePolicyResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(name)
        .lifecyclePolicyText(request.lifecyclePolicyText())
        .build();
  }

  public GetLifecyclePolicyResponse get(GetLifecyclePolicyRequest request) {
    LifecycleRow row = require(request.registryId(), request.repositoryName());
    return GetLifecyclePolicyResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(row.repositoryName())
        .lifecyclePolicyText(row.text())
        .lastEvaluatedAt(row.lastRun())
        .build();
  }

  public DeleteLifecyclePolicyResponse delete(DeleteLifecyclePolicyRequest request) {
    LifecycleRow row = require(request.registryId(), request.repositoryName());
    repositories.lifecycles().remove(row.repositoryName());
    return DeleteLifecyclePolicyResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(row.repositoryName())
        .lifecyclePolicyText(row.text())
        .lastEvaluatedAt(row.lastRun())
        .build();
  }

  public StartLifecyclePolicyPreviewResponse startPreview(
      StartLifecyclePolicyPreviewRequest request) {
    String name = request.repositoryName();
    String text =
        Optional.ofNullable(request.lifecyclePolicyText())
            .orElseGet(() -> require(request.registryId(), name).text());
    repositories.require(request.registryId(), name);
    LifecyclePolicy.parse(text);
    previews().put(name, text);
    return StartLifecyclePolicyPreviewResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(name)
        .lifecyclePolicyText(text)
        .status(LifecyclePolicyPreviewStatus.IN_PROGRESS)
        .build();
  }

  public GetLifecyclePolicyPreviewResponse preview(GetLifecyclePolicyPreviewRequest request) {
    String name = request.repositoryName();
    repositories.require(request.registryId(), name);
    if (request.hasImageIds() || request.filter() != null) {
      throw AwsError.of(
          "InvalidParameterException",
          "imageIds and filter of GetLifecyclePolicyPreview are not supported by the twin");
    }
    String text =
        previews()
            .find(name)
            .orElseThrow(() ->
                AwsError.of(
                    "LifecyclePolicyPreviewNotFoundException",
                    ("Lifecycle policy preview does not exist for the repository with name '%s' in"
                            + " the registry with id '%s'")
                        .formatted(name, repositories.registryId())));
    Map<ImageRow, Integer> expiring =
        new LifecycleEvaluation(registry, world.now()).expiring(name, LifecyclePolicy.parse(text));
    List<LifecyclePolicyPreviewResult> results =
        expiring.entrySet().stream().map(e -> result(e.getKey(), e.getValue())).toList();
    Page<LifecyclePolicyPreviewResult> page =
        Page.of(results, request.nextToken(), request.maxResults(), 100);
    return GetLifecyclePolicyPreviewResponse.builder()
        .registryId(repositories.registryId())
        .repositoryName(name)
        .lifecyclePolicyText(text)
        .status(LifecyclePolicyPreviewStatus.COMPLETE)
        .previewResults(page.items())
        .nextToken(page.nextToken())
        .summary(s -> s.expiringImageTotalCount(results.size()))
        .build();
  }

  private LifecyclePolicyPreviewResult result(ImageRow image, int priority) {
    List<String> tags = registry.tagsOf(image);
    return LifecyclePolicyPreviewResult.builder()
        .imageTags(tags.isEmpty() ? null : tags)
        .imageDigest(image.digest())
        .imagePushedAt(image.pushedAt())
        .action(a -> a.type(ImageActionType.EXPIRE))
        .appliedRulePriority(priority)
        .build();
  }

  private Table<String> previews() {
    return world.table("ecr.lifecyclePreviews");
  }

  private LifecycleRow require(String registryId, String name) {
    repositories.require(registryId, name);
    return repositories
        .lifecycles()
        .find(name)
        .orElseThrow(() ->
            AwsError.of(
                "LifecyclePolicyNotFoundException",
                ("Lifecycle policy does not exist for the repository with name '%s' in the registry"
                        + " with id '%s'")
                    .formatted(name, repositories.registryId())));
  }
}
