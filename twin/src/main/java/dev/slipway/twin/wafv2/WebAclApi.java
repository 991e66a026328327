package dev.slipway.twin.wafv2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.wafv2.model.CreateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.CreateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.DefaultAction;
import software.amazon.awssdk.services.wafv2.model.DeleteWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.DeleteWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.GetWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.GetWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.wafv2.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.wafv2.model.ListWebAcLsRequest;
import software.amazon.awssdk.services.wafv2.model.ListWebAcLsResponse;
import software.amazon.awssdk.services.wafv2.model.Tag;
import software.amazon.awssdk.services.wafv2.model.TagInfoForResource;
import software.amazon.awssdk.services.wafv2.model.TagResourceRequest;
import software.amazon.awssdk.services.wafv2.model.TagResourceResponse;
import software.amazon.awssdk.services.wafv2.model.UntagResourceRequest;
import software.amazon.awssdk.services.wafv2.model.UntagResourceResponse;
import software.amazon.awssdk.services.wafv2.model.WebACL;
import software.amazon.awssdk.services.wafv2.model.WebACLSummary;

/** Web ACLs. Source: WAFv2 API reference. */
@Differs(
    value =
        "Web ACLs have no rules: they let everything through or nothing, by their default action;"
            + " others are refused by name.",
    because = "The twin's balancer inspects no requests.")
final class WebAclApi {

  private final WebAcls acls;

  WebAclApi(WebAcls acls) {
    this.acls = acls;
  }

  public CreateWebAclResponse create(CreateWebAclRequest request) {
    Parameters.only(
        request,
        WebAcls::unsupported,
        "Name",
        "Scope",
        "DefaultAction",
        "Description",
        "VisibilityConfig",
        "Tags");
    WebAcls.requireRegional(request.scopeAsString());
    requireOne(request.defaultAction());
    if (request.name() == null || !request.name().matches("[\\w\\-]{1,128}")) {
      throw AwsError.of("WAFInvalidParameterException", "Error reason: The name is not valid.");
    }
    if (acls.rows().all().stream().anyMatch(row -> row.acl().name().equals(request.name()))) {
      throw AwsError.of(
          "WAFDuplicateItemException",
          "AWS WAF couldn’t perform the operation because some resource in your request is a"
              + " duplicate of an existing one.");
    }
    String id = acls.world().ids().uuid();
    WebACL acl =
        WebACL.builder()
            .name(request.name())
            .id(id)
            .arn(acls.world().arn("wafv2", "regional/webacl/" + request.name() + "/" + id))
            .defaultAction(request.defaultAction())
            .description(request.description())
            .rules(List.of())
            .visibilityConfig(request.visibilityConfig())
            .capacity(0L)
            .managedByFirewallManager(false)
            .labelNamespace("awswaf:" + acls.world().account() + ":webacl:" + request.name() + ":")
            .build();
    WebAcls.Row row = new WebAcls.Row(acl, acls.world().ids().uuid(), List.copyOf(request.tags()));
    acls.rows().put(acl.arn(), row);
    return CreateWebAclResponse.builder().summary(summary(row)).build();
  }

  private static void requireOne(DefaultAction action) {
    if (action == null || (action.allow() == null) == (action.block() == null)) {
      throw AwsError.of(
          "WAFInvalidParameterException",
          "Error reason: You have used none or multiple values for a field that requires exactly"
              + " one value., field: DEFAULT_ACTION, parameter: Default Action");
    }
    boolean custom =
        action.block() == null
            ? action.allow().customRequestHandling() != null
            : action.block().customResponse() != null;
    if (custom) {
      throw WebAcls.unsupported("custom responses or request handling");
    }
  }

  private static WebACLSummary summary(WebAcls.Row row) {
    return WebACLSummary.builder()
        .name(row.acl().name())
        .id(row.acl().id())
        .arn(row.acl().arn())
        .description(row.acl().description() == null ? "" : row.acl().description())
        .lockToken(row.lock())
        .build();
  }

  public GetWebAclResponse get(GetWebAclRequest request) {
    if (request.arn() == null) {
      WebAcls.requireRegional(request.scopeAsString());
    }
    Optional<WebAcls.Row> found =
        acls.rows().all().stream()
            .filter(row ->
                request.arn() != null
                    ? row.acl().arn().equals(request.arn())
                    : row.acl().id().equals(request.id())
                        && row.acl().name().equals(request.name()))
            .findFirst();
    WebAcls.Row row = found.orElseThrow(WebAcls::notThere);
    return GetWebAclResponse.builder().webACL(row.acl()).lockToken(row.lock()).build();
  }

  public ListWebAcLsResponse list(ListWebAcLsRequest request) {
    WebAcls.requireRegional(request.scopeAsString());
    return ListWebAcLsResponse.builder()
        .webACLs(acls.rows().all().stream().map(WebAclApi::summary).toList())
        .build();
  }

  public DeleteWebAclResponse delete(DeleteWebAclRequest request) {
    WebAcls.requireRegional(request.scopeAsString());
    WebAcls.Row row = acls.require(request.name(), request.id(), request.lockToken());
    if (acls.associations().all().contains(row.acl().arn())) {
      throw AwsError.of(
          "WAFAssociatedItemException",
          "AWS WAF couldn’t perform the operation because your resource is being used by another"
              + " resource or it’s associated with another resource.");
    }
    acls.rows().remove(row.acl().arn());
    return DeleteWebAclResponse.builder().build();
  }

  public ListTagsForResourceResponse tags(ListTagsForResourceRequest request) {
    WebAcls.Row row = acls.require(request.resourceARN());
    return ListTagsForResourceResponse.builder()
        .tagInfoForResource(
            TagInfoForResource.builder().resourceARN(row.acl().arn()).tagList(row.tags()).build())
        .build();
  }

  public TagResourceResponse tag(TagResourceRequest request) {
    WebAcls.Row row = acls.require(request.resourceARN());
    Map<String, Tag> tags = byKey(row);
    request.tags().forEach(tag -> tags.put(tag.key(), tag));
    put(row, tags);
    return TagResourceResponse.builder().build();
  }

  public UntagResourceResponse untag(UntagResourceRequest request) {
    WebAcls.Row row = acls.require(request.resourceARN());
    Map<String, Tag> tags = byKey(row);
    request.tagKeys().forEach(tags::remove);
    put(row, tags);
    return UntagResourceResponse.builder().build();
  }

  private static Map<String, Tag> byKey(WebAcls.Row row) {
    Map<String, Tag> tags = new LinkedHashMap<>();
    row.tags().forEach(tag -> tags.put(tag.key(), tag));
    return tags;
  }

  private void put(WebAcls.Row row, Map<String, Tag> tags) {
    acls.rows()
        .put(row.acl().arn(), new WebAcls.Row(row.acl(), row.lock(), List.copyOf(tags.values())));
  }
}
