package dev.slipway.twin.runtime.simulated;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The sockets of a container: those that listen and those of its clients. On one event loop. */
final class Sockets {

  private final EventLoop loop;
  private final Supplier<ChannelHandler> conversations;
  private final ChannelGroup servers;
  private final ChannelGroup clients;
  private final List<ChannelFuture> binding = new ArrayList<>();
  private final List<Runnable> idle = new ArrayList<>();
  private int requests;
  private volatile long served;
  private boolean closed;

  Sockets(EventLoop loop, Supplier<ChannelHandler> conversations) {
    this.loop = loop;
    this.conversations = conversations;
    this.servers = new DefaultChannelGroup(loop);
    this.clients = new DefaultChannelGroup(loop);
  }

  /** Listens on a port of several addresses. */
  Future<Void> bind(List<InetAddress> addresses, int port) {
    PromiseCombiner all = new PromiseCombiner(loop);
    for (InetAddress address : addresses) {
      ChannelFuture bound = bootstrap().bind(address, port);
      servers.add(bound.channel());
      binding.add(bound);
      all.add((Future<?>) bound);
    }
    Promise<Void> done = loop.newPromise();
    all.finish(done);
    return done;
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loop, loop)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel client) {
                if (closed) {
                  client.close();
                  return;
                }
                clients.add(client);
                client.pipeline().addLast(new HttpServerCodec(), conversations.get());
              }
            });
  }

  /** Complete when all that was asked to listen does, or cannot. */
  Future<Void> settled() {
    PromiseCombiner all = new PromiseCombiner(loop);
    binding.forEach(b -> all.add((Future<?>) b));
    Promise<Void> done = loop.newPromise();
    all.finish(done);
    return done;
  }

  /** Whether it listens. */
  boolean open() {
    return !closed && servers.stream().anyMatch(Channel::isActive);
  }

  /** Whether new requests should be the last of their connections. */
  boolean leaving() {
    return servers.isEmpty();
  }

  // On the event loop alone, so that no increment is lost; read by whoever counts.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void requestBegan() {
    requests++;
    served++;
  }

  /** How many requests it has had. */
  long served() {
    return served;
  }

  void requestEnded() {
    requests--;
    if (requests == 0) {
      List<Runnable> due = List.copyOf(idle);
      idle.clear();
      due.forEach(Runnable::run);
    }
  }

  /** Runs when no request is being answered. */
  void whenIdle(Runnable action) {
    if (requests == 0) {
      action.run();
    } else {
      idle.add(action);
    }
  }

  void stopListening() {
    servers.close();
  }

  /** Closes everything; complete when nothing listens any longer. */
  Future<?> close() {
    closed = true;
    idle.clear();
    clients.close();
    return servers.close();
  }
}
