package dev.slipway.validation.fleet;

/** Hears how a run over many services goes. Called by several threads. */
@FunctionalInterface
public interface FleetProgress {

  /** One event, in one line. */
  void say(String line);
}
