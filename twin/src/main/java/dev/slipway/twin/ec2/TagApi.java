package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** Tags of everything that EC2 keeps. Source: EC2 API reference, CreateTags and others. */
final class TagApi {

  private final Stores stores;
  private final Filters<TagDescription> filters =
      Filters.<TagDescription>untagged()
          .on("key", TagDescription::key)
          .on("value", TagDescription::value)
          .on("resource-id", TagDescription::resourceId)
          .on("resource-type", TagDescription::resourceTypeAsString);

  TagApi(Stores stores) {
    this.stores = stores;
  }

  /** Adds or overwrites tags of resources. */
  public CreateTagsResponse createTags(CreateTagsRequest request) {
    Parameters.only(request, "Resources", "Tags");
    List<Tag> added = Parameters.required("tagSet", request.tags());
    change(request.resources(), tags -> Tags.with(tags, added));
    return CreateTagsResponse.builder().build();
  }

  /** Removes tags of resources: the given ones, or all. */
  public DeleteTagsResponse deleteTags(DeleteTagsRequest request) {
    Parameters.only(request, "Resources", "Tags");
    change(request.resources(), tags -> Tags.without(tags, request.tags()));
    return DeleteTagsResponse.builder().build();
  }

  /** Lists tags one by one. */
  public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
    Parameters.only(request, "Filters", "NextToken", "MaxResults");
    List<TagDescription> all =
        stores.all().stream().flatMap(s -> descriptions(s).stream()).toList();
    Page<TagDescription> page =
        Page.of(filters.apply(all, request.filters()), request.maxResults(), request.nextToken());
    return DescribeTagsResponse.builder().tags(page.items()).nextToken(page.nextToken()).build();
  }

  private void change(List<String> ids, UnaryOperator<List<Tag>> change) {
    Parameters.required("resourceIdSet", ids);
    // All ids are looked up first: a call with a wrong one changes nothing.
    ids.forEach(id -> store(id).require(id));
    ids.forEach(id -> store(id).setTags(id, change));
  }

  private Store<?> store(String id) {
    return stores
        .ofId(id)
        .orElseThrow(() -> AwsError.of("InvalidID", "The ID '%s' is not valid".formatted(id)));
  }

  private static <T> List<TagDescription> descriptions(Store<T> store) {
    Kind<T> kind = store.kind();
    return store.all().stream()
        .flatMap(r ->
            kind.tags().apply(r).stream()
                .map(t ->
                    TagDescription.builder()
                        .resourceId(kind.id().apply(r))
                        .resourceType(kind.type())
                        .key(t.key())
                        .value(t.value())
                        .build()))
        .toList();
  }
}
