package dev.slipway.rehearsal.peer;

import dev.slipway.rehearsal.stage.Stage;

/** Somebody who looks at a deployment that was made and says whether it went well. */
public interface Peer {

  /** Its name in the score. */
  String name();

  /**
   * Looks, and says.
   *
   * @throws Exception when it fails in a way that is no verdict
   */
  Heard look(Stage stage) throws Exception;
}
