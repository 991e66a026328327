package dev.slipway.twin.command;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * {@code slipway twin start} without the command line parser, whose classes no archive of the JVM
 * takes, for they are of Java 5: reading them is a third of the start. It knows options as {@code
 * --name value} only, and leaves whatever else it is given to the parser, mistakes included.
 */
public final class QuickStart {

  private static final String MAX_HEAP = "--max-heap";
  private static final Set<String> NAMES =
      Set.of("--port", "--scale", "--region", "--runtime", "--dir", MAX_HEAP);

  private QuickStart() {}

  /**
   * Starts a twin when the arguments ask for it in the plain form.
   *
   * @return the exit code, or nothing when the parser has to see the arguments
   */
  public static OptionalInt run(String[] arguments) throws InterruptedException {
    Optional<BackgroundStart> start = read(arguments);
    if (start.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(start.get().run());
    } catch (TwinProblem e) {
      System.err.println(e.getMessage());
    } catch (IOException e) {
      System.err.println(e);
    }
    return OptionalInt.of(2);
  }

  static Optional<BackgroundStart> read(String[] arguments) {
    if (arguments.length % 2 != 0
        || arguments.length == 0
        || !arguments[0].equals("twin")
        || !arguments[1].equals("start")
        || System.getenv("SLIPWAY_STACKTRACE") != null) {
      return Optional.empty();
    }
    Map<String, String> given = new HashMap<>();
    for (int i = 2; i < arguments.length; i += 2) {
      // An option's name in the place of a value is for the parser to judge.
      if (!NAMES.contains(arguments[i])
          || arguments[i + 1].startsWith("-")
          || given.put(arguments[i], arguments[i + 1]) != null) {
        return Optional.empty();
      }
    }
    String maxHeap = given.getOrDefault(MAX_HEAP, StartCommand.MAX_HEAP);
    return ServeOptions.plain(given).map(options -> new BackgroundStart(options, maxHeap));
  }
}
