package dev.slipway.twin;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Waits long for what does happen: on a machine that is busy with other things a program may take
 * half a minute to start. Found by JUnit itself, for every test class.
 */
public final class Patience implements BeforeAllCallback {

  private static final Duration LONG = Duration.ofMinutes(1);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LONG);
  }
}
