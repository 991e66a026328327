package dev.slipway.twin.terraform;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends a call with an error when its handler breaks, so that Terraform never waits for nothing. */
final class AnswerAlways implements ServerInterceptor {

  private static final System.Logger LOG = System.getLogger(AnswerAlways.class.getName());

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    AtomicBoolean broken = new AtomicBoolean();
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onHalfClose() {
        try {
          super.onHalfClose();
        } catch (RuntimeException | Error e) {
          if (broken.compareAndSet(false, true)) {
            String method = call.getMethodDescriptor().getFullMethodName();
            LOG.log(System.Logger.Level.ERROR, method + " failed", e);
            call.close(
                Status.INTERNAL.withDescription(method + " failed in the twin: " + e),
                new Metadata());
          }
        }
      }
    };
  }
}
