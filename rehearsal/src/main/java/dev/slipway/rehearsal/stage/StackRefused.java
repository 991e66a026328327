package dev.slipway.rehearsal.stage;

import dev.slipway.validation.report.Message;

/** Somebody's own stack cannot be rehearsed, and why. */
public final class StackRefused extends Exception {

  private final Message told;

  StackRefused(Message told) {
    super(told.what());
    this.told = told;
  }

  /** The reason for people. */
  public Message told() {
    return told;
  }
}
