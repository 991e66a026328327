package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A body in S3's own chunks, with the headers that follow it. Signatures are not checked. Source:
 * S3 API reference, "Signature calculations for the Authorization header: transferring payload in
 * multiple chunks".
 *
 * @param trailers by name in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record ChunkedBody(byte[] content, Map<String, String> trailers) {

  /** Whether a request's body comes in chunks. */
  static boolean is(HttpCall call) {
    return call.header("x-amz-content-sha256").filter(s -> s.startsWith("STREAMING-")).isPresent()
        || call.header("Content-Encoding").filter(e -> e.contains("aws-chunked")).isPresent();
  }

  /** Takes a body's chunks together. */
  static ChunkedBody read(byte[] body) {
    ByteArrayOutputStream content = new ByteArrayOutputStream(body.length);
    int position = 0;
    while (true) {
      int end = lineEnd(body, position);
      String line = line(body, position, end);
      int size = size(line);
      position = end + 2;
      if (size == 0) {
        return new ChunkedBody(content.toByteArray(), trailers(body, position));
      }
      if (size > body.length - position - 2) {
        throw incomplete();
      }
      content.write(body, position, size);
      position += size + 2;
    }
  }

  private static Map<String, String> trailers(byte[] body, int from) {
    Map<String, String> trailers = new LinkedHashMap<>();
    String text = new String(body, from, body.length - from, StandardCharsets.ISO_8859_1);
    text.lines()
        .forEach(line -> {
          int colon = line.indexOf(':');
          if (colon > 0) {
            trailers.put(
                line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                line.substring(colon + 1).strip());
          }
        });
    return trailers;
  }

  private static int size(String line) {
    int end = line.indexOf(';');
    String hex = end < 0 ? line : line.substring(0, end);
    try {
      if (hex.length() <= 7) {
        return Integer.parseUnsignedInt(hex.strip(), 16);
      }
    } catch (NumberFormatException e) {
      // falls through to the refusal
    }
    throw incomplete();
  }

  private static int lineEnd(byte[] body, int from) {
    for (int i = from; i + 1 < body.length; i++) {
      if (body[i] == '\r' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw incomplete();
  }

  private static String line(byte[] body, int from, int to) {
    return new String(body, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static AwsError incomplete() {
    return AwsError.of(
        "IncompleteBody",
        "You did not provide the number of bytes specified by the Content-Length HTTP header");
  }
}
