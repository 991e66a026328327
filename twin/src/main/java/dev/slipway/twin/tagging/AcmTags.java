package dev.slipway.twin.tagging;

import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ListCertificatesResponse;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateRequest;
import software.amazon.awssdk.services.acm.model.ListTagsForCertificateResponse;
import software.amazon.awssdk.services.acm.model.Tag;

/** ACM's certificates. */
record AcmTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .all(
            token -> ListCertificatesRequest.builder().nextToken(token).build(),
            ListCertificatesResponse.class,
            ListCertificatesResponse::certificateSummaryList,
            ListCertificatesResponse::nextToken)
        .stream()
        .map(certificate ->
            new Tagged(certificate.certificateArn(), tags(certificate.certificateArn())));
  }

  private Map<String, String> tags(String arn) {
    return questions
        .ask(
            ListTagsForCertificateRequest.builder().certificateArn(arn).build(),
            ListTagsForCertificateResponse.class)
        .map(found -> Questions.byKey(found.tags(), Tag::key, Tag::value))
        .orElse(Map.of());
  }
}
