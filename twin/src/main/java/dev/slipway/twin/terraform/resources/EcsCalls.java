package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceResponse;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceResponse;

/** What the resource types of ECS have in common. */
public final class EcsCalls {

  private EcsCalls() {}

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  /** Brings the tags of a resource from prior to planned. */
  static void updateTags(Context context, String arn, Attributes prior, Attributes planned) {
    TagChanges.between(prior, planned)
        .apply(
            EcsCalls::tag,
            keys ->
                context.call(
                    UntagResourceRequest.builder().resourceArn(arn).tagKeys(keys).build(),
                    UntagResourceResponse.class),
            tags ->
                context.call(
                    TagResourceRequest.builder().resourceArn(arn).tags(tags).build(),
                    TagResourceResponse.class));
  }

  /** Stores the tags that AWS has. */
  static void setTags(Context context, Attributes state, List<Tag> tags) {
    context.setTags(state, tags, Tag::key, Tag::value);
  }

  /** A cluster with everything about it, unless it is gone. */
  public static Optional<Cluster> cluster(Context context, String name) {
    DescribeClustersRequest request =
        DescribeClustersRequest.builder()
            .clusters(name)
            .include(ClusterField.TAGS, ClusterField.CONFIGURATIONS, ClusterField.SETTINGS)
            .build();
    return context
        .findFirst(() -> context.call(request, DescribeClustersResponse.class).clusters())
        .filter(cluster -> !"INACTIVE".equals(cluster.status()));
  }

  /** A service, active, draining or inactive. */
  public static Optional<Service> service(Context context, String cluster, String service) {
    DescribeServicesRequest request =
        DescribeServicesRequest.builder()
            .cluster(cluster)
            .services(service)
            .include(ServiceField.TAGS)
            .build();
    return context.findFirst(
        () -> context.call(request, DescribeServicesResponse.class).services());
  }
}
