package dev.slipway.validation.observe;

import java.util.function.Supplier;

/** A value that is made once, at its first use. */
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> maker;
  private T value;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public synchronized T get() {
    if (value == null) {
      value = maker.get();
    }
    return value;
  }

  synchronized boolean made() {
    return value != null;
  }
}
