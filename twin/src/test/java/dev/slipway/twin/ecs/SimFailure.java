package dev.slipway.twin.ecs;

/** An invariant that does not hold. */
final class SimFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  SimFailure(String message) {
    super(message);
  }
}
