package dev.slipway.twin.balancer;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.streams.WriteStream;

/** A stream that tells whenever something is written to it. */
record Watched<T>(WriteStream<T> stream, Runnable written) implements WriteStream<T> {

  @Override
  public Future<Void> write(T data) {
    written.run();
    return stream.write(data);
  }

  @Override
  public Future<Void> end() {
    return stream.end();
  }

  @Override
  public boolean writeQueueFull() {
    return stream.writeQueueFull();
  }

  @Override
  public WriteStream<T> exceptionHandler(Handler<Throwable> handler) {
    stream.exceptionHandler(handler);
    return this;
  }

  @Override
  public WriteStream<T> setWriteQueueMaxSize(int size) {
    stream.setWriteQueueMaxSize(size);
    return this;
  }

  @Override
  public WriteStream<T> drainHandler(Handler<Void> handler) {
    stream.drainHandler(handler);
    return this;
  }
}
