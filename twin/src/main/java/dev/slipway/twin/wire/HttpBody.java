package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;

/** Reads the body of a request within limits. */
final class HttpBody {

  private static final byte[] NONE = {};

  private HttpBody() {}

  /**
   * Reads a body and hands it over, or the reason why it can't be had. Must be called while the
   * request is being handled.
   */
  static void read(HttpServerRequest request, BiConsumer<byte[], AwsError> then) {
    new Reading(request, then, isObject(request)).start();
  }

  // S3 keeps a body as it comes: its encoding says what the object is, not how it travels.
  private static boolean isObject(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    String query = request.query();
    return (authorization != null && authorization.contains("/s3/aws4_request"))
        || (query != null && query.contains("%2Fs3%2Faws4_request"));
  }

  private static final class Reading {
    private final HttpServerRequest request;
    private final BiConsumer<byte[], AwsError> then;
    private final boolean object;
    private final int limit;
    private Buffer body;
    private boolean tooLarge;

    Reading(HttpServerRequest request, BiConsumer<byte[], AwsError> then, boolean object) {
      this.object = object;
      this.limit = object ? WireLimits.OBJECT : WireLimits.BODY;
      this.request = request;
      this.then = then;
    }

    void start() {
      request.handler(this::take);
      request.endHandler(end -> finish());
    }

    // The rest of a body that is too large is read and dropped, so that the client sees the answer.
    private void take(Buffer chunk) {
      int size = body == null ? 0 : body.length();
      tooLarge |= size + chunk.length() > limit;
      if (tooLarge) {
        body = null;
      } else {
        body = body == null ? Buffer.buffer(chunk.length()) : body;
        body.appendBuffer(chunk);
      }
    }

    private void finish() {
      if (tooLarge) {
        then.accept(NONE, tooLarge());
        return;
      }
      byte[] bytes = body == null ? NONE : body.getBytes();
      String encoding = object ? null : request.getHeader("Content-Encoding");
      if (encoding == null || encoding.isEmpty() || encoding.equalsIgnoreCase("identity")) {
        then.accept(bytes, null);
      } else if (encoding.equalsIgnoreCase("gzip")) {
        unzip(bytes);
      } else {
        then.accept(NONE, malformed("The content encoding is not supported."));
      }
    }

    private void unzip(byte[] bytes) {
      byte[] plain;
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        plain = in.readNBytes(WireLimits.UNZIPPED + 1);
      } catch (IOException e) {
        then.accept(NONE, malformed("The request body is not valid gzip."));
        return;
      }
      if (plain.length > WireLimits.UNZIPPED) {
        then.accept(NONE, tooLarge());
      } else {
        then.accept(plain, null);
      }
    }

    private static AwsError tooLarge() {
      return new AwsError("RequestEntityTooLarge", 413, "The request body is too large.");
    }

    private static AwsError malformed(String message) {
      return AwsError.of(AwsJsonCodec.MALFORMED, message);
    }
  }
}
