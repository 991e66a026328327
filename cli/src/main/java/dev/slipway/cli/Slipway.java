package dev.slipway.cli;

import dev.slipway.twin.command.QuickStart;
import java.util.OptionalInt;

/**
 * Where the {@code slipway} program begins. Apart from {@link Main}, whose parser costs more to
 * load than the start of a twin.
 */
public final class Slipway {

  private Slipway() {}

  /** Runs a command and exits with its code. */
  public static void main(String[] arguments) throws InterruptedException {
    OptionalInt started = QuickStart.run(arguments);
    if (started.isPresent()) {
      System.exit(started.getAsInt());
    }
    Main.main(arguments);
  }
}
