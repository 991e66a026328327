package dev.slipway.validation.check;

import java.util.Locale;

/** How bad a cause is. A verification fails from a chosen severity on; lesser ones are advice. */
public enum Severity {
  /** Worth knowing; never fails a verification by default. */
  LOW,
  /** A weakness that hurts sooner or later. */
  MEDIUM,
  /** Users or data are at risk, or will be at the next deployment. */
  HIGH,
  /** The service that was meant does not serve. */
  CRITICAL;

  /** Its name in reports, in small letters. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
