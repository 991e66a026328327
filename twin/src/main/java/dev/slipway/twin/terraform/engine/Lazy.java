package dev.slipway.twin.terraform.engine;

import java.util.function.Supplier;

/** A value that is made once, when it is first asked for. Thread safe. */
final class Lazy<T> implements Supplier<T> {

  private final Supplier<T> maker;
  private T value;

  private Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  static <T> Supplier<T> of(Supplier<T> maker) {
    return new Lazy<>(maker);
  }

  @Override
  public synchronized T get() {
    if (value == null) {
      value = maker.get();
    }
    return value;
  }
}
