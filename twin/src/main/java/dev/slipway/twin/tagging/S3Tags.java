package dev.slipway.twin.tagging;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetBucketTaggingResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** S3's buckets, each in its region. */
record S3Tags(Questions questions) implements TaggedResources {

  private static final String FIRST_REGION = "us-east-1";

  @Override
  public Stream<Tagged> resources() {
    return questions
        .ask(ListBucketsRequest.builder().build(), ListBucketsResponse.class)
        .map(ListBucketsResponse::buckets)
        .orElse(List.of())
        .stream()
        .map(bucket -> bucket.name())
        .filter(this::isHere)
        .map(name -> new Tagged("arn:aws:s3:::" + name, tags(name)));
  }

  /** Source: S3 API reference, GetBucketLocation: the first region has no constraint. */
  private boolean isHere(String bucket) {
    return questions
        .ask(
            GetBucketLocationRequest.builder().bucket(bucket).build(),
            GetBucketLocationResponse.class)
        .map(GetBucketLocationResponse::locationConstraintAsString)
        .filter(region -> !region.isEmpty())
        .orElse(FIRST_REGION)
        .equals(questions.world().region());
  }

  private Map<String, String> tags(String bucket) {
    return questions
        .ask(
            GetBucketTaggingRequest.builder().bucket(bucket).build(),
            GetBucketTaggingResponse.class)
        .map(found -> Questions.byKey(found.tagSet(), Tag::key, Tag::value))
        .orElse(Map.of());
  }
}
