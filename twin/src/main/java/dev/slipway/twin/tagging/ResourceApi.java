package dev.slipway.twin.tagging;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagKeysRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagKeysResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagValuesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagValuesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;

/** Questions about tags. Source: Resource Groups Tagging API reference. */
@Differs(
    value = "A resource that lost its last tag is no longer found; AWS finds it for a while.",
    because = "Nobody notes in the twin what was tagged once.")
final class ResourceApi {

  private static final int USUAL_PAGE = 50;
  private static final int KEYS_PAGE = 500;
  private static final int MOST = 100;

  private final List<TaggedResources> sources;

  ResourceApi(List<TaggedResources> sources) {
    this.sources = sources;
  }

  /** GetResources. */
  public GetResourcesResponse getResources(GetResourcesRequest request) {
    check(request);
    List<ResourceTagMapping> found =
        tagged()
            .filter(resource -> TagFilters.match(resource, request.tagFilters()))
            .filter(resource -> TagFilters.isOfType(resource, request.resourceTypeFilters()))
            .filter(resource ->
                request.resourceARNList().isEmpty()
                    || request.resourceARNList().contains(resource.arn()))
            .map(ResourceApi::mapping)
            .toList();
    Page<ResourceTagMapping> page =
        page(found, request.paginationToken(), request.resourcesPerPage(), USUAL_PAGE);
    return GetResourcesResponse.builder()
        .resourceTagMappingList(page.items())
        .paginationToken(orEmpty(page.nextToken()))
        .build();
  }

  /** GetTagKeys. */
  public GetTagKeysResponse getTagKeys(GetTagKeysRequest request) {
    List<String> keys =
        tagged()
            .flatMap(resource -> resource.tags().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    Page<String> page = page(keys, request.paginationToken(), null, KEYS_PAGE);
    return GetTagKeysResponse.builder()
        .tagKeys(page.items())
        .paginationToken(orEmpty(page.nextToken()))
        .build();
  }

  /** GetTagValues. */
  public GetTagValuesResponse getTagValues(GetTagValuesRequest request) {
    if (request.key() == null || request.key().isEmpty()) {
      throw invalid("Key is required.");
    }
    List<String> values =
        tagged()
            .flatMap(resource -> Stream.ofNullable(resource.tags().get(request.key())))
            .distinct()
            .sorted()
            .toList();
    Page<String> page = page(values, request.paginationToken(), null, KEYS_PAGE);
    return GetTagValuesResponse.builder()
        .tagValues(page.items())
        .paginationToken(orEmpty(page.nextToken()))
        .build();
  }

  private Stream<TaggedResources.Tagged> tagged() {
    return sources.stream()
        .flatMap(TaggedResources::resources)
        .filter(resource -> !resource.tags().isEmpty())
        .sorted(Comparator.comparing(TaggedResources.Tagged::arn));
  }

  private static void check(GetResourcesRequest request) {
    boolean filtered =
        !request.tagFilters().isEmpty()
            || !request.resourceTypeFilters().isEmpty()
            || request.resourcesPerPage() != null
            || request.tagsPerPage() != null;
    if (filtered && !request.resourceARNList().isEmpty()) {
      throw invalid("ResourceARNList cannot be combined with other parameters.");
    }
    if (Boolean.TRUE.equals(request.includeComplianceDetails())
        || Boolean.TRUE.equals(request.excludeCompliantResources())) {
      throw invalid("Tag policies are not supported by the twin.");
    }
    if (request.tagsPerPage() != null) {
      throw invalid("TagsPerPage is not supported by the twin; use ResourcesPerPage.");
    }
    Integer size = request.resourcesPerPage();
    if (size != null && (size < 1 || size > MOST)) {
      throw invalid("ResourcesPerPage must be from 1 to 100.");
    }
    if (request.tagFilters().stream().anyMatch(filter -> filter.key() == null)) {
      throw invalid("A tag filter needs a key.");
    }
  }

  private static ResourceTagMapping mapping(TaggedResources.Tagged resource) {
    List<Tag> tags =
        new TreeMap<>(resource.tags()).entrySet().stream().map(ResourceApi::tag).toList();
    return ResourceTagMapping.builder().resourceARN(resource.arn()).tags(tags).build();
  }

  private static Tag tag(Map.Entry<String, String> entry) {
    return Tag.builder().key(entry.getKey()).value(entry.getValue()).build();
  }

  // On the last page the token is there, and empty.
  private static String orEmpty(String token) {
    return token == null ? "" : token;
  }

  private static <T> Page<T> page(List<T> all, String token, Integer asked, int usual) {
    try {
      return Page.of(all, token, asked, usual);
    } catch (AwsError e) {
      throw AwsError.of("PaginationTokenExpiredException", "The pagination token is not valid.");
    }
  }

  private static AwsError invalid(String message) {
    return AwsError.of("InvalidParameterException", message);
  }
}
