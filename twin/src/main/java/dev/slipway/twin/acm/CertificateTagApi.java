package dev.slipway.twin.acm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateRequest;
import software.amazon.awssdk.services.acm.model.AddTagsToCertificateResponse;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateRequest;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateResponse;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateRequest;
import software.amazon.awssdk.services.acm.model.RemoveTagsFromCertificateResponse;
import software.amazon.awssdk.services.acm.model.Tag;

/** The tags of certificates. Source: ACM API reference. */
final class CertificateTagApi {

  private final Acm acm;

  CertificateTagApi(Acm acm) {
    this.acm = acm;
  }

  public ListTagsForCertificateResponse list(ListTagsForCertificateRequest request) {
    return ListTagsForCertificateResponse.builder()
        .tags(acm.require(request.certificateArn()).tags())
        .build();
  }

  public AddTagsToCertificateResponse add(AddTagsToCertificateRequest request) {
    Row row = acm.require(request.certificateArn());
    Map<String, Tag> tags = byKey(row.tags());
    request.tags().forEach(tag -> tags.put(tag.key(), tag));
    acm.rows().put(row.arn(), row.withTags(new ArrayList<>(tags.values())));
    return AddTagsToCertificateResponse.builder().build();
  }

  /** A tag is removed when its value matches, or none is given. */
  public RemoveTagsFromCertificateResponse remove(RemoveTagsFromCertificateRequest request) {
    Row row = acm.require(request.certificateArn());
    Map<String, Tag> tags = byKey(row.tags());
    request
        .tags()
        .forEach(tag ->
            tags.computeIfPresent(
                tag.key(),
                (key, old) -> tag.value() == null || tag.value().equals(old.value()) ? null : old));
    acm.rows().put(row.arn(), row.withTags(new ArrayList<>(tags.values())));
    return RemoveTagsFromCertificateResponse.builder().build();
  }

  private static Map<String, Tag> byKey(List<Tag> tags) {
    Map<String, Tag> byKey = new LinkedHashMap<>();
    tags.forEach(tag -> byKey.put(tag.key(), tag));
    return byKey;
  }
}
