package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a SigV4 signature says of the call. Source: IAM user guide, "Create a signed AWS API
 * request".
 *
 * @param accessKeyId the access key; empty for an unsigned call
 * @param region the region; empty when the signature names none
 * @param service the signing name; empty for an unsigned call
 */
record SignatureScope(String accessKeyId, String region, String service) {

  private static final SignatureScope UNSIGNED = new SignatureScope("", "", "");
  private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]{2,12}){1,3}-\\d{1,2}");
  private static final String GLOBAL_REGION = "us-east-1";

  /** Reads the Authorization header, or a presigned URL's credential. */
  static SignatureScope of(HttpCall call) {
    Optional<String> header =
        call.header("Authorization").filter(value -> value.startsWith("AWS4-"));
    if (header.isPresent()) {
      return parse(between(header.get()));
    }
    if (call.query().contains("X-Amz-Credential")) {
      try {
        return parse(Forms.parse(call.query()).getOrDefault("X-Amz-Credential", ""));
      } catch (AwsError e) {
        return UNSIGNED;
      }
    }
    return call.query().contains("AWSAccessKeyId=") ? ofOldUrl(call) : UNSIGNED;
  }

  // S3's URLs that were signed in the old way, which the AWS CLI still does by default.
  private static SignatureScope ofOldUrl(HttpCall call) {
    try {
      Map<String, String> query = Forms.parse(call.query());
      return query.containsKey("Signature") && query.containsKey("Expires")
          ? new SignatureScope(query.getOrDefault("AWSAccessKeyId", ""), "", "s3")
          : UNSIGNED;
    } catch (AwsError e) {
      return UNSIGNED;
    }
  }

  /** The region of the call: that of the signature, or the given one when it names none. */
  String regionOr(String otherwise) {
    if (region.isEmpty()) {
      return otherwise;
    }
    return region.equals("aws-global") ? GLOBAL_REGION : region;
  }

  /** Whether the text looks like a region. */
  static boolean isRegion(String text) {
    return REGION.matcher(text).matches();
  }

  private static String between(String authorization) {
    int start = authorization.indexOf("Credential=");
    if (start < 0) {
      return "";
    }
    int end = authorization.indexOf(',', start);
    return authorization.substring(start + 11, end < 0 ? authorization.length() : end).strip();
  }

  // <key>/<date>/<region>/<service>/aws4_request; SigV4a leaves the region out.
  private static SignatureScope parse(String credential) {
    String[] parts = credential.split("/", -1);
    return switch (parts.length) {
      case 5 -> new SignatureScope(parts[0], parts[2], parts[3]);
      case 4 -> new SignatureScope(parts[0], "", parts[2]);
      default -> UNSIGNED;
    };
  }
}
