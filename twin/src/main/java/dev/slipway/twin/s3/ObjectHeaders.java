package dev.slipway.twin.s3;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The headers that an object keeps and that readers of it are given, by the member's name. */
record ObjectHeaders(Map<String, String> values) {

  private static final String ALGORITHM = "ServerSideEncryption";
  private static final String KEY = "SSEKMSKeyId";
  private static final List<String> KEPT =
      List.of("CacheControl", "ContentDisposition", "ContentLanguage", "ContentEncoding");

  static ObjectHeaders of(SdkPojo request, Encryption encryption) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("ContentType", "binary/octet-stream");
    for (SdkField<?> field : request.sdkFields()) {
      boolean kept = KEPT.contains(field.memberName()) || field.memberName().equals("ContentType");
      if (kept && field.getValueOrDefault(request) instanceof String text) {
        values.put(field.memberName(), text);
      }
    }
    // How the body travelled is no trait of the object.
    values.computeIfPresent(
        "ContentEncoding",
        (name, encoding) -> {
          String rest = encoding.replace("aws-chunked", "").replaceAll("^\\s*,|,\\s*$", "").strip();
          return rest.isEmpty() ? null : rest;
        });
    values.put(ALGORITHM, encryption.algorithm());
    if (encryption.kmsKey() != null) {
      values.put(KEY, encryption.kmsKey());
    }
    return new ObjectHeaders(values);
  }

  String encryption() {
    return values.get(ALGORITHM);
  }

  String kmsKey() {
    return values.get(KEY);
  }

  /** Sets the members of an answer that are headers of the object. */
  static void show(SdkPojo answer, Map<String, String> headers) {
    answer.sdkFields().stream()
        .filter(field -> headers.containsKey(field.memberName()))
        .forEach(field -> field.set(answer, headers.get(field.memberName())));
  }
}
