package dev.slipway.twin.balancer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Consumer;

/**
 * Looks at the requests of a connection before the HTTP library answers in its own way: versions
 * that there are not, and bodies that break the rules.
 */
final class Guard extends ChannelInboundHandlerAdapter {

  /** A request of a version of HTTP that the load balancer does not speak. */
  static final class UnknownVersion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownVersion(String version) {
      super(version, null, false, false);
    }
  }

  private final Consumer<HttpRequest> heads;
  private final Runnable brokenBody;

  /**
   * A guard of one connection.
   *
   * @param heads told every head that was read, in order
   * @param brokenBody what to do about a body that cannot be read
   */
  Guard(Consumer<HttpRequest> heads, Runnable brokenBody) {
    this.heads = heads;
    this.brokenBody = brokenBody;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      heads.accept(request);
      HttpVersion version = request.protocolVersion();
      if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
        request.setDecoderResult(DecoderResult.failure(new UnknownVersion(version.text())));
      }
      if (request.decoderResult().isFailure()) {
        // An error is always told in HTTP/1.1.
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
    } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      brokenBody.run();
      return;
    }
    context.fireChannelRead(message);
  }
}
