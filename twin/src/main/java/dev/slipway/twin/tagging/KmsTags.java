package dev.slipway.twin.tagging;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.Tag;

/** KMS's keys. */
record KmsTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .all(
            marker -> ListKeysRequest.builder().marker(marker).build(),
            ListKeysResponse.class,
            ListKeysResponse::keys,
            ListKeysResponse::nextMarker)
        .stream()
        .map(key -> new Tagged(key.keyArn(), tags(key)));
  }

  private Map<String, String> tags(KeyListEntry key) {
    return questions
        .ask(
            ListResourceTagsRequest.builder().keyId(key.keyId()).build(),
            ListResourceTagsResponse.class)
        .map(found -> Questions.byKey(found.tags(), Tag::tagKey, Tag::tagValue))
        .orElse(Map.of());
  }
}
