package dev.slipway.validation.observe;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Puts questions that do not depend on each other at the same time. Used by one thread. */
final class Together implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Puts a question; what it hands back waits for the answer, and throws what it threw. */
  <T> Supplier<T> ask(Supplier<T> question) {
    CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, threads);
    return () -> join(answer);
  }

  /** The answer, or what the question threw. */
  static <T> T join(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
