package dev.slipway.rehearsal.stage;

/** Something that is done to a deployment. */
@FunctionalInterface
public interface Step {

  /** Nothing is done. */
  Step NONE = stage -> {};

  /**
   * Does it.
   *
   * @throws Exception when it cannot be done; the trial is reported as broken
   */
  void on(Stage stage) throws Exception;
}
