package dev.slipway.validation.plan;

/** A file that is no plan, or none that can be looked at. */
public final class BadPlan extends Exception {

  private static final long serialVersionUID = 1;

  BadPlan(String message) {
    super(message);
  }

  BadPlan(String message, Throwable cause) {
    super(message, cause);
  }
}
