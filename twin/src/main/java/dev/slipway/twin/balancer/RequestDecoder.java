package dev.slipway.twin.balancer;

import dev.slipway.twin.world.Differs;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;

/**
 * Reads the requests of a connection, forgives what a load balancer forgives, and remembers what it
 * takes to judge them.
 */
@Differs(
    value =
        "requests that cannot be read at all are answered with 400 in every desync mitigation mode",
    because = "a request without a known end cannot be passed on by an HTTP library")
@Differs(
    value = "a chunk extension with a value that is not quoted is answered with 400",
    because = "the HTTP library takes it for broken")
@Differs(
    value = "a space in a URI reaches the target as %20",
    because = "the HTTP library sends no request line that is none")
final class RequestDecoder extends HttpRequestDecoder {

  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");

  private int lengths;
  private boolean both;
  private boolean spaced;
  private boolean inHead;

  /** A decoder with the limits of a load balancer. */
  RequestDecoder(int longestLine, int largestHeaders) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(longestLine)
            .setMaxHeaderSize(largestHeaders)
            .setAllowDuplicateContentLengths(true));
  }

  /** Whether a head has begun to come in and is not complete. */
  boolean halfway() {
    return inHead || actualReadableBytes() > 0;
  }

  /** What the request is whose head was read last. */
  Desync judge(HttpRequest head) {
    return Desync.of(head, lengths, both, spaced);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    int before = out.size();
    super.decode(context, buffer, out);
    if (out.size() > before) {
      inHead = false;
    }
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    inHead = true;
    lengths = 0;
    both = false;
    // What stands between the method and the last word is the URI.
    int cut = line[2].lastIndexOf(' ');
    spaced = cut >= 0;
    return new DefaultHttpRequest(
        HttpVersion.valueOf(line[2].substring(cut + 1)),
        HttpMethod.valueOf(line[0]),
        spaced ? (line[1] + " " + line[2].substring(0, cut)).replace(" ", "%20") : line[1],
        HeadersMultiMap.httpHeaders());
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    AsciiString name = super.splitHeaderName(line, start, length);
    if (name.contentEqualsIgnoreCase(CONTENT_LENGTH)) {
      lengths++;
    }
    return name;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    both = true;
    super.handleTransferEncodingChunkedWithContentLength(message);
  }
}
