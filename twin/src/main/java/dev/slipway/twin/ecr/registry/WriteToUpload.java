package dev.slipway.twin.ecr.registry;

import dev.slipway.twin.ecr.BlobUpload;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.nio.ByteBuffer;

/**
 * A stream into an upload. Bytes are written and digested on a worker, in order; the sender is held
 * back while too many wait. Used on one event loop.
 */
final class WriteToUpload implements WriteStream<Buffer> {

  private static final int DEFAULT_LIMIT = 1 << 20;

  private final Vertx vertx;
  private final BlobUpload upload;
  private int limit = DEFAULT_LIMIT;
  private long waiting;
  private Handler<Void> drained = nothing -> {};
  private Handler<Throwable> failed = cause -> {};
  private Future<Void> last = Future.succeededFuture();

  WriteToUpload(Vertx vertx, BlobUpload upload) {
    this.vertx = vertx;
    this.upload = upload;
  }

  @Override
  public Future<Void> write(Buffer data) {
    waiting += data.length();
    ByteBuffer bytes = ByteBuffer.wrap(data.getBytes());
    last =
        vertx
            .<Void>executeBlocking(() -> {
              upload.write(bytes);
              return null;
            })
            .onComplete(done -> {
              waiting -= bytes.capacity();
              if (done.failed()) {
                failed.handle(done.cause());
              } else if (waiting < limit / 2) {
                drained.handle(null);
              }
            });
    return last;
  }

  @Override
  public Future<Void> end() {
    return last;
  }

  @Override
  public WriteToUpload setWriteQueueMaxSize(int maxSize) {
    limit = maxSize;
    return this;
  }

  @Override
  public boolean writeQueueFull() {
    return waiting >= limit;
  }

  @Override
  public WriteToUpload drainHandler(Handler<Void> handler) {
    drained = handler == null ? nothing -> {} : handler;
    return this;
  }

  @Override
  public WriteToUpload exceptionHandler(Handler<Throwable> handler) {
    failed = handler == null ? cause -> {} : handler;
    return this;
  }
}
