package dev.slipway.validation;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps libraries from talking between the verifier's lines. */
public final class Quiet {

  /** Held, or the loggers would be collected with their levels. */
  private static final List<Logger> LOGGERS =
      List.of(
          Logger.getLogger("org.apache.http"),
          Logger.getLogger("org.junit"),
          Logger.getLogger("software.amazon.awssdk"));

  private Quiet() {}

  /** Only what is severe is said. */
  public static void libraries() {
    LOGGERS.forEach(l -> l.setLevel(Level.SEVERE));
  }
}
