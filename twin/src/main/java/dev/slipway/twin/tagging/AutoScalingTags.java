package dev.slipway.twin.tagging;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.DescribeScalableTargetsResponse;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.applicationautoscaling.model.ListTagsForResourceResponse;

/** Application Auto Scaling's targets of ECS. */
record AutoScalingTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .all(
            token ->
                DescribeScalableTargetsRequest.builder()
                    .serviceNamespace("ecs")
                    .nextToken(token)
                    .build(),
            DescribeScalableTargetsResponse.class,
            DescribeScalableTargetsResponse::scalableTargets,
            DescribeScalableTargetsResponse::nextToken)
        .stream()
        .map(target -> new Tagged(target.scalableTargetARN(), tags(target.scalableTargetARN())));
  }

  private Map<String, String> tags(String arn) {
    return questions
        .ask(
            ListTagsForResourceRequest.builder().resourceARN(arn).build(),
            ListTagsForResourceResponse.class)
        .map(ListTagsForResourceResponse::tags)
        .orElse(Map.of());
  }
}
