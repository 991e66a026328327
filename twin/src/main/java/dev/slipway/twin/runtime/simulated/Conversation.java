package dev.slipway.twin.runtime.simulated;

import dev.slipway.twin.world.TwinClock;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** A client's connection to a container: its requests and their answers. */
final class Conversation extends SimpleChannelInboundHandler<HttpObject> {

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+(:[0-9]+)?|\\[.*");

  private final SimulatedContainer container;
  private final SimulatedTask.Host host;
  private TwinClock.Cancellable idle = () -> {};
  private HttpRequest request;
  private boolean answering;

  Conversation(SimulatedContainer container, SimulatedTask.Host host) {
    this.container = container;
    this.host = host;
  }

  @Override
  public void channelActive(ChannelHandlerContext client) {
    awaitNext(client);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext client, HttpObject part) {
    // What comes while an answer is awaited would be answered out of turn.
    if (part.decoderResult().isFailure() || answering) {
      client.close();
      return;
    }
    if (part instanceof HttpRequest begun) {
      idle.cancel();
      request = begun;
      if (HttpUtil.is100ContinueExpected(begun)) {
        client.writeAndFlush(
            new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
      }
    }
    if (part instanceof LastHttpContent) {
      // One at a time: what is pipelined waits in the socket.
      client.channel().config().setAutoRead(false);
      answer(client);
    }
  }

  private void answer(ChannelHandlerContext client) {
    answering = true;
    container.sockets().requestBegan();
    String uri = request.uri();
    int query = uri.indexOf('?');
    String name = request.headers().get(HttpHeaderNames.HOST, "");
    Behaviour.Answer answer =
        container.answer(
            query < 0 ? uri : uri.substring(0, query), ADDRESS.matcher(name).matches());
    if (answer.hang()) {
      host.waiting().put(client.channel().remoteAddress(), host.clock().instant());
      // The end of a client that gives up must be seen.
      client.channel().config().setAutoRead(true);
    } else if (answer.delay() > 0) {
      host.waiting().put(client.channel().remoteAddress(), host.clock().instant());
      client.channel().config().setAutoRead(true);
      host.clock()
          .schedule(
              Duration.ofMillis(Math.round(answer.delay() * 1000)),
              () -> client.executor().execute(() -> give(client, answer)));
    } else {
      give(client, answer);
    }
  }

  private void give(ChannelHandlerContext client, Behaviour.Answer answer) {
    if (!answering || !client.channel().isActive()) {
      return;
    }
    if (answer.reset()) {
      client.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      client.close();
      return;
    }
    boolean last = !HttpUtil.isKeepAlive(request) || container.sockets().leaving();
    byte[] body = container.program().filled(answer.body()).getBytes(StandardCharsets.UTF_8);
    boolean head = request.method().equals(HttpMethod.HEAD);
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
    answer
        .headers()
        .forEach((key, value) -> response.headers().set(key, container.program().filled(value)));
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    HttpUtil.setKeepAlive(response, !last);
    var written = client.writeAndFlush(response);
    ended(client);
    if (last) {
      written.addListener(ChannelFutureListener.CLOSE);
    } else {
      awaitNext(client);
      client.channel().config().setAutoRead(true);
    }
  }

  private void ended(ChannelHandlerContext client) {
    if (answering) {
      answering = false;
      host.waiting().remove(client.channel().remoteAddress());
      container.sockets().requestEnded();
    }
  }

  private void awaitNext(ChannelHandlerContext client) {
    double seconds = container.behaviour().keepAlive();
    if (seconds > 0) {
      idle =
          host.clock()
              .schedule(
                  Duration.ofMillis(Math.round(seconds * 1000)),
                  () ->
                      client
                          .executor()
                          .execute(() -> {
                            if (!answering) {
                              client.close();
                            }
                          }));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext client) {
    idle.cancel();
    ended(client);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext client, Throwable cause) {
    // A connection that breaks is the client's affair.
    client.close();
  }
}
