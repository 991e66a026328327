package dev.slipway.twin.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;

/** Writes answers of the REST-XML protocol. Source: Smithy 2.0, "AWS restXml protocol". */
final class RestWriter {

  private static final byte[] NONE = {};

  /** The document elements of S3, where they are not the action with "Result" behind it. */
  private static final Map<String, String> S3_ROOTS =
      Map.ofEntries(
          Map.entry("ListBuckets", "ListAllMyBucketsResult"),
          Map.entry("ListObjects", "ListBucketResult"),
          Map.entry("ListObjectsV2", "ListBucketResult"),
          Map.entry("ListObjectVersions", "ListVersionsResult"),
          Map.entry("CreateMultipartUpload", "InitiateMultipartUploadResult"),
          Map.entry("DeleteObjects", "DeleteResult"),
          Map.entry("GetBucketVersioning", "VersioningConfiguration"),
          Map.entry("GetBucketAcl", "AccessControlPolicy"),
          Map.entry("GetBucketTagging", "Tagging"),
          Map.entry("GetObjectTagging", "Tagging"),
          Map.entry("GetBucketCors", "CORSConfiguration"),
          Map.entry("GetBucketLifecycleConfiguration", "LifecycleConfiguration"),
          Map.entry("GetBucketLogging", "BucketLoggingStatus"),
          Map.entry("GetBucketRequestPayment", "RequestPaymentConfiguration"),
          Map.entry("GetBucketAccelerateConfiguration", "AccelerateConfiguration"),
          Map.entry("GetBucketNotificationConfiguration", "NotificationConfiguration"));

  /** The answer of an action. */
  AwsAnswer encode(Route.ToAction route, String method, SdkResponse response, byte[] payload) {
    Map<String, String> headers = new LinkedHashMap<>();
    byte[] body = payload == null ? NONE : payload;
    boolean document = false;
    for (SdkShapes.Member member : SdkShapes.of(response).members()) {
      Object value = member.get(response);
      switch (member.place()) {
        case HEADER -> {
          if (JsonValueWriter.isSet(value)) {
            header(headers, member, value);
          }
        }
        case PAYLOAD -> {
          if (value != null) {
            body = payload(route, member, value);
          }
        }
        default -> document = true;
      }
    }
    if (document) {
      body = AwsXmlWriter.document(route.service(), root(route), response);
    }
    if (body.length > 0 && payload == null) {
      headers.putIfAbsent("Content-Type", "application/xml");
    }
    return new AwsAnswer(status(route, method, headers), headers, body, "");
  }

  private static byte[] payload(Route.ToAction route, SdkShapes.Member member, Object value) {
    if (value instanceof SdkPojo pojo) {
      return AwsXmlWriter.document(route.service(), member.xmlName(), pojo);
    }
    return member.name().equals("LocationConstraint")
        ? AwsXmlWriter.document(route.service(), member.xmlName(), (String) value)
        : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void header(Map<String, String> headers, SdkShapes.Member member, Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> headers.put(member.name() + key, entry.toString()));
    } else if (value instanceof Instant instant) {
      headers.put(
          member.name(),
          member.type().timeFormat() == SdkShapes.TimeFormat.ISO
              ? Times.toIso(instant)
              : Times.toRfc822(instant));
    } else {
      headers.put(member.name(), value.toString());
    }
  }

  private static String root(Route.ToAction route) {
    return route.service() == AwsService.S3
        ? S3_ROOTS.getOrDefault(route.action(), route.action() + "Result")
        : route.action() + "Response";
  }

  private static int status(Route.ToAction route, String method, Map<String, String> headers) {
    if (headers.containsKey("Content-Range")) {
      return 206;
    }
    if (route.service() == AwsService.S3) {
      return method.equals("DELETE") ? 204 : 200;
    }
    return route.action().startsWith("Create") ? 201 : 200;
  }
}
