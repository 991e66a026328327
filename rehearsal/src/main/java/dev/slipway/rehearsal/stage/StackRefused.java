package dev.slipway.rehearsal.stage;

import dev.slipway.validation.report.Message;

/** Somebody's own stack cannot be rehearsed, and why. */
public final class StackRefused extends Exception {

  private final Message told;

  /** Refused for a reason. */
  public StackRefused(Message told) {
    super(told.what());
    this.told = told;
  }

  /** The reason for people. */
  public Message told() {
    return told;
  }
}
