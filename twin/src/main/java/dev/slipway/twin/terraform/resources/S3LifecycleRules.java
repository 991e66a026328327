package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.value.Attributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.AbortIncompleteMultipartUpload;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleAndOperator;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionExpiration;
import software.amazon.awssdk.services.s3.model.NoncurrentVersionTransition;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Transition;

/** Lifecycle rules as blocks and as S3 has them. */
final class S3LifecycleRules {

  private S3LifecycleRules() {}

  static LifecycleRule read(Attributes rule) {
    return LifecycleRule.builder()
        .id(rule.text("id"))
        .status(rule.text("status"))
        .prefix(rule.block("filter").isPresent() ? null : rule.text("prefix", ""))
        .filter(rule.block("filter").map(S3LifecycleRules::filter).orElse(null))
        .expiration(rule.block("expiration").map(S3LifecycleRules::expiration).orElse(null))
        .noncurrentVersionExpiration(
            rule.block("noncurrent_version_expiration")
                .map(each ->
                    NoncurrentVersionExpiration.builder()
                        .noncurrentDays(each.positive("noncurrent_days"))
                        .newerNoncurrentVersions(number(each, "newer_noncurrent_versions"))
                        .build())
                .orElse(null))
        .abortIncompleteMultipartUpload(
            rule.block("abort_incomplete_multipart_upload")
                .map(each ->
                    AbortIncompleteMultipartUpload.builder()
                        .daysAfterInitiation(each.positive("days_after_initiation"))
                        .build())
                .orElse(null))
        .transitions(
            rule.blocks("transition").stream()
                .map(each ->
                    Transition.builder()
                        .date(instant(each.text("date")))
                        .days(each.text("date") == null ? each.integer("days") : null)
                        .storageClass(each.text("storage_class"))
                        .build())
                .toList())
        .noncurrentVersionTransitions(
            rule.blocks("noncurrent_version_transition").stream()
                .map(each ->
                    NoncurrentVersionTransition.builder()
                        .noncurrentDays(each.integer("noncurrent_days"))
                        .newerNoncurrentVersions(number(each, "newer_noncurrent_versions"))
                        .storageClass(each.text("storage_class"))
                        .build())
                .toList())
        .build();
  }

  private static LifecycleRuleFilter filter(Attributes filter) {
    LifecycleRuleFilter.Builder builder =
        LifecycleRuleFilter.builder()
            .objectSizeGreaterThan(size(filter, "object_size_greater_than"))
            .objectSizeLessThan(size(filter, "object_size_less_than"))
            .tag(
                filter
                    .block("tag")
                    .map(tag ->
                        Tag.builder().key(tag.text("key")).value(tag.text("value", "")).build())
                    .orElse(null))
            .and(filter.block("and").map(S3LifecycleRules::and).orElse(null));
    boolean nothingElse =
        !filter.has("object_size_greater_than")
            && !filter.has("object_size_less_than")
            && filter.block("tag").isEmpty()
            && filter.block("and").isEmpty();
    return builder.prefix(nothingElse ? filter.text("prefix", "") : filter.text("prefix")).build();
  }

  private static LifecycleRuleAndOperator and(Attributes and) {
    List<Tag> tags =
        and.textMap("tags").entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    Integer more = and.positive("object_size_greater_than");
    Integer less = and.positive("object_size_less_than");
    return LifecycleRuleAndOperator.builder()
        .prefix(and.text("prefix"))
        .objectSizeGreaterThan(more == null ? null : more.longValue())
        .objectSizeLessThan(less == null ? null : less.longValue())
        .tags(tags)
        .build();
  }

  private static LifecycleExpiration expiration(Attributes expiration) {
    boolean marker = expiration.flag("expired_object_delete_marker");
    return LifecycleExpiration.builder()
        .date(instant(expiration.text("date")))
        .days(expiration.positive("days"))
        .expiredObjectDeleteMarker(marker ? true : null)
        .build();
  }

  static Attributes write(LifecycleRule rule) {
    Attributes blocks =
        new Attributes()
            .set("id", rule.id())
            .set("status", rule.statusAsString())
            .setText("prefix", rule.prefix())
            .setNoBlocks(
                "filter",
                "expiration",
                "noncurrent_version_expiration",
                "abort_incomplete_multipart_upload");
    if (rule.filter() != null) {
      blocks.setBlock("filter", write(rule.filter()));
    }
    if (rule.expiration() != null) {
      blocks.setBlock(
          "expiration",
          new Attributes()
              .setText("date", text(rule.expiration().date()))
              .set("days", rule.expiration().days() == null ? 0 : rule.expiration().days())
              .set(
                  "expired_object_delete_marker",
                  Boolean.TRUE.equals(rule.expiration().expiredObjectDeleteMarker())));
    }
    if (rule.noncurrentVersionExpiration() != null) {
      NoncurrentVersionExpiration each = rule.noncurrentVersionExpiration();
      blocks.setBlock(
          "noncurrent_version_expiration",
          new Attributes()
              .set("noncurrent_days", each.noncurrentDays())
              .setText("newer_noncurrent_versions", text(each.newerNoncurrentVersions())));
    }
    if (rule.abortIncompleteMultipartUpload() != null) {
      blocks.setBlock(
          "abort_incomplete_multipart_upload",
          new Attributes()
              .set(
                  "days_after_initiation",
                  rule.abortIncompleteMultipartUpload().daysAfterInitiation()));
    }
    return blocks
        .setBlocks(
            "transition",
            rule.transitions().stream()
                .map(each ->
                    new Attributes()
                        .setText("date", text(each.date()))
                        .set("days", each.days() == null ? 0 : each.days())
                        .set("storage_class", each.storageClassAsString()))
                .toList())
        .setBlocks(
            "noncurrent_version_transition",
            rule.noncurrentVersionTransitions().stream()
                .map(each ->
                    new Attributes()
                        .set("noncurrent_days", each.noncurrentDays())
                        .setText("newer_noncurrent_versions", text(each.newerNoncurrentVersions()))
                        .set("storage_class", each.storageClassAsString()))
                .toList());
  }

  private static Attributes write(LifecycleRuleFilter filter) {
    Attributes blocks =
        new Attributes()
            .setText("prefix", filter.prefix())
            .setText("object_size_greater_than", text(filter.objectSizeGreaterThan()))
            .setText("object_size_less_than", text(filter.objectSizeLessThan()))
            .setNoBlocks("and", "tag");
    if (filter.tag() != null) {
      blocks.setBlock(
          "tag",
          new Attributes().set("key", filter.tag().key()).set("value", filter.tag().value()));
    }
    if (filter.and() != null) {
      Map<String, String> tags = new LinkedHashMap<>();
      filter.and().tags().forEach(tag -> tags.put(tag.key(), tag.value()));
      Long more = filter.and().objectSizeGreaterThan();
      Long less = filter.and().objectSizeLessThan();
      blocks.setBlock(
          "and",
          new Attributes()
              .setText("prefix", filter.and().prefix())
              .set("object_size_greater_than", more == null ? 0 : more)
              .set("object_size_less_than", less == null ? 0 : less)
              .setTexts("tags", tags));
    }
    return blocks;
  }

  private static Integer number(Attributes block, String name) {
    return block.text(name) == null ? null : Integer.valueOf(block.text(name));
  }

  private static Long size(Attributes block, String name) {
    return block.text(name) == null ? null : Long.valueOf(block.text(name));
  }

  private static Instant instant(String text) {
    return text == null ? null : Instant.parse(text);
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
