import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Waits for something, within bounds. */
final class Waiting {

  private Waiting() {}

  /** Waits and gives the seconds that it took. */
  static double until(String what, int seconds, BooleanSupplier condition)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > seconds * 1e9) {
        throw new IOException("in " + seconds + " s it did not come about that " + what);
      }
      Thread.sleep(200);
    }
    return (System.nanoTime() - began) / 1e9;
  }
}
