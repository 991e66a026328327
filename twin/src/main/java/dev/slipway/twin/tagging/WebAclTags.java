package dev.slipway.twin.tagging;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.wafv2.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.wafv2.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.wafv2.model.ListWebAcLsRequest;
import software.amazon.awssdk.services.wafv2.model.ListWebAcLsResponse;
import software.amazon.awssdk.services.wafv2.model.Scope;
import software.amazon.awssdk.services.wafv2.model.Tag;

/** WAF's regional web ACLs. */
record WebAclTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .ask(ListWebAcLsRequest.builder().scope(Scope.REGIONAL).build(), ListWebAcLsResponse.class)
        .map(ListWebAcLsResponse::webACLs)
        .orElse(List.of())
        .stream()
        .map(acl -> new Tagged(acl.arn(), tags(acl.arn())));
  }

  private Map<String, String> tags(String arn) {
    return questions
        .ask(
            ListTagsForResourceRequest.builder().resourceARN(arn).build(),
            ListTagsForResourceResponse.class)
        .map(found -> Questions.byKey(found.tagInfoForResource().tagList(), Tag::key, Tag::value))
        .orElse(Map.of());
  }
}
