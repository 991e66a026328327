package dev.slipway.twin.balancer;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;

/**
 * Whether other servers could take a request for another than the load balancer does, and why.
 * Source: ELB user guide, load-balancer-access-logs, classification reasons, and
 * application-load-balancers, desync mitigation mode.
 */
enum Desync {
  COMPLIANT(Tier.COMPLIANT, "-"),
  SPACE_IN_URI(Tier.ACCEPTABLE, "SpaceInUri"),
  NON_COMPLIANT_HEADER(Tier.ACCEPTABLE, "NonCompliantHeader"),
  GET_HEAD_ZERO_CONTENT_LENGTH(Tier.ACCEPTABLE, "GetHeadZeroContentLength"),
  AMBIGUOUS_URI(Tier.AMBIGUOUS, "AmbiguousUri"),
  BOTH_TE_CL_PRESENT(Tier.AMBIGUOUS, "BothTeClPresent"),
  DUPLICATE_CONTENT_LENGTH(Tier.AMBIGUOUS, "DuplicateContentLength"),
  SUSPICIOUS_HEADER(Tier.AMBIGUOUS, "SuspiciousHeader"),
  UNDEFINED_CONTENT_LENGTH(Tier.AMBIGUOUS, "UndefinedContentLengthSemantics"),
  UNDEFINED_TRANSFER_ENCODING(Tier.AMBIGUOUS, "UndefinedTransferEncodingSemantics"),
  MULTIPLE_CHUNKED(Tier.SEVERE, "MultipleTransferEncodingChunked");

  /** How dangerous a request is. */
  enum Tier {
    COMPLIANT,
    ACCEPTABLE,
    AMBIGUOUS,
    SEVERE
  }

  private static final int FIRST_PRINTABLE = ' ';
  private static final int DELETE = 127;

  private final Tier tier;
  private final String reason;

  Desync(Tier tier, String reason) {
    this.tier = tier;
    this.reason = reason;
  }

  /** The reason as access logs have it. */
  String reason() {
    return reason;
  }

  /** How dangerous a request is for this reason. */
  Tier tier() {
    return tier;
  }

  /** Whether a mode has such a request refused. */
  boolean blockedIn(String mode) {
    return switch (mode) {
      case "monitor" -> false;
      case "strictest" -> tier != Tier.COMPLIANT;
      default -> tier == Tier.SEVERE;
    };
  }

  /** Whether a mode has the connections of such a request closed after it. */
  boolean closesIn(String mode) {
    return tier == Tier.AMBIGUOUS && mode.equals("defensive");
  }

  /**
   * What a request is; the gravest reason, and of those the first.
   *
   * @param head its head as it was read
   * @param lengths how many Content-Length headers it had
   * @param both whether it had one beside a Transfer-Encoding
   * @param spaced whether its URI had a space in it
   */
  static Desync of(HttpRequest head, int lengths, boolean both, boolean spaced) {
    Desync found = spaced ? SPACE_IN_URI : COMPLIANT;
    found = worse(found, ofUri(head.uri()));
    for (Map.Entry<String, String> header : head.headers()) {
      found = worse(found, ofHeader(header.getKey(), header.getValue()));
    }
    return worse(found, ofFraming(head, lengths, both));
  }

  private static Desync ofUri(String uri) {
    return uri.chars().anyMatch(Desync::isControl) ? AMBIGUOUS_URI : COMPLIANT;
  }

  private static Desync ofHeader(String name, String value) {
    if (isSuspicious(name)) {
      return SUSPICIOUS_HEADER;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > DELETE || c != '\t' && isControl(c)) {
        return NON_COMPLIANT_HEADER;
      }
    }
    return COMPLIANT;
  }

  private static boolean isControl(int c) {
    return c < FIRST_PRINTABLE || c == DELETE;
  }

  /** Whether a name becomes that of a framing header once it is tidied up. */
  private static boolean isSuspicious(String name) {
    int length = name.length();
    if (length < "contentlength".length() || length > 2 * "transfer-encoding".length()) {
      return false;
    }
    char first = name.charAt(0);
    if (first != 'c' && first != 'C' && first != 't' && first != 'T') {
      return false;
    }
    if (name.equalsIgnoreCase("content-length") || name.equalsIgnoreCase("transfer-encoding")) {
      return false;
    }
    String letters = name.replaceAll("[^A-Za-z]", "");
    return letters.equalsIgnoreCase("contentlength")
        || letters.equalsIgnoreCase("transferencoding");
  }

  private static Desync ofFraming(HttpRequest head, int lengths, boolean both) {
    int encodings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING).size();
    if (encodings > 1) {
      return MULTIPLE_CHUNKED;
    }
    if (both) {
      return BOTH_TE_CL_PRESENT;
    }
    if (lengths > 1) {
      return DUPLICATE_CONTENT_LENGTH;
    }
    boolean bodiless =
        head.method().equals(HttpMethod.GET) || head.method().equals(HttpMethod.HEAD);
    if (encodings > 0 && (bodiless || head.protocolVersion().equals(HttpVersion.HTTP_1_0))) {
      return UNDEFINED_TRANSFER_ENCODING;
    }
    if (bodiless && lengths > 0) {
      return "0".equals(head.headers().get(HttpHeaderNames.CONTENT_LENGTH))
          ? GET_HEAD_ZERO_CONTENT_LENGTH
          : UNDEFINED_CONTENT_LENGTH;
    }
    return COMPLIANT;
  }

  private static Desync worse(Desync one, Desync other) {
    return other.tier.compareTo(one.tier) > 0 ? other : one;
  }
}
