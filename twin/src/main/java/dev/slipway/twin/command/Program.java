package dev.slipway.twin.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The program that a background twin runs: a copy of the executable jar and its libraries, so that
 * a build may replace them while the twin runs. A JVM whose jars change under it fails at the next
 * class that it loads.
 */
final class Program {

  private static final String OURS = "slipway";

  /**
   * What a training run left beside the jar: classes loaded, linked and profiled. It fits jars of
   * the same dates and sizes wherever they lie; one that is missing or does not fit is ignored.
   */
  private static final String CACHE = "slipway.aot";

  private Program() {}

  /**
   * The JVM arguments that name the program's classes: a copy in the directory, or, out of an
   * editor or a test, the class path as it is.
   */
  static List<String> copiedTo(Path directory) throws IOException {
    String classPath = System.getProperty("java.class.path");
    if (!classPath.endsWith(".jar") || classPath.contains(File.pathSeparator)) {
      return List.of("-cp", classPath);
    }
    Path jar = Path.of(classPath).toAbsolutePath();
    Path libraries = Files.createDirectories(directory.resolve("lib"));
    try (Stream<Path> files = Files.list(jar.resolveSibling("lib"))) {
      for (Path file : files.toList()) {
        place(file, libraries.resolve(file.getFileName()));
      }
    }
    Path copy = directory.resolve(jar.getFileName());
    place(jar, copy);
    return List.of("-XX:AOTCache=" + jar.resolveSibling(CACHE), "-cp", copy.toString());
  }

  /** Our own jars are rewritten by builds and so are copied; others are only ever replaced. */
  private static void place(Path from, Path to) throws IOException {
    if (!from.getFileName().toString().startsWith(OURS)) {
      try {
        Files.createLink(to, from);
        return;
      } catch (IOException | UnsupportedOperationException e) {
        // Another file system: copied like the rest.
      }
    }
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
