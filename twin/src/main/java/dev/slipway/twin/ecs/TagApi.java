package dev.slipway.twin.ecs;

import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceResponse;

/** The tag operations. Source: ECS API reference. */
final class TagApi {

  private final EcsState state;

  TagApi(EcsState state) {
    this.state = state;
  }

  /** TagResource. */
  public TagResourceResponse tagResource(TagResourceRequest request) {
    String arn = require(request.resourceArn());
    state.tags().put(arn, Tags.merged(state.tags(arn), request.tags()));
    return TagResourceResponse.builder().build();
  }

  /** UntagResource. */
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    String arn = require(request.resourceArn());
    state.tags().put(arn, Tags.without(state.tags(arn), request.tagKeys()));
    return UntagResourceResponse.builder().build();
  }

  /** ListTagsForResource. */
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    return ListTagsForResourceResponse.builder()
        .tags(state.tags(require(request.resourceArn())))
        .build();
  }

  private String require(String arn) {
    if (arn == null || arn.isEmpty()) {
      throw EcsErrors.invalid("resourceArn can not be blank.");
    }
    String kind = arn.substring(arn.lastIndexOf(':', Math.max(0, arn.indexOf('/'))) + 1);
    boolean known =
        switch (kind.substring(0, Math.max(0, kind.indexOf('/')))) {
          case "cluster" -> cluster(arn);
          case "service" -> state.services().contains(arn);
          case "task" -> state.tasks().contains(arn);
          case "task-definition" -> state.taskDefinitions().contains(EcsState.lastPart(arn));
          default -> false;
        };
    if (!known) {
      throw EcsErrors.invalid("The specified resource was not found: " + arn);
    }
    return arn;
  }

  private boolean cluster(String arn) {
    Optional<Cluster> found = state.clusters().find(EcsState.lastPart(arn));
    if (found.isPresent() && !found.get().status().equals("ACTIVE")) {
      // Source: what Terraform's provider is told of clusters that it deleted.
      throw EcsErrors.invalid(
          "The specified cluster is inactive. Specify an active cluster and try again.");
    }
    return found.isPresent();
  }
}
