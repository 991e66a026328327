package dev.slipway.validation.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Puts one question about many things: as many things a call as AWS takes, a few calls at a time,
 * and again, ever slower, when one fails in a way that passes.
 */
final class Batches {

  private static final int AT_ONCE = 8;

  private final Ask ask;
  private final Pace pace;
  private final Waiter waiter;
  private final InstantSource time;
  private final Instant deadline;
  private final ExecutorService threads;
  private final Semaphore places = new Semaphore(AT_ONCE);

  Batches(
      Ask ask,
      Pace pace,
      Waiter waiter,
      InstantSource time,
      Instant deadline,
      ExecutorService threads) {
    this.ask = ask;
    this.pace = pace;
    this.waiter = waiter;
    this.time = time;
    this.deadline = deadline;
    this.threads = threads;
  }

  /** What could not be read. */
  Ask ask() {
    return ask;
  }

  /** The answers about all things; those that may not be asked for are missing, with a gap. */
  <T, R> List<R> each(
      String action, List<T> things, int perCall, Function<List<T>, List<R>> question) {
    List<List<T>> calls = new ArrayList<>();
    for (int from = 0; from < things.size(); from += perCall) {
      calls.add(things.subList(from, Math.min(things.size(), from + perCall)));
    }
    return together(calls, call -> ask.optional(action, List.<R>of(), () -> question.apply(call)));
  }

  /** The answers about all things, without which nothing can be said. */
  <T, R> List<R> needed(
      String action, List<T> things, int perCall, Function<List<T>, List<R>> question) {
    List<List<T>> calls = new ArrayList<>();
    for (int from = 0; from < things.size(); from += perCall) {
      calls.add(things.subList(from, Math.min(things.size(), from + perCall)));
    }
    return together(
        calls,
        call -> {
          try {
            return question.apply(call);
          } catch (SdkException e) {
            throw new Ask.PollFailed(Trouble.of(e), action, e);
          }
        });
  }

  /** One answer, asked for until it comes. */
  <R> R one(String action, R fallback, Supplier<R> question) {
    return patiently(() -> ask.optional(action, fallback, question));
  }

  private <T, R> List<R> together(List<List<T>> calls, Function<List<T>, List<R>> question) {
    List<CompletableFuture<List<R>>> answers =
        calls.stream()
            .map(call ->
                CompletableFuture.supplyAsync(
                    () -> patiently(() -> inPlace(() -> question.apply(call))), threads))
            .toList();
    List<R> all = new ArrayList<>();
    for (CompletableFuture<List<R>> answer : answers) {
      try {
        all.addAll(answer.join());
      } catch (CompletionException e) {
        answers.forEach(a -> a.cancel(true));
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
    return all;
  }

  private <R> R inPlace(Supplier<R> question) {
    places.acquireUninterruptibly();
    try {
      return question.get();
    } finally {
      places.release();
    }
  }

  private <R> R patiently(Supplier<R> question) {
    int failures = 0;
    while (true) {
      try {
        return question.get();
      } catch (Ask.PollFailed e) {
        failures++;
        Duration pause = pace.after(failures);
        if (!e.trouble().passing() || time.instant().plus(pause).isAfter(deadline)) {
          throw e;
        }
        try {
          waiter.pause(pause);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw new CancellationException("interrupted");
        }
      }
    }
  }
}
